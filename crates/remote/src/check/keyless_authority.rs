//! RC039: a CA that cannot sign any more.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;
use crate::connection::{Model, TRUSTSTORE};
use crate::plan;

pub(super) const RULE: Rule = Rule {
    code: "RC039",
    severity: Severity::Warning,
    summary: "a re-issue without a CA key",
    explanation: "A cluster that configured itself (8.0 and later) has its certificates in \
        `certs/transport.p12`, and threw the key of its CA away: nothing can be signed with that CA.",
    help: "make a new CA, name it as `ca` beside the old one, and let `rotate plan` change the nodes to it",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    if subject.connection.model != Model::Tls || subject.connection.same_operator {
        return;
    }
    for own in plan::parties(subject.connection, subject.material) {
        let settings = own.settings();
        let store = settings.get(TRUSTSTORE).into_iter().flatten().chain(&own.side.truststore);
        let configured_itself = store.into_iter().any(|path| path.ends_with("transport.p12"));
        if configured_itself && plan::is_reissued(&own) && own.material.files_with_key.is_empty() {
            let message = "the nodes are to be re-issued, and `ca` has no private key".to_owned();
            report.push(subject.finding(&RULE, &format!("{}.ca", own.word()), message));
        }
    }
}
