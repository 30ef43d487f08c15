//! PF004: the private key does not belong to the certificate.

use crosstrust_report::{Report, Rule, Severity};

use crate::examination::Examination;
use crate::node::{KeyOwner, NodeKey};
use crate::unjudged::Unjudged;

pub(crate) const RULE: Rule = Rule {
    code: "PF004",
    severity: Severity::Error,
    summary: "the private key does not belong to the certificate",
    explanation: "The public key in the certificate is not that of the private key beside it. The node \
        starts, with PEM files as with a key store, and every handshake fails. It happens when a \
        certificate is re-issued with a new key and only one of the two files is replaced.",
    help: "use the key that the certificate was made for, or have the certificate issued for this \
        key",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    if let Some(message) = mismatch(node) {
        report.push(node.finding(&RULE, message));
    }
}

/// Says that the node's key is of none of the certificates that it presents.
pub(crate) fn mismatch(node: &Examination<'_>) -> Option<String> {
    let NodeKey::Open { kind, owner: KeyOwner::Nobody, .. } = node.node.key() else { return None };
    let (subject, key) = (node.leaf.subject(), node.leaf.public_key());
    Some(format!("the private key ({kind}) does not belong to the certificate `{subject}` ({key})"))
}

/// A key of which it is not known whether it belongs to the certificate.
pub(crate) fn doubt(node: &Examination<'_>) -> Option<Unjudged> {
    let what = match node.node.key() {
        NodeKey::Doubtful { what } => what.clone(),
        NodeKey::Open { kind, owner: KeyOwner::Unknown, .. } => {
            format!("whether the private key ({kind}) belongs to the certificate is not known")
        }
        _ => return None,
    };
    Some(Unjudged::NotLookedAt { what })
}
