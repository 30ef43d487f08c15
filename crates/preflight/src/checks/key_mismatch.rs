//! PF004: the private key does not belong to the certificate.

use crosstrust_report::{Report, Rule, Severity};

use crate::examination::Examination;
use crate::node::{KeyOwner, NodeKey};

pub(super) const RULE: Rule = Rule {
    code: "PF004",
    severity: Severity::Error,
    summary: "the private key does not belong to the certificate",
    explanation: "The public key in the certificate is not that of the private key beside it. Java \
        refuses the pair, or every handshake fails. It happens when a certificate is re-issued \
        with a new key and only one of the two files is replaced.",
    help: "use the key that the certificate was made for, or have the certificate issued for this \
        key",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    if let NodeKey::Open { kind, owner: KeyOwner::Nobody, .. } = node.node.key() {
        let (subject, key) = (node.leaf.subject(), node.leaf.public_key());
        let message = format!(
            "the private key ({kind}) does not belong to the certificate `{subject}` ({key})"
        );
        report.push(node.finding(&RULE, message));
    }
}
