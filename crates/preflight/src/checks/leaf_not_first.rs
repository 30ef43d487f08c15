//! PF005: the first certificate is not the node's own.

use crosstrust_report::{Report, Rule, Severity};
use crosstrust_x509::Certificate;

use crate::examination::Examination;
use crate::node::{KeyOwner, NodeKey};

pub(crate) const RULE: Rule = Rule {
    code: "PF005",
    severity: Severity::Error,
    summary: "the first certificate is not the node's own",
    explanation: "A TLS peer takes the first certificate for the node's own. With the CA first, the key \
        does not fit, and every rule is applied to the wrong certificate.",
    help: "put the node's own certificate first in the file, then the intermediates in order",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    let certificates = node.node.chain().certificates();
    let own = match node.node.key() {
        NodeKey::Open { owner: KeyOwner::Certificate(0), .. } => return,
        NodeKey::Open { owner: KeyOwner::Certificate(position), .. } => certificates.get(*position),
        _ if node.leaf.is_ca() => certificates.iter().find(|certificate| !certificate.is_ca()),
        _ => None,
    };
    if let Some(own) = own {
        report.push(node.finding(&RULE, later(node, own)));
    }
}

/// Says that the node's key is of another certificate than the first.
pub(crate) fn misplaced(node: &Examination<'_>) -> Option<String> {
    let NodeKey::Open { owner: KeyOwner::Certificate(position), .. } = node.node.key() else {
        return None;
    };
    let own = node.node.chain().certificates().get(*position).filter(|_| *position > 0)?;
    Some(later(node, own))
}

fn later(node: &Examination<'_>, own: &Certificate) -> String {
    let (first, own) = (node.leaf.subject(), own.subject());
    format!("the first certificate is `{first}`, and the node's own one, `{own}`, comes later")
}
