//! The restrictions of clusters, each once, and whom they admit.

use std::collections::BTreeMap;

use crosstrust_restrictions::{
    RestrictionsSet, X509Field, certificate_names, names_on_some_releases,
};

use super::outcome::Outcome;
use crate::checks;
use crate::cluster::Cluster;
use crate::node::Node;

/// The distinct restrictions of clusters, by the fields that they compare.
#[derive(Debug)]
pub(super) struct NameClasses {
    /// By fields.
    sets: Vec<FieldSet>,
    /// By class, its fields and its position among the files that compare these.
    classes: Vec<(usize, usize)>,
    /// The class of each cluster; nothing where it has no restrictions.
    of_cluster: Vec<Option<usize>>,
}

/// The restrictions that compare the same fields.
#[derive(Debug)]
struct FieldSet {
    fields: Vec<X509Field>,
    set: RestrictionsSet,
}

/// What a node's names come to before the restrictions that compare some fields.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Matching {
    /// Which patterns match.
    patterns: Vec<usize>,
    /// The outcome where a pattern of the file is among them, and where none is.
    matched: Outcome,
    unmatched: Outcome,
}

impl NameClasses {
    pub(super) fn new(clusters: &[&Cluster]) -> Self {
        let mut by_fields: BTreeMap<Vec<X509Field>, Vec<usize>> = BTreeMap::new();
        for (index, cluster) in clusters.iter().enumerate() {
            if cluster.settings.restrictions.is_some() {
                let mut fields = cluster.settings.fields.clone();
                fields.sort_unstable();
                fields.dedup();
                by_fields.entry(fields).or_default().push(index);
            }
        }
        let mut all =
            Self { sets: Vec::new(), classes: Vec::new(), of_cluster: vec![None; clusters.len()] };
        for (fields, judges) in by_fields {
            all.add(fields, &judges, clusters);
        }
        all
    }

    /// Adds the restrictions of clusters that compare the same fields.
    fn add(&mut self, fields: Vec<X509Field>, judges: &[usize], clusters: &[&Cluster]) {
        let (mut known, mut files) = (BTreeMap::new(), Vec::new());
        for index in judges {
            let settings = clusters.get(*index).map(|cluster| &cluster.settings);
            let Some(file) = settings.and_then(|settings| settings.restrictions.as_ref()) else {
                continue;
            };
            let patterns = file.restrictions.items().iter().map(|item| item.text.as_str());
            let class = *known.entry(patterns.collect::<Vec<_>>()).or_insert_with(|| {
                self.classes.push((self.sets.len(), files.len()));
                files.push(&file.restrictions);
                self.classes.len().saturating_sub(1)
            });
            if let Some(of_cluster) = self.of_cluster.get_mut(*index) {
                *of_cluster = Some(class);
            }
        }
        self.sets.push(FieldSet { fields, set: RestrictionsSet::new(files) });
    }

    /// The class of a cluster's restrictions.
    pub(super) fn of_cluster(&self, cluster: usize) -> Option<usize> {
        self.of_cluster.get(cluster).copied().flatten()
    }

    /// What a node's names come to, by fields; as [`crate::admission()`] has it.
    pub(super) fn matching(&self, node: &Node) -> Vec<Matching> {
        let Some(leaf) = node.leaf() else { return Vec::new() };
        let [no_name, not_admitted] = checks::OF_RESTRICTIONS.map(|rule| rule.code);
        let each = self.sets.iter().map(|FieldSet { fields, set }| {
            let names = certificate_names(leaf, fields);
            if !names.is_empty() {
                let (matched, unmatched) = (Outcome::Accepted, Outcome::Refused(not_admitted));
                return Matching { patterns: set.matching(&names), matched, unmatched };
            }
            let unmatched = Outcome::Refused(no_name);
            let on_some = match leaf.unreadable_names() {
                Some(_) => names_on_some_releases(leaf, fields),
                None => Vec::new(),
            };
            let matched = Outcome::NotJudged(checks::NOT_JUDGED.code);
            Matching { patterns: set.matching(&on_some), matched, unmatched }
        });
        each.collect()
    }

    /// What restrictions of a class make of it.
    pub(super) fn judge(&self, class: usize, matching: &[Matching]) -> Outcome {
        let found = self.classes.get(class).and_then(|(set, file)| {
            let matching = matching.get(*set)?;
            let is_admitted = self.sets.get(*set)?.set.admits(*file, &matching.patterns);
            Some(if is_admitted { matching.matched } else { matching.unmatched })
        });
        // A node without a certificate is refused before.
        found.unwrap_or(Outcome::Accepted)
    }
}
