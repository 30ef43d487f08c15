//! PF136: a setting that is there twice.

use std::collections::BTreeMap;

use crosstrust_report::{Report, Rule, Severity};

use crate::node_settings::Subject;

pub(super) const RULE: Rule = Rule {
    code: "PF136",
    severity: Severity::Warning,
    summary: "a setting that is there twice",
    explanation: "`a.b: x` and `b: x` under `a` are one setting. Elasticsearch refuses the same \
        key twice in one place, but not one that is written flat and nested: it takes the later \
        one in the file, without a message.",
    help: "keep the one that is meant, and remove the other",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    let mut last = BTreeMap::new();
    for entry in subject.file.document().entries().iter().rev() {
        let Some(line) = last.get(entry.key.as_str()) else {
            last.insert(entry.key.as_str(), entry.place.line);
            continue;
        };
        let message = format!("`{}` does not count here: line {line} sets it again", entry.key);
        report.push(subject.finding(&RULE, message, entry.place));
    }
}
