//! RC072: a CA list that a node's environment fills in.

use crosstrust_report::{Report, Rule, Severity};
use crosstrust_settings::Value;

use super::Subject;
use crate::connection::{AUTHORITIES, CLIENT_AUTHORITIES, Model};

pub(super) const RULE: Rule = Rule {
    code: "RC072",
    severity: Severity::Error,
    summary: "a list of CAs stands in a node's environment",
    explanation: "Elasticsearch puts the value of a variable in the place of `${…}`, and cuts a text at its commas. \
        In a list with further files, the variable's value is one file: with several names in it, a node \
        does not start.",
    help: "write the value of the variable into the copy of `elasticsearch.yml` that the connection file names",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    let name = match subject.connection.model {
        Model::ApiKey => CLIENT_AUTHORITIES,
        Model::Tls => AUTHORITIES,
    };
    for party in subject.parties() {
        let Some(file) = party.material.settings_file() else { continue };
        let Some(entry) = file.document().entries().iter().rfind(|entry| entry.key == name) else {
            continue;
        };
        // An item of a list is one file, whatever the variable has.
        let Value::Text(text) = &entry.value else { continue };
        let is_whole = |part: &str| part.starts_with("${") && part.ends_with('}');
        if text.text.split(',').map(str::trim).any(is_whole) {
            let message = format!(
                "`{name}` of the {} nodes' file is `{}`: nobody knows which files these are",
                party.word, text.text
            );
            report.push(subject.finding(&RULE, &party.path("elasticsearch_yml"), message));
        }
    }
}
