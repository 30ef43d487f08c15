//! Whom a cluster is meant to accept.

use std::collections::BTreeSet;

use crosstrust_preflight::Expectation;
use crosstrust_report::closest;
use crosstrust_settings::reader::{Reader, Section};
use crosstrust_settings::tree::LineColumn;

use crate::keys::{EXPECT, names};

/// Reads `expect` of a cluster, whose names are looked up later.
pub(crate) fn read(reader: &mut Reader, path: &str, cluster: Section<'_>) -> Option<Named> {
    let node = cluster.get("expect")?;
    let path = format!("{path}.expect");
    let section = reader.section(&path, node, &names(EXPECT))?;
    let accepts = reader.texts(section, "accepts");
    let nobody_else = reader.flag(section, "nobody_else").unwrap_or(false);
    Some(Named { accepts, nobody_else })
}

/// What is expected, with the places of the names.
pub(crate) struct Named {
    accepts: Vec<(LineColumn, String)>,
    nobody_else: bool,
}

impl Named {
    /// Refuses names that no cluster has, the cluster's own, and those that are there twice.
    pub(crate) fn resolved(
        self,
        reader: &mut Reader,
        own: &str,
        clusters: &BTreeSet<&str>,
    ) -> Expectation {
        let mut accepts: Vec<String> = Vec::new();
        let (mut seen, mut unknown) = (BTreeSet::new(), 0_usize);
        for (place, name) in self.accepts {
            if name == own {
                let message = format!("`{own}` is the cluster itself, which is always meant");
                reader.tell_with(place, message, "take it out");
            } else if !clusters.contains(name.as_str()) {
                unknown = unknown.saturating_add(1);
                let message = format!("no cluster is called `{name}`");
                // Each is compared with all names.
                if unknown <= MOST_SUGGESTIONS {
                    reader.tell_with(place, message, &suggestion(&name, clusters));
                } else {
                    reader.tell(place, message);
                }
            } else if !seen.insert(name.clone()) {
                reader.tell(place, format!("the name `{name}` is given twice"));
            } else {
                accepts.push(name);
            }
        }
        Expectation { accepts, nobody_else: self.nobody_else }
    }
}

/// What somebody may have meant.
fn suggestion(name: &str, clusters: &BTreeSet<&str>) -> String {
    let names: Vec<&str> = clusters.iter().copied().collect();
    if let Some(word) = closest(name, &names) {
        return format!("did you mean `{word}`?");
    }
    let first = names.iter().take(MOST_NAMED).copied().collect::<Vec<_>>().join(", ");
    let more = if names.len() > MOST_NAMED { ", …" } else { "" };
    format!("clusters are {first}{more}")
}

/// So many names that are not known get a suggestion.
const MOST_SUGGESTIONS: usize = 10;
/// So many clusters are named in one.
const MOST_NAMED: usize = 20;
