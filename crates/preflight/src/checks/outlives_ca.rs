//! PF014: a certificate that outlives its CA.

use crosstrust_report::{Report, Rule, Severity};

use crate::examination::Examination;

pub(super) const RULE: Rule = Rule {
    code: "PF014",
    severity: Severity::Warning,
    summary: "a certificate that outlives its CA",
    explanation: "A CA of the path expires before the node's certificate does. Elasticsearch ignores the \
        dates of a trusted certificate and goes on accepting the node; OpenSSL, Go, curl, \
        Kibana and Logstash refuse it from the day the CA expires.",
    help: "renew the CA, or issue the certificate for a shorter time",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    for authority in node.path_certificates() {
        if authority != node.leaf && authority.not_after() < node.leaf.not_after() {
            let (subject, ends) = (authority.subject(), authority.not_after());
            let message = format!(
                "the CA `{subject}` expires at {ends}, before the node's certificate at {}",
                node.leaf.not_after()
            );
            report.push(node.finding(&RULE, message));
        }
    }
}
