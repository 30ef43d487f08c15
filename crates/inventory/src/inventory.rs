//! The inventory, read from its text.

use std::collections::BTreeSet;

use crosstrust_report::closest;
use crosstrust_settings::reader::{Reader, UNKNOWN_KEY};
use crosstrust_settings::tree::{self, LineColumn, Node, Problem, Value};

use crate::cluster::Cluster;
use crate::expect::Named;
use crate::keys::{FILE, names};

/// What the file is called where commands look for it.
pub const FILE_NAME: &str = "crosstrust.yml";

/// The clusters that there are.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Inventory {
    clusters: Vec<Cluster>,
}

/// A text that is no inventory. Prints as the first of its problems.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("{}", self.problems.first().map_or("no inventory", |problem| problem.message.as_str()))]
pub struct Error {
    /// Everything that is wrong, by place.
    pub problems: Vec<Problem>,
}

impl Inventory {
    /// Reads the text of an inventory.
    ///
    /// # Errors
    ///
    /// Everything that is wrong in it, each with its place.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let mut reader = Reader::new(&USUAL);
        let clusters = match tree::parse(text) {
            Ok(Some(root)) => clusters(&mut reader, &root),
            Ok(None) => {
                let help = "`crosstrust inventory init` writes one";
                reader.tell_with(LineColumn::START, "the file is empty", help);
                Vec::new()
            }
            Err(problem) => {
                // What the line holds cannot be told.
                reader.problems.push(problem.secret());
                Vec::new()
            }
        };
        let mut problems = reader.problems;
        problems.sort_by_key(|problem| problem.place);
        // Somebody may have written a password there, under whatever key.
        let lines: Vec<&str> = text.lines().collect();
        for problem in &mut problems {
            let line = lines.get(problem.place.line.saturating_sub(1));
            let is_of_password = line.is_some_and(|line| line.to_lowercase().contains("pass"));
            problem.is_secret |= is_of_password || problem.message.starts_with(UNKNOWN_KEY);
        }
        if problems.is_empty() { Ok(Self { clusters }) } else { Err(Error { problems }) }
    }

    /// All clusters, in the order of the file.
    pub fn clusters(&self) -> &[Cluster] {
        &self.clusters
    }

    /// The cluster of a name.
    pub fn cluster(&self, name: &str) -> Option<&Cluster> {
        self.clusters.iter().find(|cluster| cluster.name == name)
    }

    /// The name of a cluster that somebody may have meant.
    pub fn suggestion(&self, written: &str) -> Option<&str> {
        let names: Vec<&str> = self.clusters.iter().map(|cluster| cluster.name.as_str()).collect();
        closest(written, &names)
    }
}

fn clusters(reader: &mut Reader, root: &Node) -> Vec<Cluster> {
    let Some(file) = reader.section("", root, &names(FILE)) else { return Vec::new() };
    let Some(node) = file.get("clusters") else {
        reader.missing(file, "clusters");
        return Vec::new();
    };
    let Value::Mapping(pairs) = &node.value else {
        let help = "write each cluster's name, and its keys below it";
        reader.tell_with(node.place, "`clusters` is not a mapping of names and clusters", help);
        return Vec::new();
    };
    let mut read: Vec<(Cluster, Option<Named>)> = Vec::new();
    let mut seen = BTreeSet::new();
    for (key, value) in pairs {
        let Some(name) = name(reader, key) else { continue };
        if !seen.insert(name) {
            reader.tell(key.place, format!("the name `{name}` is given twice"));
        } else if let Some(cluster) = Cluster::read(reader, name, value) {
            read.push(cluster);
        }
    }
    let all: Vec<String> = read.iter().map(|(cluster, _)| cluster.name.clone()).collect();
    let all: BTreeSet<&str> = all.iter().map(String::as_str).collect();
    let with_expect = read.into_iter().map(|(cluster, expect)| {
        let expect = expect.map(|expect| expect.resolved(reader, &cluster.name, &all));
        Cluster { expect, ..cluster }
    });
    with_expect.collect()
}

/// Whether a text is a name for a cluster: ASCII letters and digits, and `-`, `_` and `.` behind the first. No
/// command could take it for a path of several parts, a glob or an option.
#[must_use]
pub fn is_name(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    text.starts_with(|c: char| c.is_ascii_alphanumeric()) && text.chars().all(is_part)
}

/// The name of a cluster.
fn name<'a>(reader: &mut Reader, key: &'a Node) -> Option<&'a str> {
    let text = key.text().unwrap_or_default();
    if is_name(text) {
        return Some(text);
    }
    let help = "a name has letters and digits, and `-`, `_` and `.` behind the first";
    reader.tell_with(key.place, format!("`{text}` is not a name for a cluster"), help);
    None
}

/// What is written at keys that are always needed.
const USUAL: [(&str, &str); 1] =
    [("clusters", "name the clusters below it, each with its `nodes`")];
