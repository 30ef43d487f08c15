//! RC020: a kit that is not what its connection file makes.

use std::collections::BTreeMap;

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

/// Compares a kit that is there with the one that would be made.
pub(super) fn check(
    kit: &Kit,
    folder: &str,
    there: &BTreeMap<String, String>,
    report: &mut Report,
) {
    let mut push = |path: &str, message: &str| {
        report.push(Finding::new(&RULE, message).in_file(format!("{folder}/{path}")));
    };
    for file in &kit.files {
        match there.get(&file.path) {
            None => push(&file.path, "is missing"),
            Some(text) if *text != file.text => {
                push(&file.path, "is not as it would be planned now");
            }
            Some(_) => {}
        }
    }
    let planned = |path: &str| kit.files.iter().any(|file| file.path == path);
    for path in there.keys().filter(|path| !planned(path)) {
        push(path, "does not belong to the kit");
    }
}
