//! PF038: names of different clusters.

use crosstrust_report::{Finding, Report, Rule, Severity};
use crosstrust_x509::NodeName;

use crate::node::Node;

pub(super) const RULE: Rule = Rule {
    code: "PF038",
    severity: Severity::Warning,
    summary: "names of different clusters",
    explanation: "The nodes belong to one cluster, and their names say different cluster or scope \
        identifiers. A pattern for the one does not admit the others.",
    help: "check the cluster and scope identifiers, and re-issue the certificates that have the \
        wrong ones",
};

pub(super) fn check(nodes: &[Node], report: &mut Report) {
    let known: Vec<_> = nodes.iter().map(|node| (node, node.other_names())).collect();
    let mut named = known.iter().filter_map(|(node, names)| {
        Some((node, names.iter().find_map(|name| NodeName::parse(name))?.cluster))
    });
    let Some((first, shape)) = named.next() else { return };
    for (node, other) in named.filter(|(_, other)| *other != shape) {
        let message = format!("its name is of {other}, and that in {} is of {shape}", first.path());
        report.push(Finding::new(&RULE, message).in_file(node.path()));
    }
}
