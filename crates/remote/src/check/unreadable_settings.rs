//! RC019: an `elasticsearch.yml` that Elasticsearch does not load.

use crosstrust_report::{Report, Rule, Severity};
use crosstrust_settings::Discreet;

use super::Subject;

pub(super) const RULE: Rule = Rule {
    code: "RC019",
    severity: Severity::Error,
    summary: "elasticsearch.yml cannot be read",
    explanation: "A node does not start with a file that is no YAML, or that has a key without a value, a key twice or a \
        list where keys are due. Nothing in such a file could be checked.",
    help: "mend the file",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    for party in subject.parties() {
        let Some(Err(error)) = &party.material.elasticsearch_yml else { continue };
        let Discreet { message, help } = error.discreet();
        let place = error.place().map(|place| format!("line {}: ", place.line));
        let message = format!("{}{message}", place.unwrap_or_default());
        let finding = subject.finding(&RULE, &party.path("elasticsearch_yml"), message);
        report.push(match help {
            Some(help) => finding.with_help(help),
            None => finding,
        });
    }
}
