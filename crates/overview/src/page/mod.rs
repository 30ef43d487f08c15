//! The overview as one HTML page: no network, no script needed to read it, light and dark, fit to print.
//!
//! Text of certificates and files is escaped everywhere. The page's policy allows no script but its own,
//! by the script's digest, so that what is not escaped would still not run.

mod diagram;
mod findings;
mod restrictions;
mod timeline;
mod who;

use std::fmt::Write;

use crosstrust_report::Summary;
use crosstrust_report::print::escaped;

use crate::certificate::ValidityState;
use crate::direction::Glance;
use crate::overview::Overview;

impl Overview {
    /// The page.
    pub fn page(&self) -> String {
        let mut body = String::new();
        header(&mut body, self);
        who::section(&mut body, self);
        timeline::section(&mut body, self);
        restrictions::section(&mut body, self);
        findings::section(&mut body, self);
        let matrix_style = crosstrust_preflight::matrix_picture::HTML_STYLE;
        format!(
            r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src '{SCRIPT_DIGEST}'; base-uri 'none'; form-action 'none'">
<link rel="icon" href="data:,">
<title>Trust report</title>
<style>{matrix_style}{STYLE}</style>
</head>
<body>
<main>
{body}</main>
<script>{SCRIPT}</script>
</body>
</html>
"#
        )
    }
}

fn header(out: &mut String, overview: &Overview) {
    let names = overview.matrix.clusters.iter().map(|cluster| escaped(&cluster.name));
    let names = names.collect::<Vec<_>>().join(", ");
    let at = overview.now;
    let _ = write!(
        out,
        "<header><h1>Trust report</h1><p class=\"soft\">{names} — as of <time datetime=\"{at}\">{}</time></p></header>\n\
         <nav><a href=\"#who\">Who accepts whom</a> <a href=\"#expiry\">What expires when</a> \
         <a href=\"#restrictions\">Whom restrictions let in</a> <a href=\"#findings\">Findings</a></nav>\n\
         <dl class=\"tiles\">",
        instant(&at.to_string()),
    );
    let Summary { errors, warnings, notes } = overview.report.summary();
    let nodes: usize = overview.matrix.clusters.iter().map(|cluster| cluster.nodes.len()).sum();
    let directions = overview.directions();
    let glances = |wanted: &[Glance]| {
        directions.iter().filter(|direction| wanted.contains(&direction.glance())).count()
    };
    let refused = glances(&[Glance::InPart, Glance::Refused]);
    let not_judged = glances(&[Glance::NotJudged]);
    let count = |state| overview.certificates.iter().filter(|one| one.state == state).count();
    let (expired, soon) = (count(ValidityState::Expired), count(ValidityState::Soon));
    tile(out, "clusters", overview.matrix.clusters.len(), "");
    tile(out, "nodes", nodes, "");
    tile(out, "directions refused", refused, bad(refused, "no"));
    tile(out, "directions not judged", not_judged, bad(not_judged, "warn"));
    tile(out, "certificates expired", expired, bad(expired, "no"));
    let within = format!("expire within {} days", overview.warn_days);
    tile(out, &within, soon, bad(soon, "warn"));
    tile(out, "errors", errors, bad(errors, "no"));
    tile(out, "warnings", warnings, bad(warnings, "warn"));
    tile(out, "notes", notes, "");
    out.push_str("</dl>\n");
}

fn tile(out: &mut String, label: &str, count: usize, class: &str) {
    let _ = write!(out, "<div><dt>{label}</dt><dd class=\"{class}\">{count}</dd></div>");
}

fn bad(count: usize, class: &'static str) -> &'static str {
    if count > 0 { class } else { "" }
}

fn nodes_of(overview: &Overview, cluster: usize) -> usize {
    overview.matrix.clusters.get(cluster).map_or(0, |cluster| cluster.nodes.len())
}

/// `2026-01-31 12:00 UTC`, from RFC 3339.
fn instant(time: &str) -> String {
    match (time.get(..10), time.get(11..16)) {
        (Some(day), Some(minute)) => format!("{day} {minute} UTC"),
        _ => time.to_owned(),
    }
}

/// Text of a message: what stands in backticks there is code here.
fn prose(text: &str) -> String {
    let pieces = text.split('`').collect::<Vec<_>>();
    if pieces.len().is_multiple_of(2) {
        return escaped(text);
    }
    let mut out = String::new();
    for (index, piece) in pieces.into_iter().enumerate() {
        let piece = escaped(piece);
        out.push_str(&if index.is_multiple_of(2) {
            piece
        } else {
            format!("<code>{piece}</code>")
        });
    }
    out
}

/// `1 node`, `2 nodes`.
fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");
/// SHA-256 of the script, as the Content-Security-Policy has it; a test holds the two together.
const SCRIPT_DIGEST: &str = "sha256-U/tHzCJVNy9h2yIqAu1pnCkc34yIIkgxto7ZA2sdQdE=";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backticks_make_code_where_they_are_pairs() {
        #[track_caller]
        fn check(text: &str, expected: &str) {
            assert_eq!(prose(text), expected);
        }

        check("a `<b>` c", "a <code>&lt;b&gt;</code> c");
        check("a ` b <", "a ` b &lt;");
        check("", "");
    }

    #[test]
    fn times_are_to_the_minute() {
        assert_eq!(instant("2026-01-31T12:00:59Z"), "2026-01-31 12:00 UTC");
    }
}
