//! A report as workflow commands, which GitHub shows as annotations.

use std::fmt::Write;

use crate::finding::{Finding, Report};
use crate::grouped::{Group, groups};
use crate::rule::Severity;

/// A line for each finding, equal ones once: `::error file=F,line=L,col=C,title=CODE::message`.
/// In full, all nodes that have it are listed.
pub fn github(report: &Report, in_full: bool) -> String {
    let mut out = String::new();
    for Group { first: finding, message, help, extent, .. } in groups(report) {
        let command = match finding.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let places = extent.map(|extent| format!(" (in {})", extent.text(in_full)));
        let message = format!("{message}{} ({help})", places.unwrap_or_default());
        let _ = writeln!(out, "::{command} {}::{}", properties(finding), data(&message));
    }
    out
}

fn properties(finding: &Finding) -> String {
    let mut properties = Vec::new();
    if let Some(path) = finding.path() {
        properties.push(format!("file={}", property(path)));
    }
    if let Some((line, column)) = finding.place() {
        properties.push(format!("line={line},col={column}"));
    }
    properties.push(format!("title={}", property(finding.rule().code)));
    properties.join(",")
}

/// Escapes the text after the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property, in which `:` and `,` mean something too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
