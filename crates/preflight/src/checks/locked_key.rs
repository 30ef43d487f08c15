//! PF003: a private key that cannot be decrypted.

use crosstrust_report::{Report, Rule, Severity};

use crate::examination::Examination;
use crate::node::NodeKey;

pub(crate) const RULE: Rule = Rule {
    code: "PF003",
    severity: Severity::Error,
    summary: "a private key that cannot be decrypted",
    explanation: "The key is encrypted, and the password given does not open it, or none was given. \
        Elasticsearch takes it from its own key store \
        (`xpack.security.transport.ssl.secure_key_passphrase` or `keystore.secure_password`); \
        without it the node does not start.",
    help: "give the password that the node uses",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    if matches!(node.node.key(), NodeKey::Locked) {
        report.push(node.finding(&RULE, "the private key could not be decrypted"));
    }
}
