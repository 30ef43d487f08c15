//! RC004: the model that is on its way out.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;
use crate::connection::Model;
use crate::version::Version;

pub(super) const RULE: Rule = Rule {
    code: "RC004",
    severity: Severity::Note,
    summary: "the certificate model is deprecated",
    explanation: "From 9.0 Elastic advises to connect clusters by API keys. The certificate model still \
        works; with it a user's roles on the remote cluster are found by their names, and a \
        superuser is one on both sides.",
    help: "plan with `model: api-key`, where both clusters are of 8.14 or later",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    let newest = subject.connection.local.version.max(subject.connection.remote.version);
    if subject.connection.model == Model::Tls && newest >= Version::new(9, 0, 0) {
        let message = format!("`model: tls` is deprecated in Elasticsearch {newest}");
        report.push(subject.finding(&RULE, "model", message));
    }
}
