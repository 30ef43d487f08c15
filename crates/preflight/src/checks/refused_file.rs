//! PF118: a settings file that Elasticsearch does not load.

use crosstrust_report::{Finding, Rule, Severity};
use crosstrust_settings::{Discreet, Error};

pub(crate) const RULE: Rule = Rule {
    code: "PF118",
    severity: Severity::Error,
    summary: "a settings file that Elasticsearch does not load",
    explanation: "A node does not start with an `elasticsearch.yml` that is no YAML, or that has a key without a value, a \
        key twice, a tab before a key, or a list where keys are due. Nothing else in such a file could be checked.",
    help: "mend the line, and check the file again",
};

/// The finding, whose message holds nothing of a value: that may be a password.
pub(crate) fn finding(path: &str, error: &Error) -> Finding {
    let Discreet { message, help } = error.discreet();
    let finding = Finding::new(&RULE, message).in_file(path);
    let finding = finding.with_help(help.as_deref().unwrap_or(RULE.help));
    match error.place() {
        Some(place) => finding.at(place.line, place.column),
        None => finding,
    }
}
