//! PF076: a CA without keyUsage.

use crosstrust_report::{Report, Rule, Severity};

use crate::examination::Examination;

pub(super) const RULE: Rule = Rule {
    code: "PF076",
    severity: Severity::Warning,
    summary: "a CA without keyUsage",
    explanation: "RFC 5280 asks for keyUsage with keyCertSign in CA certificates. Elasticsearch and most software do without; strict verifiers (OpenSSL with `-x509_strict`, Python from 3.13 on) refuse the path.",
    help: "add keyUsage keyCertSign and cRLSign when the CA is renewed",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    for authority in node.path_certificates() {
        let is_authority = authority != node.leaf && authority.version() > 2 && authority.is_ca();
        if is_authority && authority.key_usage().is_none() {
            report.push(
                node.finding(&RULE, format!("the CA `{}` has no keyUsage", authority.subject())),
            );
        }
    }
}
