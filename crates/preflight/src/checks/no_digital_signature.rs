//! PF018: the keyUsage does not allow signatures.

use crosstrust_report::{Report, Rule, Severity};
use crosstrust_x509::KeyUsageBit;

use crate::examination::Examination;

pub(super) const RULE: Rule = Rule {
    code: "PF018",
    severity: Severity::Error,
    summary: "the keyUsage does not allow signatures",
    explanation: "In TLS 1.3, and in 1.2 with the usual cipher suites, a node proves that it holds the \
        key by a signature. If the certificate has keyUsage, it must have digitalSignature; \
        keyEncipherment alone is from the days of RSA key exchange. Java refuses it in both \
        roles.",
    help: "re-issue the certificate with digitalSignature, or without keyUsage",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    let Some(usage) = node.leaf.key_usage().filter(|_| node.is_leaf_judged()) else { return };
    if !usage.allows(KeyUsageBit::DigitalSignature) {
        let message = format!("keyUsage is {usage}, without digitalSignature");
        report.push(node.finding(&RULE, message));
    }
}
