//! RC044: what the certificate model does not keep from anybody.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;
use crate::connection::Model;

pub(super) const RULE: Rule = Rule {
    code: "RC044",
    severity: Severity::Note,
    summary: "a superuser of the local cluster reads everything",
    explanation: "With certificates, the remote cluster takes the local one's word for who asks: a superuser \
        there, and whoever makes roles there, reads all of the remote cluster. The model is for \
        clusters of one security domain, in every version.",
    help: "plan with `model: api-key` where the clusters are not one security domain",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    if subject.connection.model == Model::Tls {
        let message = "`model: tls` trusts the administrators of the local cluster".to_owned();
        report.push(subject.finding(&RULE, "model", message));
    }
}
