//! A report for people: severity, code and message, the place with a caret, and what to do.

use std::fmt::Write;

use super::concise::place;
use super::visible::{printable, visible};
use crate::finding::{Report, Summary};
use crate::grouped::{Group, groups};
use crate::rule::Severity;

/// Whether text carries ANSI colours.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Style {
    /// With colours, for a terminal.
    Coloured,
    /// Text alone.
    #[default]
    Plain,
}

impl Style {
    /// Text in the colour of a severity.
    pub fn severity(self, severity: Severity, text: &str) -> String {
        let code = match severity {
            Severity::Error => "1;31",
            Severity::Warning => "1;33",
            Severity::Note => "1;36",
        };
        self.paint(code, text)
    }

    /// Text that stands out.
    pub fn strong(self, text: &str) -> String {
        self.paint("1", text)
    }

    /// Text that steps back.
    pub fn faint(self, text: &str) -> String {
        self.paint("2", text)
    }

    /// One of two words for a verdict: green if all is well, else red.
    pub fn verdict(self, well: bool, good: &str, bad: &str) -> String {
        if well { self.paint("32", good) } else { self.paint("1;31", bad) }
    }

    fn paint(self, code: &str, text: &str) -> String {
        match self {
            Self::Coloured => format!("\x1b[{code}m{text}\x1b[0m"),
            Self::Plain => text.to_owned(),
        }
    }
}

/// How text is laid out for people.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Layout {
    /// With colours or without.
    pub style: Style,
    /// The columns of the terminal that shows it, if one does.
    pub columns: Option<usize>,
    /// Whether all nodes of a finding are listed.
    pub verbose: bool,
}

/// All findings, equal ones once, with an empty line after each, then what more there is to
/// know, and a line of counts; nothing for an empty report.
pub fn human(report: &Report, layout: Layout) -> String {
    let groups = groups(report);
    let mut out = String::new();
    for group in &groups {
        let _ = writeln!(out, "{}", one(group, layout));
    }
    out + &footer(report, groups.len())
}

/// Where a code is explained, how many findings are mended on demand, and how many there are.
fn footer(report: &Report, different: usize) -> String {
    if report.is_empty() {
        return String::new();
    }
    let mut out = String::from("what a code means: crosstrust explain CODE\n");
    let mended = report.findings().iter().filter(|finding| finding.is_mendable()).count();
    if mended > 0 {
        let _ = writeln!(out, "`--fix` mends {mended} of them");
    }
    out += &counts(report.summary());
    if different < report.findings().len() {
        let _ = write!(out, " ({different} different)");
    }
    out + "\n"
}

/// A line of source with a caret under `width` characters from `column` (from 1), with the gutter
/// of line numbers that compilers draw. Of a long line the part around the column is shown.
pub fn snippet(line: usize, column: usize, width: usize, source: &str) -> String {
    snippet_within(line, column, width, source, None)
}

/// The same on a terminal of so many columns.
fn snippet_within(
    line: usize,
    column: usize,
    width: usize,
    source: &str,
    columns: Option<usize>,
) -> String {
    let number = line.to_string();
    // The gutter, and an ellipsis on both sides.
    let room = columns.map(|columns| columns.saturating_sub(number.len().saturating_add(5)));
    let (source, column) = window(source, column, room.unwrap_or(WIDEST).clamp(LEAST, WIDEST));
    let gutter = " ".repeat(number.len());
    let shown: String = source.chars().map(visible).collect();
    let indent: String = source.chars().take(column.saturating_sub(1)).map(blank).collect();
    let room = source.chars().count().saturating_sub(column.saturating_sub(1)).max(1);
    let carets = "^".repeat(width.clamp(1, room));
    format!("{gutter} |\n{number} | {shown}\n{gutter} | {indent}{carets}\n")
}

/// The part of a line that is shown, and the column in it.
fn window(source: &str, column: usize, widest: usize) -> (String, usize) {
    let length = source.chars().count();
    if length <= widest {
        return (source.to_owned(), column);
    }
    let start = column.saturating_sub(widest / 2).min(length.saturating_sub(widest));
    let shown: String = source.chars().skip(start).take(widest).collect();
    let before = if start > 0 { "…" } else { "" };
    let after = if start.saturating_add(widest) < length { "…" } else { "" };
    let column = column.saturating_sub(start).saturating_add(before.chars().count());
    (format!("{before}{shown}{after}"), column)
}

fn one(group: &Group<'_>, layout: Layout) -> String {
    let Group { first, message, help, members, extent } = group;
    let Layout { style, columns, verbose } = layout;
    let head = format!("{}[{}]", first.severity(), first.rule().code);
    let head = style.severity(first.severity(), &head);
    let mut out = format!("{head}: {}\n", style.strong(&printable(message)));
    if first.path().is_some() {
        let _ = writeln!(out, " --> {}", place(first));
    }
    if let (Some((line, column)), Some(source)) = (first.place(), first.source()) {
        out.push_str(&snippet_within(line, column, first.width(), source, columns));
    }
    match extent {
        Some(extent) if verbose => {
            let _ = writeln!(out, "  = in {}:", extent.counted);
            for member in members {
                let _ = writeln!(out, "    {}", place(member));
            }
        }
        Some(extent) => {
            let _ = writeln!(out, "  = in {}", extent.text(false));
        }
        None => {}
    }
    if !help.is_empty() {
        let _ = writeln!(out, "  = help: {help}");
    }
    out
}

fn counts(summary: Summary) -> String {
    let Summary { errors, warnings, notes } = summary;
    let counted = [(errors, "error"), (warnings, "warning"), (notes, "note")];
    let parts = counted.iter().filter(|(count, _)| *count > 0);
    let parts = parts.map(|(count, noun)| {
        let plural = if *count == 1 { "" } else { "s" };
        format!("{count} {noun}{plural}")
    });
    parts.collect::<Vec<_>>().join(", ")
}

fn blank(_: char) -> char {
    ' '
}

/// At most so many characters of a line are shown.
const WIDEST: usize = 160;
/// So many are shown, however narrow the terminal is.
const LEAST: usize = 20;
