//! Who accepts whom: clusters by clusters, then nodes that are alike together, then why not. Of many clusters a
//! map of all directions, and the reasons by their codes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crosstrust_preflight::{Explanation, MEANT, Outcome, Shortfall};

use super::hand::LONGEST_NAME;
use super::text::{counted, elided, grouped, prose};
use super::{diagram, heat, is_large, nodes};
use crate::direction::Glance;
use crate::overview::Overview;

pub(super) fn section(out: &mut String, overview: &Overview<'_>) {
    out.push_str("<section id=\"who\"><h2>Who accepts whom</h2>\n");
    if is_large(overview) {
        heat::map(out, overview);
        reasons_by_code(out, overview);
    } else {
        out.push_str(&diagram::diagram(overview));
        clusters(out, overview);
        nodes::table(out, overview, &overview.shortfalls);
        reasons(out, overview, &overview.shortfalls);
    }
    out.push_str("</section>\n");
}

/// One cell a pair of clusters.
fn clusters(out: &mut String, overview: &Overview<'_>) {
    out.push_str(
        "<p class=\"soft\">A row presents its certificates, a column judges them; a node must be accepted as \
         client and as server.</p>\n<div class=\"wide\"><table class=\"glance\">\n<thead><tr><th scope=\"col\" \
         class=\"corner\">presents ↓ &nbsp; judges →</th>",
    );
    let name = |index| elided(overview.cluster_name(index), 24);
    for index in 0..overview.count() {
        let _ = write!(out, "<th scope=\"col\">{}</th>", name(index));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for from in 0..overview.count() {
        let _ = write!(out, "<tr><th scope=\"row\">{}</th>", name(from));
        for to in 0..overview.count() {
            let direction = overview.direction(from, to);
            let glance = Glance::of(&direction);
            let (class, mark) = (glance.class(), glance.mark());
            let words = if overview.count() <= WORDED { glance.words() } else { "" };
            let _ = write!(
                out,
                "<td class=\"{class}\"><b>{mark}</b> {words} <span class=\"count\">{} of {}</span></td>",
                direction.accepted, direction.nodes
            );
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table></div>\n");
}

fn reasons(out: &mut String, overview: &Overview<'_>, shortfalls: &[Shortfall]) {
    if shortfalls.is_empty() {
        return;
    }
    out.push_str("<h3>Why not</h3>\n<ol class=\"why\">\n");
    for (number, shortfall) in (1..).zip(shortfalls) {
        let Shortfall { from, outcome, judges, nodes, first, first_judge, .. } = shortfall;
        let Some(Explanation { rule, reason, help }) =
            overview.fleet.explanation(*first, *first_judge)
        else {
            continue;
        };
        let help = if overview.is_wanted(*from, *first_judge) { help } else { MEANT.to_owned() };
        let names = judges.iter().map(|judge| elided(overview.cluster_name(*judge), LONGEST_NAME));
        let names = names.collect::<Vec<_>>().join(", ");
        let word = if matches!(outcome, Outcome::NotJudged(_)) { " not judged" } else { "" };
        let _ = writeln!(
            out,
            "<li id=\"r{number}\" value=\"{number}\"><b>{} → {names}: {}{word}</b> <a href=\"#{code}\"><code>{code}</code></a>\
             <br>{}<br><span class=\"soft\">{}</span></li>",
            elided(overview.cluster_name(*from), LONGEST_NAME),
            counted(*nodes, "node"),
            prose(&reason),
            prose(&help),
            code = rule.code
        );
    }
    out.push_str("</ol>\n");
}

/// How many directions have nodes that are not accepted for a code, and the first of them.
fn reasons_by_code(out: &mut String, overview: &Overview<'_>) {
    let mut codes: BTreeMap<Outcome, (usize, &Shortfall)> = BTreeMap::new();
    for of_one in overview.shortfalls.chunk_by(|one, other| one.from == other.from) {
        let mut judges: BTreeMap<Outcome, (BTreeSet<usize>, &Shortfall)> = BTreeMap::new();
        for one in of_one.iter().filter(|one| one.judges.as_slice() != [one.from]) {
            let (known, _) = judges.entry(one.outcome).or_insert_with(|| (BTreeSet::new(), one));
            known.extend(&one.judges);
        }
        for (outcome, (judges, first)) in judges {
            let (count, _) = codes.entry(outcome).or_insert((0, first));
            *count = count.saturating_add(judges.len());
        }
    }
    if codes.is_empty() {
        return;
    }
    out.push_str("<h3>Why not</h3>\n<ul class=\"why\">\n");
    for (outcome, (count, Shortfall { from, first, first_judge, .. })) in codes {
        let Some(Explanation { rule, reason, .. }) =
            overview.fleet.explanation(*first, *first_judge)
        else {
            continue;
        };
        let _ = writeln!(
            out,
            "<li><b>{} directions</b> {} <a href=\"#{code}\"><code>{code}</code></a> {}<br><span class=\"soft\">such as \
             {} → {}: {}</span></li>",
            grouped(count),
            outcome.word(),
            prose(rule.summary),
            elided(overview.cluster_name(*from), LONGEST_NAME),
            elided(overview.cluster_name(*first_judge), LONGEST_NAME),
            prose(&reason),
            code = rule.code
        );
    }
    out.push_str("</ul>\n");
}

/// Of so many clusters each cell has room for a word.
const WORDED: usize = 6;
