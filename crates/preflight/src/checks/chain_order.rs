//! PF006: the certificates are not in order.

use crosstrust_report::{Report, Rule, Severity};

use super::broken_chain;
use crate::examination::Examination;

pub(super) const RULE: Rule = Rule {
    code: "PF006",
    severity: Severity::Warning,
    summary: "the certificates are not in order",
    explanation: "Each certificate should be followed by its issuer. Java puts a disordered chain in \
        order and passes over what does not belong to it; other TLS software (curl, Go, \
        Kibana, Logstash behind some proxies) may refuse it. As the `certificate` of a node, beside a \
        key in PEM, it is an error: PF106.",
    help: "write the node's certificate, then its issuer, then that one's issuer, and nothing else",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    if broken_chain::problem(node.node).is_some() {
        return;
    }
    let certificates = node.node.chain().certificates();
    let mut pairs = certificates.iter().zip(certificates.iter().skip(1));
    if let Some((child, next)) = pairs.find(|(child, next)| !child.issuer().matches(next.subject()))
    {
        let (child, issuer, next) = (child.subject(), child.issuer(), next.subject());
        let message = format!("`{child}` is issued by `{issuer}`, and `{next}` follows it");
        report.push(node.finding(&RULE, message));
    }
}
