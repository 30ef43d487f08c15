//! A matrix as a page: one HTML file that needs nothing else, for light and dark screens.
//!
//! A row is a node that presents its certificate, a column a cluster that judges it: all nodes of a
//! cluster have the same settings, hence the same verdict. Marks differ in shape as well as in
//! colour. There is no script, no font and no address of another file in it.

mod html;
mod label;

use std::collections::BTreeMap;

use crate::matrix::{Matrix, MatrixVerdict};
use crate::matrix_refusals::{RefusalGroup, refusal_numbers};
use crate::verdict::Verdict;

pub use html::COLOURS;
pub use html::STYLE as HTML_STYLE;
pub use html::html;

/// What the page shows.
struct Picture {
    /// The names of the judging clusters.
    columns: Vec<String>,
    clusters: Vec<Group>,
    reasons: Vec<Reason>,
}

/// The nodes of a cluster.
struct Group {
    name: String,
    rows: Vec<Row>,
}

/// A node.
struct Row {
    /// The shortest name that tells it from its neighbours.
    label: String,
    /// The file and the names in its certificate.
    title: String,
    cells: Vec<Cell>,
}

/// A verdict.
enum Cell {
    Accepted,
    NotJudged(Why),
    Refused(Why),
}

/// The number of the reason, from 1, and the reason of this very node.
struct Why {
    number: usize,
    reason: String,
}

/// A line below the matrix.
struct Reason {
    number: usize,
    /// `east → west: 2 nodes`.
    head: String,
    code: &'static str,
    text: String,
    help: String,
}

impl Picture {
    fn new(matrix: &Matrix) -> Self {
        let groups = matrix.refusals();
        let numbers = refusal_numbers(&groups);
        let mut clusters = Vec::new();
        let mut verdicts = matrix.verdicts.iter();
        for cluster in &matrix.clusters {
            let paths = cluster.nodes.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>();
            let labels = label::short(&paths);
            let rows = cluster.nodes.iter().zip(labels).map(|((path, names), label)| {
                let names = names.iter().map(|name| name.value.as_str()).collect::<Vec<_>>();
                let title = match names.as_slice() {
                    [] => format!("{path}: no name that restrictions compare"),
                    names => format!("{path}: {}", names.join(", ")),
                };
                let judged = verdicts.by_ref().take(matrix.clusters.len());
                let cells = judged.map(|verdict| cell(&numbers, verdict));
                Row { label, title, cells: cells.collect() }
            });
            clusters.push(Group { name: cluster.name.clone(), rows: rows.collect() });
        }
        let columns = matrix.clusters.iter().map(|cluster| cluster.name.clone()).collect();
        let reasons = (1..).zip(&groups).map(|(number, group)| reason(number, group, matrix));
        Self { columns, clusters, reasons: reasons.collect() }
    }

    /// How many verdicts there are, how many of them are refusals, and how many nodes are not judged.
    fn counts(&self) -> [usize; 3] {
        let cells =
            || self.clusters.iter().flat_map(|group| &group.rows).flat_map(|row| &row.cells);
        let refused = cells().filter(|cell| matches!(cell, Cell::Refused(_))).count();
        let unjudged = cells().filter(|cell| matches!(cell, Cell::NotJudged(_))).count();
        [cells().count(), refused, unjudged]
    }

    /// What the whole says, in a line.
    fn headline(&self) -> String {
        match self.counts() {
            [_, 0, 0] => "Every node is accepted by every cluster".to_owned(),
            [all, refused, 0] => format!("{refused} of {all} verdicts are refusals"),
            [all, 0, unjudged] => {
                format!("{unjudged} of {all} nodes before clusters are not judged")
            }
            [all, refused, unjudged] => {
                format!("{refused} of {all} verdicts are refusals, and {unjudged} are not judged")
            }
        }
    }
}

fn cell(numbers: &Numbers, verdict: &MatrixVerdict) -> Cell {
    let (Some(rule), Some(reason)) = (verdict.verdict().rule(), verdict.reason()) else {
        return Cell::Accepted;
    };
    let key = (verdict.from.cluster, verdict.to, rule.code);
    let number = numbers.get(&key).copied().unwrap_or(0);
    let why = Why { number, reason: format!("{reason} ({})", rule.code) };
    match verdict.verdict() {
        Verdict::NotJudged(_) => Cell::NotJudged(why),
        _ => Cell::Refused(why),
    }
}

/// The numbers of groups of refusals.
type Numbers = BTreeMap<(usize, usize, &'static str), usize>;

fn reason(number: usize, group: &RefusalGroup, matrix: &Matrix) -> Reason {
    let name = |index: usize| matrix.clusters.get(index).map_or("", |c| c.name.as_str());
    let plural = if group.nodes == 1 { "node" } else { "nodes" };
    let word = if group.word == "refused" { String::new() } else { format!(" {}", group.word) };
    let head = format!("{} → {}: {} {plural}{word}", name(group.from), name(group.to), group.nodes);
    let text = group.reason.clone();
    Reason { number, head, code: group.rule.code, text, help: group.help.clone() }
}

#[cfg(test)]
mod tests;
