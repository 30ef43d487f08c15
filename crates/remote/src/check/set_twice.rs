//! RC069: settings that stand in a file twice.

use std::collections::BTreeMap;

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;

pub(super) const RULE: Rule = Rule {
    code: "RC069",
    severity: Severity::Warning,
    summary: "a setting stands twice in a node's file, and the later one counts",
    explanation: "Two keys of one name keep a node from starting. Where one is written with dots and the other \
        below further keys, the node starts, and takes the later one without a word; the kit adds to that one.",
    help: "take the earlier one out, after its values are in the later one where they are meant to count",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    for party in subject.parties() {
        let Some(file) = party.material.settings_file() else { continue };
        let mut first: BTreeMap<&str, usize> = BTreeMap::new();
        for entry in file.document().entries() {
            let line = entry.place.line;
            if let Some(earlier) = first.insert(&entry.key, line) {
                let message = format!(
                    "`{}` of the {} nodes' file stands in line {earlier} and in line {line}, which alone counts",
                    entry.key, party.word
                );
                report.push(subject.finding(&RULE, &party.path("elasticsearch_yml"), message));
            }
        }
    }
}
