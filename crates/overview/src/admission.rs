//! Whom a cluster's restrictions let in, pattern by pattern.

use crosstrust_preflight::{Cluster, NodePosition};
use crosstrust_restrictions::certificate_names;

/// The patterns of a restrictions file, and the nodes that each lets in.
#[derive(Clone, Debug)]
pub(crate) struct Admission<'a> {
    /// The file.
    pub(crate) path: &'a str,
    /// In the order of the file.
    pub(crate) patterns: Vec<AdmittingPattern<'a>>,
    /// The nodes that no pattern lets in.
    pub(crate) outside: Vec<NodePosition>,
}

/// A pattern, and whom it lets in.
#[derive(Clone, Debug)]
pub(crate) struct AdmittingPattern<'a> {
    /// As Elasticsearch loads it.
    pub(crate) text: &'a str,
    /// The nodes for which it is the first that matches, so that each node is under one pattern only.
    pub(crate) nodes: Vec<NodePosition>,
}

/// Whom a cluster lets in of all clusters; nothing if it has no restrictions.
pub(crate) fn of<'a>(judge: &'a Cluster, clusters: &[&Cluster]) -> Option<Admission<'a>> {
    let file = judge.settings.restrictions.as_ref()?;
    let items = file.restrictions.items().iter();
    let patterns = items.map(|item| AdmittingPattern { text: &item.text, nodes: Vec::new() });
    let mut admission =
        Admission { path: &file.path, patterns: patterns.collect(), outside: Vec::new() };
    for (cluster, presenting) in clusters.iter().enumerate() {
        for (node, presented) in presenting.nodes.iter().enumerate() {
            let Some(leaf) = presented.leaf() else { continue };
            let names = certificate_names(leaf, &judge.settings.fields);
            let names: Vec<&str> = names.iter().map(|name| name.value.as_str()).collect();
            let found = file.restrictions.judge(&names).map(|found| found.pattern);
            let pattern = found.and_then(|position| admission.patterns.get_mut(position));
            let place = NodePosition { cluster, node };
            match pattern {
                Some(pattern) => pattern.nodes.push(place),
                None => admission.outside.push(place),
            }
        }
    }
    Some(admission)
}
