//! A report for people: severity, code and message, the place with a caret, and what to do.

use std::fmt::Write;

use crate::finding::{Finding, Report, Summary};
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

/// All findings with an empty line after each, then a line of counts; nothing for an empty report.
pub fn human(report: &Report, style: Style) -> String {
    let mut out = String::new();
    for finding in report.findings() {
        let _ = writeln!(out, "{}", one(finding, style));
    }
    if !report.is_empty() {
        let _ = writeln!(out, "{}", counts(report.summary()));
    }
    out
}

/// A line of source with a caret under `width` characters from `column` (from 1), with the gutter
/// of line numbers that compilers draw. Of a long line the part around the column is shown.
pub fn snippet(line: usize, column: usize, width: usize, source: &str) -> String {
    let (source, column) = window(source, column);
    let number = line.to_string();
    let gutter = " ".repeat(number.len());
    let shown: String = source.chars().map(visible).collect();
    let indent: String = source.chars().take(column.saturating_sub(1)).map(blank).collect();
    let room = source.chars().count().saturating_sub(column.saturating_sub(1)).max(1);
    let carets = "^".repeat(width.clamp(1, room));
    format!("{gutter} |\n{number} | {shown}\n{gutter} | {indent}{carets}\n")
}

/// The part of a line that is shown, and the column in it.
fn window(source: &str, column: usize) -> (String, usize) {
    let length = source.chars().count();
    if length <= WIDEST {
        return (source.to_owned(), column);
    }
    let start = column.saturating_sub(WIDEST / 2).min(length.saturating_sub(WIDEST));
    let shown: String = source.chars().skip(start).take(WIDEST).collect();
    let before = if start > 0 { "…" } else { "" };
    let after = if start.saturating_add(WIDEST) < length { "…" } else { "" };
    let column = column.saturating_sub(start).saturating_add(before.chars().count());
    (format!("{before}{shown}{after}"), column)
}

fn one(finding: &Finding, style: Style) -> String {
    let head = format!("{}[{}]", finding.severity(), finding.rule().code);
    let head = style.severity(finding.severity(), &head);
    let mut out = format!("{head}: {}\n", style.strong(&printable(finding.message())));
    match (finding.path(), finding.place()) {
        (Some(path), Some((line, column))) => {
            let _ = writeln!(out, " --> {path}:{line}:{column}");
        }
        (Some(path), None) => {
            let _ = writeln!(out, " --> {path}");
        }
        (None, _) => {}
    }
    if let (Some((line, column)), Some(source)) = (finding.place(), finding.source()) {
        out.push_str(&snippet(line, column, finding.width(), source));
    }
    if !finding.help().is_empty() {
        let _ = writeln!(out, "  = help: {}", finding.help());
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

/// A message, in which there may be text of somebody's certificate.
fn printable(text: &str) -> String {
    text.chars()
        .map(|character| if character == '\n' { '\n' } else { visible(character) })
        .collect()
}

/// A control character as its picture, so that a terminal is not told what to do.
fn visible(character: char) -> char {
    match character {
        '\t' => ' ',
        '\u{7f}' => '\u{2421}',
        control if control < ' ' => {
            char::from_u32(0x2400 + u32::from(control)).unwrap_or('\u{fffd}')
        }
        control if control.is_control() => '\u{fffd}',
        other => other,
    }
}

fn blank(_: char) -> char {
    ' '
}

/// Characters of a line that are shown.
const WIDEST: usize = 160;
