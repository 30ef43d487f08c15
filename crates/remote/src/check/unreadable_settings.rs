//! RC019: an `elasticsearch.yml` that is no YAML.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;
use crate::connection::settings;

pub(super) const RULE: Rule = Rule {
    code: "RC019",
    severity: Severity::Error,
    summary: "elasticsearch.yml cannot be read",
    explanation: "A node does not start with a file that is no YAML, and nothing in it could be checked.",
    help: "mend the file",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    for party in subject.parties() {
        let Some(Err(problem)) = party.material.elasticsearch_yml.as_deref().map(settings) else {
            continue;
        };
        let message = format!("line {}: {problem}", problem.place.line);
        report.push(subject.finding(&RULE, &party.path("elasticsearch_yml"), message));
    }
}
