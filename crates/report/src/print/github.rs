//! A report as workflow commands, which GitHub shows as annotations.

use std::fmt::Write;

use crate::finding::{Finding, Report};
use crate::rule::Severity;

/// A line for each finding: `::error file=F,line=L,col=C,title=CODE::message`.
pub fn github(report: &Report) -> String {
    let mut out = String::new();
    for finding in report.findings() {
        let command = match finding.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let message = format!("{} ({})", finding.message(), finding.help());
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
