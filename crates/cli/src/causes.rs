//! What needs a hand, in a few lines, where the whole report stands elsewhere.

use crosstrust_report::print::Style;
use crosstrust_report::{Finding, Report, Rule, Severity};

use crate::failure::printable_line;

/// What needs a hand besides what is told elsewhere: the first errors and warnings, each with its remedy.
pub(crate) fn causes(report: &Report, elsewhere: &[&Rule], style: Style) -> String {
    let findings = report.findings().iter();
    let is_told = |one: &&Finding| {
        one.severity() != Severity::Note && !elsewhere.iter().any(|rule| *rule == one.rule())
    };
    let told: Vec<&Finding> = findings.filter(is_told).collect();
    let line = |one: &&Finding| {
        let severity = one.severity();
        let head = style.severity(severity, &format!("{severity}[{}]", one.rule().code));
        let path = one.path().map_or_else(String::new, |path| format!("{path}: "));
        let what = printable_line(&format!("{path}{}", one.message()));
        format!("{head}: {what}\n   = help: {}\n", printable_line(one.help()))
    };
    let mut text: String = told.iter().take(MOST_CAUSES).map(line).collect();
    if let Some(more) = told.len().checked_sub(MOST_CAUSES).filter(|more| *more > 0) {
        text += &format!("and {more} more\n");
    }
    if text.is_empty() { text } else { format!("\n{text}") }
}

/// So many are printed.
const MOST_CAUSES: usize = 10;
