//! PF106: certificates in PEM that are no chain.

use crosstrust_report::{Report, Rule, Severity};

use crate::chain::Link;
use crate::examination::Examination;
use crate::node::{KeyContainer, Node, NodeKey};

pub(crate) const RULE: Rule = Rule {
    code: "PF106",
    severity: Severity::Error,
    summary: "certificates in PEM that are no chain",
    explanation: "Elasticsearch puts the key and all certificates of the file `certificate` into a key store in \
        memory. Java takes them only if each certificate is issued by the one that follows it and none is \
        there twice; else it says \"Certificate chain is not valid\", and the node does not start. The \
        last one need not be a root. A key store that is a file of its own loads in any order.",
    help: "leave in the file the node's certificate, then its issuer, then that one's issuer, each once and nothing \
        else",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    if let Some(message) = problem(node.node) {
        report.push(node.finding(&RULE, message));
    }
}

/// Why Java takes the certificates beside a PEM key for no chain.
pub(crate) fn problem(node: &Node) -> Option<String> {
    let is_beside = match node.key() {
        NodeKey::Beside | NodeKey::Doubtful { .. } => true,
        NodeKey::Open { container, .. } => *container == KeyContainer::Pem,
        _ => false,
    };
    if !is_beside {
        return None;
    }
    let links = node.chain().links();
    let pairs = links.iter().zip(links.iter().skip(1));
    let parted = pairs.filter(|(child, next)| child.identity.issuer != next.identity.subject);
    let parted = parted.map(|(child, next)| {
        let (child, issuer, next) = (child.subject(), child.issuer(), next.subject());
        format!(
            "`{child}` is issued by `{issuer}`, and `{next}` follows it in the certificate file"
        )
    });
    parted.chain(repeated(&links)).next()
}

fn repeated(links: &[Link<'_>]) -> Option<String> {
    let mut later = links.iter().enumerate().skip(1);
    let (_, again) =
        later.find(|(index, link)| links.iter().take(*index).any(|one| one == *link))?;
    Some(format!("`{}` is twice in the certificate file", again.subject()))
}
