//! TR068: nodes of one cluster have different restrictions.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Known;
use crate::examine::Remark;
use crate::examine::Remarks;
use crate::loaded::Loaded;
use crate::restricted_node::NamedRestrictions;
use crate::restricted_node::PATH;
use crate::restricted_node::RestrictedNode;

pub(super) const RULE: Rule = Rule {
    code: "TR068",
    severity: Severity::Warning,
    summary: "nodes of one cluster have different restrictions",
    explanation: "Each node judges by the file of its own. Where the files differ, a connection succeeds \
        or fails depending on which node it reaches, and who opened it.",
    help: "give all nodes the same file",
};

/// Compares each node with the first that has restrictions.
pub(super) fn check(node: &RestrictedNode, known: &Known, remarks: &mut Remarks) {
    let mut restricted = known.nodes.iter().filter(|node| content(node).is_some());
    let (Some(first), Some(path)) = (restricted.next(), node.transport(PATH)) else { return };
    let (Some(ours), Some(theirs)) = (content(node), content(first)) else { return };
    if ours == theirs {
        return;
    }
    let difference = match (patterns(path, ours), patterns(path, theirs)) {
        (Some(ours), Some(theirs)) => described(&ours, &theirs),
        _ => None,
    };
    // Other comments or another order do no harm.
    if let Some(difference) = difference {
        let message = format!("the restrictions are not those of `{}`: {difference}", first.label);
        remarks.push(Remark::new(&RULE, message).at(path.place));
    }
}

fn content(node: &RestrictedNode) -> Option<&[u8]> {
    match node.restrictions()? {
        NamedRestrictions::Found(bytes) => Some(bytes),
        NamedRestrictions::Missing | NamedRestrictions::Outside => None,
    }
}

fn patterns(path: &crosstrust_settings::Item, bytes: &[u8]) -> Option<Vec<String>> {
    let loaded = Loaded::parse(&path.text, bytes).ok()?;
    Some(loaded.items().iter().map(|item| item.text.clone()).collect())
}

/// The first pattern that one has and the other has not.
fn described(ours: &[String], theirs: &[String]) -> Option<String> {
    let lacks = theirs.iter().find(|pattern| !ours.contains(pattern));
    let extra = ours.iter().find(|pattern| !theirs.contains(pattern));
    match (lacks, extra) {
        (Some(pattern), _) => Some(format!("`{pattern}` is missing")),
        (None, Some(pattern)) => Some(format!("`{pattern}` is there besides")),
        (None, None) => None,
    }
}
