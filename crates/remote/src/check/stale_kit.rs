//! RC020: a kit that is not what its connection file makes.

use crosstrust_report::{Finding, Report, Rule, Severity};

use crate::kit::Kit;

pub(super) const RULE: Rule = Rule {
    code: "RC020",
    severity: Severity::Error,
    summary: "the kit is not what its connection file makes",
    explanation: "A kit is the same from run to run. One that differs was planned from another \
        connection file, other certificates or another version, or was changed by hand.",
    help: "plan the kit again",
};

/// Compares a kit that is there with the one that would be made. `there` gives the text of a file
/// by its path in the kit, if it is there; `folder` names the kit in findings.
pub(super) fn check(
    kit: &Kit,
    folder: &str,
    there: &dyn Fn(&str) -> Option<String>,
    report: &mut Report,
) {
    for file in &kit.files {
        let message = match there(&file.path) {
            None => "is missing",
            Some(text) if text != file.text => "differs",
            Some(_) => continue,
        };
        report.push(Finding::new(&RULE, message).in_file(format!("{folder}/{}", file.path)));
    }
}
