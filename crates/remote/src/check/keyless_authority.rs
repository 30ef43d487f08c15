//! RC039: a CA that cannot sign any more.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;
use crate::connection::Model;
use crate::plan;

pub(super) const RULE: Rule = Rule {
    code: "RC039",
    severity: Severity::Error,
    summary: "a re-issue without a CA key",
    explanation: "A cluster that configured itself (8.0 and later) has its certificates in \
        `certs/transport.p12`, and did not keep the key of its CA: nothing can be signed with that \
        CA. A private key in that file, or in another node's store, is the node's.",
    help: "make a new CA, let `rotate plan` change the nodes to it, and name it as `ca` beside the old one; if the \
        CA's key is in another file, name that file as `ca`",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    if subject.connection.model != Model::Tls || subject.connection.same_operator {
        return;
    }
    for own in plan::parties(subject.connection, subject.material) {
        if plan::is_keyless(&own) {
            let message = "the nodes are to be re-issued, and `ca` has no private key".to_owned();
            report.push(subject.finding(&RULE, &format!("{}.ca", own.word()), message));
        }
    }
}
