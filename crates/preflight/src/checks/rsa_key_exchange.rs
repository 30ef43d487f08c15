//! PF019: suites that encrypt to the certificate's key, which may not be used so.

use crosstrust_report::{Report, Rule, Severity};
use crosstrust_x509::KeyUsageBit;

use crate::examination::Examination;

pub(super) const RULE: Rule = Rule {
    code: "PF019",
    severity: Severity::Note,
    summary: "suites that encrypt to the certificate's key, which may not be used so",
    explanation: "With the suites `TLS_RSA_*` the client encrypts a secret to the key of the server's \
        certificate, for which keyUsage must have keyEncipherment. Where `cipher_suites` lists no \
        others, no connection comes about. Java 25 no longer has these suites at all.",
    help: "list suites with ECDHE, or leave `cipher_suites` out",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    let suites = node.node.cipher_suites();
    let only_rsa = !suites.is_empty() && suites.iter().all(|suite| suite.starts_with("TLS_RSA_"));
    let Some(usage) = node.leaf.key_usage() else { return };
    if only_rsa && !usage.allows(KeyUsageBit::KeyEncipherment) {
        let message = format!("keyUsage is {usage}, and `cipher_suites` has only `TLS_RSA_*`");
        report.push(node.finding(&RULE, message));
    }
}
