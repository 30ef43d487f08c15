//! Whom a cluster is meant to accept.

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
    pub(crate) fn resolved(self, reader: &mut Reader, own: &str, clusters: &[&str]) -> Expectation {
        let mut accepts: Vec<String> = Vec::new();
        for (place, name) in self.accepts {
            if name == own {
                let message = format!("`{own}` is the cluster itself, which is always meant");
                reader.tell_with(place, message, "take it out");
            } else if !clusters.contains(&name.as_str()) {
                let help = match closest(&name, clusters) {
                    Some(word) => format!("did you mean `{word}`?"),
                    None => format!("clusters are {}", clusters.join(", ")),
                };
                reader.tell_with(place, format!("no cluster is called `{name}`"), &help);
            } else if accepts.contains(&name) {
                reader.tell(place, format!("the name `{name}` is given twice"));
            } else {
                accepts.push(name);
            }
        }
        Expectation { accepts, nobody_else: self.nobody_else }
    }
}
