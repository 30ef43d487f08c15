//! RC037: settings that nobody looked at.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;
use crate::connection::{Model, Platform};

pub(super) const RULE: Rule = Rule {
    code: "RC037",
    severity: Severity::Note,
    summary: "nobody looked at elasticsearch.yml",
    explanation: "Nodes may have a CA list, a trust store, restrictions or other partners already. With \
        `elasticsearch_yml` these are looked at, and the kit adds to what is there; without it, its \
        steps say what to look for.",
    help: "name a node's own as `elasticsearch_yml`, with the files that it names beside it",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    for party in subject.parties() {
        let unseen =
            party.side.platform == Platform::SelfManaged && party.side.elasticsearch_yml.is_none();
        if unseen {
            let what = match subject.connection.model {
                Model::ApiKey => "settings for other remote clusters",
                Model::Tls => "a trust store, a CA list or restrictions",
            };
            let message = format!(
                "nobody looked at the settings of the {} nodes, which may have {what} already",
                party.word
            );
            report.push(subject.finding(&RULE, &party.path("platform"), message));
        }
    }
}
