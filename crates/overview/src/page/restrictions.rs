//! Whom restrictions let in: each cluster's patterns, and the nodes that each admits.

use std::fmt::Write;

use crosstrust_preflight::NodePosition;
use crosstrust_report::print::escaped;
use crosstrust_restrictions::RestrictionsSet;

use super::is_large;
use super::text::{counted, grouped};
use crate::admission::Admission;
use crate::overview::Overview;

pub(super) fn section(out: &mut String, overview: &Overview<'_>) {
    out.push_str(
        "<section id=\"restrictions\"><h2>Whom restrictions let in</h2>\n<p class=\"soft\">Restrictions judge \
         names only; whether the certificate itself is trusted is in the tables above. A node is under the \
         first pattern that matches one of its names.</p>\n",
    );
    if is_large(overview) {
        by_pattern(out, overview);
        out.push_str("</section>\n");
        return;
    }
    for position in 0..overview.count() {
        let name = escaped(overview.cluster_name(position));
        let Some(admission) = overview.admission(position) else {
            let what = without(overview, position);
            let _ = writeln!(out, "<h3>{name}</h3><p>{what}</p>");
            continue;
        };
        let _ = writeln!(out, "<h3>{name} <code>{}</code></h3>", escaped(admission.path));
        table(out, overview, &admission);
    }
    out.push_str("</section>\n");
}

/// What a cluster without restrictions comes to, as far as everything of it was read.
fn without(overview: &Overview<'_>, position: usize) -> String {
    match doubt(overview, position) {
        Some(what) => format!("Not known: {}.", escaped(&what)),
        None => "No restrictions: whoever has a certificate of a trusted CA is let in.".to_owned(),
    }
}

/// Why it is not known what a cluster makes of others, where that is so.
fn doubt(overview: &Overview<'_>, position: usize) -> Option<String> {
    overview.members.get(position)?.cluster.settings.trust.reason_for_doubt()
}

fn table(out: &mut String, overview: &Overview<'_>, admission: &Admission<'_>) {
    out.push_str(
        "<div class=\"wide\"><table class=\"list\"><thead><tr><th scope=\"col\">Pattern</th><th scope=\"col\">\
         lets in</th></tr></thead><tbody>\n",
    );
    for pattern in &admission.patterns {
        let nodes = match pattern.nodes.as_slice() {
            [] => "<span class=\"soft\">nobody of these clusters</span>".to_owned(),
            nodes => listed(overview, nodes),
        };
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\"><code>{}</code></th><td>{nodes}</td></tr>",
            escaped(pattern.text)
        );
    }
    if !admission.outside.is_empty() {
        let nodes = listed(overview, &admission.outside);
        let _ = writeln!(
            out,
            "<tr class=\"outside\"><th scope=\"row\">no pattern matches</th><td>{nodes}</td></tr>"
        );
    }
    out.push_str("</tbody></table></div>\n");
}

/// Nodes by cluster: how many of how many, and which; many are folded away.
fn listed(overview: &Overview<'_>, nodes: &[NodePosition]) -> String {
    let mut out = String::new();
    for group in nodes.chunk_by(|one, other| one.cluster == other.cluster) {
        let Some(first) = group.first() else { continue };
        let all = overview.fleet.nodes_of(first.cluster).len();
        let head = format!(
            "<b>{}</b>: {} of {}",
            escaped(overview.cluster_name(first.cluster)),
            group.len(),
            counted(all, "node")
        );
        let names = group.iter().filter_map(|place| overview.fleet.node(*place));
        let names = names.map(|node| escaped(node.path()));
        let names = names.collect::<Vec<_>>().join(", ");
        let _ = if group.len() <= SHOWN {
            write!(out, "<div>{head} <span class=\"soft\">{names}</span></div>")
        } else {
            write!(
                out,
                "<details><summary>{head}</summary><span class=\"soft\">{names}</span></details>"
            )
        };
    }
    out
}

/// The patterns of all files, with how many files have each and how many nodes it matches, most first.
fn by_pattern(out: &mut String, overview: &Overview<'_>) {
    let restricted = overview.members.iter().map(|member| &member.cluster.settings);
    let files = restricted.clone().filter_map(|settings| settings.restrictions.as_ref());
    let set = RestrictionsSet::new(files.map(|file| &file.restrictions));
    let without = restricted.filter(|settings| settings.restrictions.is_none());
    let (unknown, without): (Vec<_>, Vec<_>) =
        without.partition(|settings| settings.trust.reason_for_doubt().is_some());
    let unknown = match unknown.len() {
        0 => String::new(),
        count => format!(" Of {} it is not known.", counted(count, "cluster")),
    };
    let mut nodes = vec![0_usize; set.patterns().len()];
    for place in overview.fleet.places() {
        for position in set.matching(&overview.names(place)) {
            if let Some(count) = nodes.get_mut(position) {
                *count = count.saturating_add(1);
            }
        }
    }
    let mut rows = set.patterns().into_iter().zip(nodes).collect::<Vec<_>>();
    rows.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    let _ = writeln!(
        out,
        "<p>{} without restrictions: whoever has a certificate of a CA that they trust is let in.{unknown} The others \
         have {}.</p>\n<details><summary>The patterns that match most nodes</summary>\n<div class=\"wide\"><table \
         class=\"list\"><thead><tr><th scope=\"col\">Pattern</th><th scope=\"col\">clusters with it</th><th \
         scope=\"col\">nodes</th></tr></thead><tbody>",
        counted(without.len(), "cluster"),
        counted(rows.len(), "distinct pattern")
    );
    for ((pattern, files), nodes) in rows.into_iter().take(MOST_PATTERNS) {
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\"><code>{}</code></th><td>{}</td><td>{}</td></tr>",
            escaped(pattern),
            grouped(files),
            grouped(nodes)
        );
    }
    out.push_str("</tbody></table></div></details>\n");
}

/// So many patterns of a large fleet are listed.
const MOST_PATTERNS: usize = 200;
/// So many nodes are shown without being asked for.
const SHOWN: usize = 8;
