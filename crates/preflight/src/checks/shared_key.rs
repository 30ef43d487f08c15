//! PF045: one key for several nodes.

use std::collections::BTreeMap;

use crosstrust_report::{Finding, Report, Rule, Severity};

use crate::node::Node;

pub(super) const RULE: Rule = Rule {
    code: "PF045",
    severity: Severity::Warning,
    summary: "one key for several nodes",
    explanation: "Two nodes have certificates with the same key. Whoever gets at the one has the other \
        as well, and a certificate for several nodes cannot be withdrawn for one of them.",
    help: "make a key for each node",
};

pub(super) fn check(nodes: &[Node], report: &mut Report) {
    let mut owners: BTreeMap<&[u8], &Node> = BTreeMap::new();
    for (node, leaf) in nodes.iter().filter_map(|node| Some((node, node.leaf()?))) {
        let first = owners.entry(leaf.public_key().der()).or_insert(node);
        if first.path() != node.path() && first.leaf() != Some(leaf) {
            let message = format!("the key is also that of the certificate in {}", first.path());
            report.push(Finding::new(&RULE, message).in_file(node.path()));
        }
    }
}
