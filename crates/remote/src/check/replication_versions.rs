//! RC002: a follower that is older than its leader, or too much newer.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;

pub(super) const RULE: Rule = Rule {
    code: "RC002",
    severity: Severity::Error,
    summary: "the versions cannot replicate",
    explanation: "A follower index is read by the local cluster with its own version of Lucene, and an \
        older one does not read what a newer one wrote. The local cluster must have the remote \
        one's version or a newer one: of the same major version, or of the next one if the remote \
        cluster has the last minor version before it.",
    help: "upgrade the cluster that is too old",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    let (local, remote) = (subject.connection.local.version, subject.connection.remote.version);
    if !subject.connection.access.replication.is_empty() && !local.follows(remote) {
        let message = format!("Elasticsearch {local} cannot follow indices of {remote}");
        report.push(subject.finding(&RULE, "local.version", message));
    }
}
