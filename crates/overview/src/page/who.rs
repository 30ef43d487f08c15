//! Who accepts whom: clusters by clusters, then node by node, then why not.

use std::fmt::Write;

use crosstrust_preflight::matrix_picture;
use crosstrust_report::print::escaped;

use super::{counted, diagram, prose};
use crate::direction::Direction;
use crate::overview::Overview;

pub(super) fn section(out: &mut String, overview: &Overview) {
    out.push_str("<section id=\"who\"><h2>Who accepts whom</h2>\n");
    out.push_str(&diagram::diagram(overview));
    clusters(out, overview);
    let rows: usize = overview.matrix.clusters.iter().map(|cluster| cluster.nodes.len()).sum();
    let open = if rows <= OPEN { " open" } else { "" };
    let nodes = counted(rows, "node");
    let _ =
        writeln!(out, "<details{open} class=\"nodes\"><summary>Node by node ({nodes})</summary>");
    out.push_str(&matrix_picture::html_table(&overview.matrix));
    out.push_str("</details>\n");
    reasons(out, overview);
    out.push_str("</section>\n");
}

/// One cell a pair of clusters.
fn clusters(out: &mut String, overview: &Overview) {
    out.push_str(
        "<p class=\"soft\">A row presents its certificates, a column judges them; a node must be accepted as \
         client and as server.</p>\n<div class=\"wide\"><table class=\"glance\">\n<thead><tr><th scope=\"col\" \
         class=\"corner\">presents ↓ &nbsp; judges →</th>",
    );
    for cluster in &overview.matrix.clusters {
        let _ = write!(out, "<th scope=\"col\">{}</th>", escaped(&cluster.name));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    let mut pairs = overview.directions().into_iter();
    for cluster in &overview.matrix.clusters {
        let _ = write!(out, "<tr><th scope=\"row\">{}</th>", escaped(&cluster.name));
        for direction in pairs.by_ref().take(overview.matrix.clusters.len()) {
            cell(out, direction);
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table></div>\n");
}

fn cell(out: &mut String, direction: Direction) {
    let Direction { accepted, nodes: all, .. } = direction;
    let glance = direction.glance();
    let (class, mark, word) = (glance.class(), glance.mark(), glance.words());
    let _ = write!(
        out,
        "<td class=\"{class}\"><b>{mark}</b> {word} <span class=\"count\">{accepted} of {all}</span></td>"
    );
}

fn reasons(out: &mut String, overview: &Overview) {
    let groups = overview.matrix.refusals();
    if groups.is_empty() {
        return;
    }
    out.push_str("<h3>Why not</h3>\n<ol class=\"why\">\n");
    for (number, group) in (1..).zip(groups) {
        let name = |index| escaped(overview.cluster_name(index));
        let (from, to, nodes) = (name(group.from), name(group.to), counted(group.nodes, "node"));
        let word = if group.word == "refused" { "" } else { " not judged" };
        let (code, reason, help) = (group.rule.code, prose(&group.reason), prose(&group.help));
        let _ = writeln!(
            out,
            "<li id=\"r{number}\" value=\"{number}\"><b>{from} → {to}: {nodes}{word}</b> <a href=\"#{code}\"><code>{code}</code></a>\
             <br>{reason}<br><span class=\"soft\">{help}</span></li>"
        );
    }
    out.push_str("</ol>\n");
}

/// So many rows are shown without being asked for.
const OPEN: usize = 60;
