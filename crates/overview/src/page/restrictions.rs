//! Whom restrictions let in: each cluster's patterns, and the nodes that each admits.

use std::fmt::Write;

use crosstrust_preflight::NodePosition;
use crosstrust_report::print::escaped;

use super::counted;
use crate::admission::Admission;
use crate::overview::Overview;

pub(super) fn section(out: &mut String, overview: &Overview) {
    out.push_str(
        "<section id=\"restrictions\"><h2>Whom restrictions let in</h2>\n<p class=\"soft\">Restrictions judge \
         names only; whether the certificate itself is trusted is in the tables above. A node is under the \
         first pattern that matches one of its names.</p>\n",
    );
    for (cluster, admission) in overview.matrix.clusters.iter().zip(&overview.admissions) {
        let name = escaped(&cluster.name);
        let Some(admission) = admission else {
            let _ = writeln!(
                out,
                "<h3>{name}</h3><p>No restrictions: whoever has a certificate of a trusted CA is let in.</p>"
            );
            continue;
        };
        let _ = writeln!(out, "<h3>{name} <code>{}</code></h3>", escaped(&admission.path));
        table(out, overview, admission);
    }
    out.push_str("</section>\n");
}

fn table(out: &mut String, overview: &Overview, admission: &Admission) {
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
            escaped(&pattern.text)
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
fn listed(overview: &Overview, nodes: &[NodePosition]) -> String {
    let mut out = String::new();
    for group in nodes.chunk_by(|one, other| one.cluster == other.cluster) {
        let Some(first) = group.first() else { continue };
        let all = super::nodes_of(overview, first.cluster);
        let head = format!(
            "<b>{}</b>: {} of {}",
            escaped(overview.cluster_name(first.cluster)),
            group.len(),
            counted(all, "node")
        );
        let names = group.iter().filter_map(|place| {
            let cluster = overview.matrix.clusters.get(place.cluster)?;
            cluster.nodes.get(place.node).map(|(path, _)| escaped(path))
        });
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

/// So many nodes are shown without being asked for.
const SHOWN: usize = 8;
