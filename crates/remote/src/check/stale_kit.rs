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
    help: "plan the kit again with `remote plan --force`",
};

/// Compares a kit that is there with the one that would be made.
pub(super) fn check(
    kit: &Kit,
    folder: &str,
    there: &BTreeMap<String, String>,
    report: &mut Report,
) {
    let finding = |path: &str, what: &str| {
        Finding::new(&RULE, format!("`{path}` {what}")).in_file(format!("{folder}/{path}"))
    };
    for file in &kit.files {
        match there.get(&file.path) {
            None => report.push(finding(&file.path, "is missing")),
            Some(text) if *text != file.text => {
                report.push(finding(&file.path, "is not as it would be planned now"));
            }
            Some(_) => {}
        }
    }
    let planned = |path: &str| kit.files.iter().any(|file| file.path == path);
    for path in there.keys().filter(|path| !planned(path)) {
        let finding = finding(path, "does not belong to the kit");
        report.push(finding.with_help(
            "delete it: `remote plan --force` takes away only what the kit before it lists",
        ));
    }
}
