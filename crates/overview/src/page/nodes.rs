//! Node by node: those that are alike to every cluster are one row.

use std::collections::BTreeMap;
use std::fmt::Write;

use crosstrust_preflight::{NodePosition, Outcome, Shortfall};
use crosstrust_report::print::escaped;

use super::text::{counted, elided, file_name};
use crate::overview::Overview;

/// The table; `shortfalls` are the reasons, by number from 1.
pub(super) fn table(out: &mut String, overview: &Overview<'_>, shortfalls: &[Shortfall]) {
    let columns = overview.count().saturating_add(1);
    let open = if overview.count() <= OPEN { " open" } else { "" };
    let _ = write!(
        out,
        "<details{open} class=\"nodes\"><summary>Node by node ({})</summary>\n<div class=\"wide\"><table>\n<thead><tr>\
         <th scope=\"col\" class=\"corner\">presents ↓ &nbsp; judges →</th>",
        counted(overview.nodes(), "node")
    );
    for index in 0..overview.count() {
        let _ = write!(out, "<th scope=\"col\">{}</th>", elided(overview.cluster_name(index), 24));
    }
    out.push_str("</tr></thead>\n");
    for from in 0..overview.count() {
        let name = elided(overview.cluster_name(from), 60);
        let _ = writeln!(
            out,
            "<tbody><tr><th class=\"cluster\" colspan=\"{columns}\" scope=\"rowgroup\">{name}</th></tr>"
        );
        for (class, nodes) in classes(overview, from) {
            row(out, overview, from, (class, &nodes), shortfalls);
        }
        out.push_str("</tbody>\n");
    }
    out.push_str("</table></div>\n</details>\n");
}

/// The nodes of a cluster by class, in the order of the first of each.
fn classes(overview: &Overview<'_>, cluster: usize) -> Vec<(usize, Vec<usize>)> {
    let mut classes: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (node, class) in overview.fleet.nodes_of(cluster).iter().enumerate() {
        classes.entry(*class).or_default().push(node);
    }
    let mut classes = classes.into_iter().collect::<Vec<_>>();
    classes.sort_by_key(|(_, nodes)| nodes.first().copied());
    classes
}

fn row(
    out: &mut String,
    overview: &Overview<'_>,
    from: usize,
    (class, nodes): (usize, &[usize]),
    shortfalls: &[Shortfall],
) {
    let path = |node: &usize| {
        let place = NodePosition { cluster: from, node: *node };
        overview.fleet.node(place).map_or("", |node| node.path())
    };
    let titles = nodes.iter().take(TITLED).map(|node| {
        let names = overview.names(NodePosition { cluster: from, node: *node });
        let names = names.into_iter().map(|name| name.value).collect::<Vec<_>>();
        match names.as_slice() {
            [] => format!("{}: no name that restrictions compare", path(node)),
            names => format!("{}: {}", path(node), names.join(", ")),
        }
    });
    let title = escaped(&titles.collect::<Vec<_>>().join("\n"));
    let first = nodes.first().map_or("", &path);
    let label = elided(file_name(first), 40);
    let more = nodes.len().saturating_sub(1);
    let more = match more {
        0 => String::new(),
        more => format!(" <span class=\"soft\">and {more} alike</span>"),
    };
    let _ = write!(out, "<tr><th scope=\"row\" title=\"{title}\">{label}{more}</th>");
    for to in 0..overview.count() {
        let outcome = overview.fleet.outcome(class, overview.fleet.judge_of(to));
        cell(out, outcome, number(shortfalls, (from, class), to, outcome));
    }
    out.push_str("</tr>\n");
}

fn cell(out: &mut String, outcome: Outcome, number: usize) {
    let (class, text) = match outcome {
        Outcome::Accepted => {
            out.push_str("<td class=\"yes\">✓ <span>accepted</span></td>");
            return;
        }
        Outcome::NotJudged(_) => ("unknown", "? <span>not judged</span>"),
        Outcome::Refused(_) => ("no", "✗ <span>refused</span>"),
    };
    let _ = write!(out, "<td class=\"{class}\">{text} <a href=\"#r{number}\">{number}</a></td>");
}

/// The number of the reason, from 1, why a cluster does not accept the nodes of a class.
fn number(
    shortfalls: &[Shortfall],
    (from, class): (usize, usize),
    to: usize,
    outcome: Outcome,
) -> usize {
    let found = shortfalls.iter().position(|one| {
        one.from == from
            && one.outcome == outcome
            && one.judges.binary_search(&to).is_ok()
            && one.classes.contains(&class)
    });
    found.map_or(0, |index| index.saturating_add(1))
}

/// So many nodes are in the title of a row.
const TITLED: usize = 20;
/// Of so many clusters the table is shown without being asked for.
const OPEN: usize = 6;
