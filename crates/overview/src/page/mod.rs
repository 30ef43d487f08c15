//! The overview as one HTML page: no network, no script needed to read it, light and dark, fit to print.
//!
//! Text of certificates and files is escaped everywhere. The page's policy allows no script but its own,
//! by the script's digest, so that what is not escaped would still not run. Above [`FEW`] clusters it shows
//! classes, counts and exceptions in place of every pair.

mod buckets;
mod clusters;
pub(crate) mod diagram;
mod findings;
mod hand;
pub(crate) mod heat;
mod nodes;
mod restrictions;
mod text;
mod timeline;
mod who;

use std::fmt::Write;

use crosstrust_preflight::matrix_picture::{COLOURS, HTML_STYLE};
use crosstrust_report::Summary;
use crosstrust_report::print::escaped;

use crate::certificate::ValidityState;
use crate::direction::Glance;
use crate::overview::Overview;
use text::{counted, grouped, instant};

impl Overview<'_> {
    /// The page.
    pub fn page(&self) -> String {
        let mut body = String::new();
        header(&mut body, self);
        hand::section(&mut body, self);
        who::section(&mut body, self);
        clusters::section(&mut body, self);
        timeline::section(&mut body, self);
        restrictions::section(&mut body, self);
        findings::section(&mut body, self);
        let size = if is_large(self) { "large" } else { "small" };
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
<style>{COLOURS}{HTML_STYLE}{GRAPH_STYLE}{STYLE}</style>
</head>
<body class="{size}">
<main>
{body}</main>
<script>{SCRIPT}</script>
</body>
</html>
"#
        )
    }
}

/// Whether there are too many clusters to show each pair.
pub(crate) fn is_large(overview: &Overview<'_>) -> bool {
    overview.count() > FEW
}

fn header(out: &mut String, overview: &Overview<'_>) {
    let names = 0..overview.count();
    let names = names.map(|index| format!("<bdi>{}</bdi>", escaped(overview.cluster_name(index))));
    let names = if is_large(overview) {
        counted(overview.count(), "cluster")
    } else {
        names.collect::<Vec<_>>().join(", ")
    };
    let at = overview.now;
    let sentence = hand::sentence(overview);
    let _ = write!(
        out,
        "<header><h1>Trust report</h1><p class=\"soft\">{names} — as of <time datetime=\"{at}\">{}</time></p>\
         <p class=\"verdict\">{sentence}</p></header>\n\
         <nav><a href=\"#hand\">What needs a hand</a> <a href=\"#who\">Who accepts whom</a> \
         <a href=\"#clusters\">Clusters</a> <a href=\"#expiry\">What expires when</a> \
         <a href=\"#restrictions\">Whom restrictions let in</a> <a href=\"#findings\">Findings</a></nav>\n\
         <dl class=\"tiles\">",
        instant(&at.to_string()),
    );
    tiles(out, overview);
    out.push_str("</dl>\n");
}

fn tiles(out: &mut String, overview: &Overview<'_>) {
    let Summary { errors, warnings, .. } = overview.report.summary();
    let count = |state| overview.certificates.iter().filter(|one| one.state == state).count();
    let (expired, soon) = (count(ValidityState::Expired), count(ValidityState::Soon));
    let all = overview.count().saturating_mul(overview.count());
    let [accepted, not_judged] =
        [Glance::Accepted, Glance::NotJudged].map(|one| overview.count_of(one));
    tile(out, "clusters", overview.count(), "");
    tile(out, "nodes", overview.nodes(), "");
    tile(out, &format!("of {} directions accepted", grouped(all)), accepted, "");
    tile(out, "directions not judged", not_judged, bad(not_judged, "warn"));
    tile(out, "certificates expired", expired, bad(expired, "no"));
    let within = format!("expire within {} days", overview.warn_days);
    tile(out, &within, soon, bad(soon, "warn"));
    tile(out, "errors", errors, bad(errors, "no"));
    tile(out, "warnings", warnings, bad(warnings, "warn"));
}

fn tile(out: &mut String, label: &str, count: usize, class: &str) {
    let count = grouped(count);
    let _ = write!(out, "<div><dt>{label}</dt><dd class=\"{class}\">{count}</dd></div>");
}

fn bad(count: usize, class: &'static str) -> &'static str {
    if count > 0 { class } else { "" }
}

/// So many clusters are shown pair by pair.
const FEW: usize = 12;
const STYLE: &str = include_str!("style.css");
/// The style of drawings.
pub(crate) const GRAPH_STYLE: &str = include_str!("graph.css");
const SCRIPT: &str = include_str!("script.js");
/// SHA-256 of the script, as the Content-Security-Policy has it; a test holds the two together.
const SCRIPT_DIGEST: &str = "sha256-LR5voOUGYQWasw8SXG77AhxTkjKnCvLst84wPeQH484=";
