//! What expires when, by how long it has: for more certificates than a bar each can show.

use std::fmt::Write;

use super::text::{counted, grouped};
use crate::certificate::{ListedCertificate, ValidityState};
use crate::overview::Overview;

/// A row for each span of time that something ends in.
pub(super) fn table(out: &mut String, overview: &Overview<'_>) {
    let spans = SPANS.iter().enumerate().map(|(index, (label, most))| {
        let least =
            index.checked_sub(1).and_then(|before| SPANS.get(before)).map_or(i64::MIN, |one| one.1);
        let ends = |one: &&ListedCertificate| (least..*most).contains(&one.days_left);
        let found = overview.certificates.iter().filter(ends).collect::<Vec<_>>();
        let authorities = found.iter().filter(|one| one.is_ca).count();
        let worst = found.iter().map(|one| one.state).min().unwrap_or(ValidityState::Valid);
        (*label, worst, found.len().saturating_sub(authorities), authorities)
    });
    let spans = spans.filter(|(_, _, nodes, authorities)| nodes + authorities > 0);
    let spans = spans.collect::<Vec<_>>();
    let counts = spans.iter().map(|(_, _, nodes, authorities)| nodes + authorities);
    let most = counts.max().unwrap_or(1);
    out.push_str("<table class=\"list buckets\"><tbody>\n");
    for (label, worst, nodes, authorities) in spans {
        let width = |count: usize| count.saturating_mul(100).div_ceil(most.max(1));
        let told = [(nodes, "node"), (authorities, "CA")];
        let told = told.into_iter().filter(|(count, _)| *count > 0);
        let told = told.map(|(count, noun)| counted(count, noun)).collect::<Vec<_>>().join(", ");
        let class = worst.word();
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\">{label}</th><td class=\"bar\"><svg width=\"100%\" height=\"14\" role=\"img\" \
             aria-label=\"{}\"><rect class=\"{class}\" width=\"{}%\" height=\"14\" rx=\"3\"/></svg></td>\
             <td>{told}</td></tr>",
            grouped(nodes + authorities),
            width(nodes + authorities)
        );
    }
    out.push_str("</tbody></table>\n");
}

/// Spans, and the whole days left at which each ends.
const SPANS: [(&str, i64); 8] = [
    ("expired", 0),
    ("within 7 days", 7),
    ("within 30 days", 30),
    ("within 90 days", 90),
    ("within 180 days", 180),
    ("within a year", 365),
    ("within three years", 3 * 365),
    ("later", i64::MAX),
];
