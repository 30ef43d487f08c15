//! RC070: YAML aliases as files.

use crosstrust_report::{Report, Rule, Severity};
use crosstrust_settings::{Scalar, Style, Value};

use super::Subject;

pub(super) const RULE: Rule = Rule {
    code: "RC070",
    severity: Severity::Error,
    summary: "an alias of YAML is the name of a file to Elasticsearch",
    explanation: "Elasticsearch does not put the value of an anchor in the place of an alias: of `*name` it reads \
        `name`, and a node that takes it for a file which is not there does not start. What the kit adds \
        would stand beside that name.",
    help: "write the value out in the place of the alias",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    for party in subject.parties() {
        let Some(file) = party.material.settings_file() else { continue };
        for entry in file.document().entries().iter().filter(|entry| entry.key.contains(".ssl.")) {
            let values: &[Scalar] = match &entry.value {
                Value::List(list) => &list.items,
                Value::Text(scalar) => std::slice::from_ref(scalar),
            };
            for alias in values.iter().filter(|value| value.style == Style::Alias) {
                let message = format!(
                    "`{}` of the {} nodes' file has `*{}` in line {}, of which a node reads the name alone",
                    entry.key, party.word, alias.text, alias.place.line
                );
                report.push(subject.finding(&RULE, &party.path("elasticsearch_yml"), message));
            }
        }
    }
}
