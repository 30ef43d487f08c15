//! The clusters, a row each.

use std::collections::BTreeMap;
use std::fmt::Write;

use crosstrust_report::{Report, Severity};
use crosstrust_x509::Timestamp;

use super::hand::LONGEST_NAME;
use super::text::{elided, grouped};
use crate::certificate::{UseKind, ValidityState};
use crate::direction::Glance;
use crate::overview::Overview;

pub(super) fn section(out: &mut String, overview: &Overview<'_>) {
    out.push_str(
        "<section id=\"clusters\"><h2>Clusters</h2>\n\
         <p class=\"filter\" hidden data-for=\"cluster-rows\"><label>Show <input type=\"search\" \
         placeholder=\"name\"></label> <label><input type=\"checkbox\" value=\"bad\" checked> with errors</label> \
         <label><input type=\"checkbox\" value=\"good\" checked> without</label> \
         <output class=\"soft\"></output></p>\n\
         <div class=\"wide\"><table class=\"list clusters\"><thead><tr><th scope=\"col\">Cluster</th>\
         <th scope=\"col\">Nodes</th><th scope=\"col\">Own nodes</th><th scope=\"col\">Accepts</th>\
         <th scope=\"col\">Accepted by</th><th scope=\"col\">First expiry</th><th scope=\"col\">Errors</th></tr></thead>\n\
         <tbody id=\"cluster-rows\">\n",
    );
    let neighbours = Neighbours::new(overview);
    for cluster in 0..overview.count() {
        row(out, overview, cluster, &neighbours);
    }
    out.push_str("</tbody></table></div>\n</section>\n");
}

/// Whom each cluster accepts and by whom it is accepted, others than itself, and what ends first.
struct Neighbours {
    accepts: BTreeMap<usize, Vec<usize>>,
    accepted_by: BTreeMap<usize, Vec<usize>>,
    first_end: BTreeMap<usize, (Timestamp, ValidityState)>,
}

impl Neighbours {
    fn new(overview: &Overview<'_>) -> Self {
        let (mut accepts, mut accepted_by) = (BTreeMap::new(), BTreeMap::new());
        let accepted = overview.directions().iter().filter(|one| one.accepted > 0);
        for one in accepted.filter(|one| one.from != one.to) {
            accepts.entry(one.to).or_insert_with(Vec::new).push(one.from);
            accepted_by.entry(one.from).or_insert_with(Vec::new).push(one.to);
        }
        let mut first_end = BTreeMap::new();
        // The first to expire comes first.
        for one in &overview.certificates {
            for used in one.uses.iter().filter(|used| used.kind == UseKind::Node) {
                first_end.entry(used.cluster).or_insert((one.not_after, one.state));
            }
        }
        Self { accepts, accepted_by, first_end }
    }
}

fn row(out: &mut String, overview: &Overview<'_>, cluster: usize, neighbours: &Neighbours) {
    let own = overview.direction(cluster, cluster);
    let glance = Glance::of(&own);
    let findings = overview.own.get(cluster).map(Report::findings).unwrap_or_default();
    let errors = findings.iter().filter(|one| one.severity() == Severity::Error).count();
    let is_bad = errors > 0 || glance != Glance::Accepted;
    let end = neighbours.first_end.get(&cluster).map_or_else(String::new, |(end, state)| {
        let day = end.to_string();
        format!("<span class=\"when {}\">{}</span>", state.word(), day.get(..10).unwrap_or(&day))
    });
    let _ = writeln!(
        out,
        "<tr data-kind=\"{}\"><th scope=\"row\">{}</th><td>{}</td><td class=\"{}\">{} {}</td><td>{}</td><td>{}</td>\
         <td>{end}</td><td>{}</td></tr>",
        if is_bad { "bad" } else { "good" },
        elided(overview.cluster_name(cluster), LONGEST_NAME),
        nodes(overview, cluster),
        glance.class(),
        glance.mark(),
        glance.words(),
        listed(overview, neighbours.accepts.get(&cluster)),
        listed(overview, neighbours.accepted_by.get(&cluster)),
        if errors > 0 { grouped(errors) } else { String::new() }
    );
}

/// How many nodes, and how many of them are alike where not all are.
fn nodes(overview: &Overview<'_>, cluster: usize) -> String {
    let mut classes: BTreeMap<usize, usize> = BTreeMap::new();
    for class in overview.fleet.nodes_of(cluster) {
        let count = classes.entry(*class).or_insert(0);
        *count = count.saturating_add(1);
    }
    match classes.len() {
        0 => "0".to_owned(),
        1 => overview.fleet.nodes_of(cluster).len().to_string(),
        2..=4 => classes.values().map(usize::to_string).collect::<Vec<_>>().join(" + "),
        kinds => format!("{} of {kinds} kinds", overview.fleet.nodes_of(cluster).len()),
    }
}

/// The first clusters of a list, and how many there are.
fn listed(overview: &Overview<'_>, clusters: Option<&Vec<usize>>) -> String {
    let clusters = clusters.map_or(&[][..], Vec::as_slice);
    let others = overview.count().saturating_sub(1);
    match clusters.len() {
        0 => "<span class=\"soft\">nobody else</span>".to_owned(),
        count if count == others && count > SHOWN => format!("all {} others", grouped(count)),
        count => {
            let shown = clusters.iter().take(SHOWN);
            let names = shown.map(|one| elided(overview.cluster_name(*one), 24));
            let names = names.collect::<Vec<_>>().join(", ");
            match count.saturating_sub(SHOWN) {
                0 => names,
                more => format!("{names} <span class=\"soft\">+{}</span>", grouped(more)),
            }
        }
    }
}

/// So many clusters of a list are named.
const SHOWN: usize = 3;
