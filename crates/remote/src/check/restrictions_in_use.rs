//! RC018: restrictions that would be replaced.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;
use crate::connection::{Model, RESTRICTIONS};

pub(super) const RULE: Rule = Rule {
    code: "RC018",
    severity: Severity::Warning,
    summary: "trust restrictions are in use already",
    explanation: "The kit's file would take the place of the one that the nodes have, and whoever is let \
        in by that one alone would be refused.",
    help: "merge the two with `crosstrust restrictions merge`",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    if subject.connection.model != Model::Tls {
        return;
    }
    for party in subject.parties() {
        let settings = party.settings();
        if let Some(file) = settings.get(RESTRICTIONS) {
            let message = format!("the nodes have the restrictions `{}`", file.join(", "));
            report.push(subject.finding(&RULE, &party.path("elasticsearch_yml"), message));
        }
    }
}
