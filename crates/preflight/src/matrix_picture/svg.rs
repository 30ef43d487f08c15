//! The matrix as SVG.

use std::fmt::Write;

use crosstrust_report::print::escaped;

use super::text::wrapped;
use super::{Cell, Group, Picture, Reason, Row, Why};
use crate::matrix::Matrix;

/// The matrix as one SVG document.
pub fn svg(matrix: &Matrix) -> String {
    let picture = Picture::new(matrix);
    let layout = Layout::new(&picture);
    let mut body = String::new();
    let mut y = TOP;
    let _ = writeln!(
        body,
        r#"<text class="title" x="{MARGIN}" y="34">Who accepts whom</text><text class="soft" x="{MARGIN}" y="56">{}</text>"#,
        escaped(&picture.headline())
    );
    head(&mut body, &picture, &layout, y);
    y += HEAD;
    for group in &picture.clusters {
        y = rows(&mut body, group, &layout, y);
    }
    y += GAP;
    for reason in &picture.reasons {
        y = explained(&mut body, reason, &layout, y);
    }
    let (width, height) = (layout.width, y + MARGIN);
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-label="Who accepts whom: {}">
<style>{STYLE}</style>
<rect class="page" width="{width}" height="{height}"/>
{body}</svg>
"#,
        escaped(&picture.headline())
    )
}

/// Where things stand, in pixels.
struct Layout {
    labels: usize,
    column: usize,
    width: usize,
    /// Characters in a line of the reasons.
    line: usize,
}

impl Layout {
    fn new(picture: &Picture) -> Self {
        let rows = picture.clusters.iter().flat_map(|group| &group.rows);
        let labels = rows.map(|row| row.label.chars().count().saturating_add(2));
        let names = picture.clusters.iter().map(|group| group.name.chars().count());
        let labels = labels.chain(names).max().unwrap_or(0).clamp(14, LONGEST_LABEL);
        let column = picture.columns.iter().map(|name| name.chars().count()).max().unwrap_or(0);
        let labels = labels * CHARACTER + 24;
        let count = picture.columns.len().max(1);
        let room = NARROWEST.saturating_sub(MARGIN * 2 + labels) / count;
        let column = (column.clamp(9, LONGEST_NAME) * CHARACTER + 24).max(room.min(WIDEST));
        let width = (MARGIN * 2 + labels + column * picture.columns.len()).max(NARROWEST);
        Self { labels, column, width, line: (width - MARGIN * 2 - 34) / CHARACTER }
    }

    /// The middle of a column.
    fn middle(&self, index: usize) -> usize {
        MARGIN + self.labels + self.column * index + self.column / 2
    }
}

fn head(out: &mut String, picture: &Picture, layout: &Layout, y: usize) {
    let base = y + HEAD - 12;
    let left = MARGIN + 8;
    let _ = writeln!(
        out,
        r#"<text class="soft" x="{left}" y="{base}">presents ↓ &#160; judges →</text>"#
    );
    for (index, name) in picture.columns.iter().enumerate() {
        let x = layout.middle(index);
        let (name, title) = (cut(name, LONGEST_NAME), escaped(name));
        let _ = writeln!(
            out,
            r#"<text class="name middle" x="{x}" y="{base}">{name}<title>{title}</title></text>"#
        );
    }
}

/// Draws the nodes of a cluster, and gives where the next one starts.
fn rows(out: &mut String, group: &Group, layout: &Layout, mut y: usize) -> usize {
    let right = layout.width - MARGIN;
    let (base, left) = (y + 20, MARGIN + 8);
    let (name, title) = (cut(&group.name, LONGEST_LABEL), escaped(&group.name));
    let _ = writeln!(out, r#"<path class="rule" d="M{MARGIN} {y}H{right}"/>"#);
    let _ = writeln!(
        out,
        r#"<text class="name" x="{left}" y="{base}">{name}<title>{title}</title></text>"#
    );
    y += GROUP;
    for row in &group.rows {
        one_row(out, row, layout, y);
        y += ROW;
    }
    y + 6
}

fn one_row(out: &mut String, row: &Row, layout: &Layout, y: usize) {
    let (base, left) = (y + 18, MARGIN + 22);
    let (label, title) = (cut(&row.label, LONGEST_LABEL), escaped(&row.title));
    let _ = writeln!(out, r#"<text x="{left}" y="{base}">{label}<title>{title}</title></text>"#);
    for (index, cell) in row.cells.iter().enumerate() {
        draw(out, cell, layout, layout.middle(index), y);
    }
}

fn draw(out: &mut String, cell: &Cell, layout: &Layout, middle: usize, y: usize) {
    let (x, width) = (middle + 4 - layout.column / 2, layout.column - 8);
    let (top, at) = (y + 2, (middle + 4, y + 18));
    let frame = format!(r#"<rect x="{x}" y="{top}" width="{width}" height="22" rx="5"/>"#);
    match cell {
        Cell::Accepted => {
            let (left, line) = (middle - 6, y + 13);
            let _ = writeln!(
                out,
                r#"<g class="yes">{frame}<path class="mark" d="M{left} {line}l4 4l8 -9"/><title>accepted</title></g>"#
            );
        }
        Cell::NotJudged(why) => {
            let (left, line, dot) = (middle - 12, y + 9, y + 19);
            let mark = format!("M{left} {line}a3.5 3.5 0 1 1 4 4v2M{} {dot}v.1", left + 4);
            marked(out, "unknown", &format!("{frame}<path class=\"mark\" d=\"{mark}\"/>"), why, at);
        }
        Cell::Refused(why) => {
            let (left, line) = (middle - 14, y + 8);
            let mark = format!("M{left} {line}l10 10m0 -10l-10 10");
            marked(out, "no", &format!("{frame}<path class=\"mark\" d=\"{mark}\"/>"), why, at);
        }
    }
}

/// A mark with the number of its reason.
fn marked(out: &mut String, class: &str, mark: &str, why: &Why, (x, y): (usize, usize)) {
    let Why { number, reason } = why;
    let word = if class == "no" { "" } else { "not judged: " };
    let reason = escaped(reason);
    let _ = writeln!(
        out,
        r#"<g class="{class}">{mark}<text class="count" x="{x}" y="{y}">{number}</text><title>{word}{reason}</title></g>"#
    );
}

/// Writes a reason, and gives where the next one starts.
fn explained(out: &mut String, reason: &Reason, layout: &Layout, mut y: usize) -> usize {
    let Reason { number, head, code, text, help } = reason;
    let (left, indent) = (MARGIN + 8, MARGIN + 34);
    let base = y + 18;
    let head = escaped(head);
    let _ = writeln!(
        out,
        r#"<text class="refused" x="{left}" y="{base}">{number}</text><text x="{indent}" y="{base}"><tspan class="name">{head}</tspan><tspan class="soft" dx="10">{code}</tspan></text>"#
    );
    y += LINE + 4;
    for (class, text) in [("plain", text.as_str()), ("soft", help)] {
        for line in wrapped(text, layout.line) {
            let (base, line) = (y + 16, escaped(&line));
            let _ = writeln!(out, r#"<text class="{class}" x="{indent}" y="{base}">{line}</text>"#);
            y += LINE;
        }
    }
    y + 10
}

/// Text of at most so many characters, escaped.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return escaped(text);
    }
    let kept = text.chars().take(most.saturating_sub(1)).collect::<String>();
    format!("{}…", escaped(&kept))
}

const MARGIN: usize = 24;
const TOP: usize = 66;
const HEAD: usize = 40;
const GROUP: usize = 28;
const ROW: usize = 27;
const LINE: usize = 18;
const GAP: usize = 14;
/// Of the 13 pixel face, rounded up.
const CHARACTER: usize = 8;
const NARROWEST: usize = 800;
/// Of a column that is stretched to fill the picture.
const WIDEST: usize = 200;
const LONGEST_LABEL: usize = 44;
const LONGEST_NAME: usize = 28;

const STYLE: &str = "
text{font:13px system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;fill:#1f2328}
.page{fill:#fff}.title{font-size:20px;font-weight:600}.name{font-weight:600}.soft{fill:#59636e}
.middle{text-anchor:middle}.rule{stroke:#d1d9e0}.mark{fill:none;stroke-width:2.2;stroke-linecap:round;stroke-linejoin:round}
.yes rect{fill:#dafbe1}.yes .mark{stroke:#116329}.no rect{fill:#ffebe9}.no .mark{stroke:#a40e26}
.unknown rect{fill:#fff8c5}.unknown .mark{stroke:#7d4e00}
.count,.refused{font-weight:600;fill:#a40e26}.unknown .count{fill:#7d4e00}
@media(prefers-color-scheme:dark){text{fill:#e6edf3}.page{fill:#0d1117}.soft{fill:#9198a1}.rule{stroke:#3d444d}
.yes rect{fill:#12361f}.yes .mark{stroke:#56d364}.no rect{fill:#4b1113}.no .mark{stroke:#ff7b72}.count,.refused{fill:#ff7b72}
.unknown rect{fill:#3b2e00}.unknown .mark{stroke:#e3b341}.unknown .count{fill:#e3b341}}
";
