//! The clusters and who accepts whom as one SVG file, for light and dark screens: a drawing of a few clusters, a
//! map of many.

use std::fmt::Write;

use crosstrust_preflight::matrix_picture::COLOURS;
use crosstrust_report::print::escaped;

use crate::direction::Glance;
use crate::overview::Overview;
use crate::page::{GRAPH_STYLE, diagram, heat, is_large};

impl Overview<'_> {
    /// The graph of the clusters as an SVG document that needs nothing else. An arrow goes from the nodes that are
    /// accepted to the cluster that accepts them; of many clusters a point stands for a direction.
    pub fn graph(&self) -> String {
        let mut body = String::new();
        let (width, height) =
            if is_large(self) { map(&mut body, self) } else { ring(&mut body, self) };
        let legend = legend(&mut body, self, height);
        let (width, height) = (width.max(LEGEND), legend + MARGIN);
        let headline = headline(self);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
             height=\"{height}\" role=\"img\" aria-label=\"Who accepts whom: {headline}\">\n\
             <style>{COLOURS}{GRAPH_STYLE}{STYLE}</style>\n\
             <rect class=\"page\" width=\"{width}\" height=\"{height}\"/>\n\
             <text class=\"title\" x=\"{MARGIN}\" y=\"36\">Who accepts whom</text>\
             <text class=\"soft\" x=\"{MARGIN}\" y=\"58\">{headline}</text>\n{body}</svg>\n"
        )
    }
}

/// What the whole says, in a line.
fn headline(overview: &Overview<'_>) -> String {
    let count = overview.count();
    let all = count.saturating_mul(count);
    let [accepted, in_part, not_judged] =
        [Glance::Accepted, Glance::InPart, Glance::NotJudged].map(|one| overview.count_of(one));
    if accepted == all && all > 0 {
        return "Every node is accepted by every cluster".to_owned();
    }
    let mut text = format!("{accepted} of {all} directions are accepted");
    for (count, words) in [(in_part, "in part"), (not_judged, "not judged")] {
        if count > 0 {
            let _ = write!(text, ", {count} {words}");
        }
    }
    text
}

/// Draws a few clusters, and gives the width and height.
fn ring(out: &mut String, overview: &Overview<'_>) -> (f64, f64) {
    let (top, height) = diagram::extent(overview);
    let width = diagram::WIDTH;
    let _ = writeln!(
        out,
        "<svg class=\"diagram\" y=\"{TOP}\" width=\"{width}\" height=\"{height}\" viewBox=\"0 {top} {width} {height}\">"
    );
    diagram::drawing(out, overview);
    out.push_str("</svg>\n");
    (width, TOP + height)
}

/// Draws many clusters, rows with their names where these have room, and gives the width and height.
fn map(out: &mut String, overview: &Overview<'_>) -> (f64, f64) {
    let number = |value: usize| u32::try_from(value).map_or(0.0, f64::from);
    let points = number(heat::points(overview).saturating_add(1));
    let is_named = overview.count() <= MOST_NAMED;
    let (point, left) = if is_named { (ROW, NAMES) } else { ((SIDE / points).max(2.0), MARGIN) };
    let side = points * point;
    let _ = write!(
        out,
        "<svg class=\"heat\" x=\"{left}\" y=\"{TOP}\" width=\"{side}\" height=\"{side}\" \
         viewBox=\"-0.5 -0.5 {points} {points}\">"
    );
    heat::drawing(out, overview);
    out.push_str("</svg>\n");
    for cluster in (0..overview.count()).filter(|_| is_named) {
        let y = (number(cluster) + 1.0).mul_add(point, TOP) + 4.0;
        let x = left - 8.0;
        let name = overview.cluster_name(cluster);
        let _ = writeln!(
            out,
            "<text class=\"row\" x=\"{x}\" y=\"{y}\">{}<title>{}</title></text>",
            diagram::drawn_name(name),
            escaped(name)
        );
    }
    (left + side + MARGIN, TOP + side)
}

/// Writes what the colours mean below the drawing, and gives where it ends.
fn legend(out: &mut String, overview: &Overview<'_>, top: f64) -> f64 {
    let mut x = MARGIN;
    let y = top + 30.0;
    for (glance, words) in [
        (Glance::Accepted, "accepted"),
        (Glance::InPart, "in part"),
        (Glance::NotJudged, "not judged"),
        (Glance::Refused, "refuses its own"),
    ] {
        let (class, text) = (glance.class(), x + 18.0);
        let _ = write!(
            out,
            "<rect class=\"key {class}\" x=\"{x}\" y=\"{}\" width=\"11\" height=\"11\" rx=\"2\"/>\
             <text class=\"soft\" x=\"{text}\" y=\"{y}\">{words}</text>",
            y - 10.0
        );
        x += 125.0;
    }
    let lines: &[&str] = if is_large(overview) {
        &[
            "A row presents its certificates, a column judges them, in the same order.",
            "No point: refused.",
        ]
    } else {
        &[
            "An arrow goes from the nodes that are accepted to the cluster that accepts them.",
            "No line: refused. The ring around a point says the same of the cluster's own nodes.",
        ]
    };
    let mut line_y = y;
    for line in lines {
        line_y += 20.0;
        let _ = write!(out, "\n<text class=\"soft\" x=\"{MARGIN}\" y=\"{line_y}\">{line}</text>");
    }
    out.push('\n');
    line_y
}

const MARGIN: f64 = 24.0;
/// Where the drawing begins.
const TOP: f64 = 76.0;
/// The width that the legend needs.
const LEGEND: f64 = 600.0;
/// Of a map without names.
const SIDE: f64 = 720.0;
/// The height of a row with a name.
const ROW: f64 = 16.0;
/// The width of the names of rows.
const NAMES: f64 = 210.0;
/// The rows of so many clusters have names.
const MOST_NAMED: usize = 80;
const STYLE: &str = "
text{fill:var(--text);font:14px system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif}
.title{font-size:20px;font-weight:600}.soft{fill:var(--soft);font-size:13px}.row{font-size:12px;text-anchor:end}
.page{fill:var(--page)}.ground{fill:var(--band)}.key{stroke:none}
.key.yes{fill:var(--yes)}.key.warn{fill:var(--soon)}.key.unknown{fill:var(--soft)}.key.no{fill:var(--no)}
";
