//! RC003: API keys before their general availability.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;
use crate::connection::Model;
use crate::version::Version;

pub(super) const RULE: Rule = Rule {
    code: "RC003",
    severity: Severity::Warning,
    summary: "API keys between clusters were a beta before 8.14",
    explanation: "Cross-cluster API keys appeared in 8.10 as a beta. Elastic documents 8.14 as the minimum \
        of both clusters.",
    help: "upgrade to 8.14 or later",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    if subject.connection.model != Model::ApiKey {
        return;
    }
    for party in subject.parties() {
        let version = party.side.version;
        if version < Version::new(8, 14, 0) {
            let message = format!("cross-cluster API keys are a beta in Elasticsearch {version}");
            report.push(subject.finding(&RULE, &party.path("version"), message));
        }
    }
}
