//! A report line by line, as editors and `grep` want it.

use std::fmt::Write;

use super::visible::printable;
use crate::finding::{Finding, Report};

/// A line for each finding: `path:line:column: CODE message`. Line and column are left out where there are none,
/// and what is in no file is said of the command.
pub fn concise(report: &Report) -> String {
    let mut out = String::new();
    for finding in report.findings() {
        let message = printable(finding.message()).replace('\n', " ");
        let _ = writeln!(out, "{}: {} {message}", place(finding), finding.rule().code);
    }
    out
}

/// `path:line:column`, as far as it is known.
pub(super) fn place(finding: &Finding) -> String {
    let path = finding.path().unwrap_or("crosstrust");
    match finding.place() {
        Some((line, column)) => format!("{path}:{line}:{column}"),
        None => path.to_owned(),
    }
}
