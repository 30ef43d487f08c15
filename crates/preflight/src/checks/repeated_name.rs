//! PF037: the same name in several certificates.

use std::collections::BTreeMap;

use crosstrust_report::{Finding, Report, Rule, Severity};
use crosstrust_x509::NodeName;

use crate::node::Node;

pub(super) const RULE: Rule = Rule {
    code: "PF037",
    severity: Severity::Warning,
    summary: "the same name in several certificates",
    explanation: "The otherName common name names one node. The same name in the certificates of two \
        nodes, or a set in which some names follow Elastic's shapes \
        (`NODE.node.CLUSTER.cluster.SCOPE.account`, `POD.node.NAME.NAMESPACE.es.local`) and \
        others do not, is mostly a mistake in the instances file.",
    help: "re-issue the certificates with one name for each node, all of one shape",
};

pub(super) fn check(nodes: &[Node], report: &mut Report) {
    let names =
        nodes.iter().flat_map(|node| node.other_names().into_iter().map(move |name| (node, name)));
    let names = names.collect::<Vec<_>>();
    let mut owners: BTreeMap<&str, &Node> = BTreeMap::new();
    for (node, name) in &names {
        match owners.get(name.as_str()) {
            Some(first) if first.chain().leaf() != node.chain().leaf() => {
                let message = format!("`{name}` is also the name in {}", first.path());
                report.push(Finding::new(&RULE, message).in_file(node.path()));
            }
            Some(_) => {}
            None => {
                owners.insert(name, node);
            }
        }
    }
    let Some((like, example)) = names.iter().find(|(_, name)| NodeName::parse(name).is_some())
    else {
        return;
    };
    for (node, name) in names.iter().filter(|(_, name)| NodeName::parse(name).is_none()) {
        let message = format!("`{name}` has not the shape of `{example}` in {}", like.path());
        report.push(Finding::new(&RULE, message).in_file(node.path()));
    }
}
