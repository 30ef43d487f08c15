//! PF029: a SHA-1 signature.

use crosstrust_report::{Report, Rule, Severity};

use crate::examination::Examination;

pub(super) const RULE: Rule = Rule {
    code: "PF029",
    severity: Severity::Warning,
    summary: "a SHA-1 signature",
    explanation: "The node's certificate or an intermediate is signed with SHA-1. Elasticsearch accepts \
        it below a private CA; OpenSSL at its default security level in recent distributions, \
        Go, Kibana (Node.js) and browsers do not. Java may follow.",
    help: "re-issue the certificate with SHA-256",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    let anchors = node.anchors();
    for certificate in node.path_certificates().into_iter().filter(|c| !anchors.contains(c)) {
        if certificate.signature_algorithm().digest() == Some("sha1")
            && !certificate.is_self_issued()
        {
            let (subject, algorithm) = (certificate.subject(), certificate.signature_algorithm());
            report.push(node.finding(&RULE, format!("`{subject}` is signed with {algorithm}")));
        }
    }
}
