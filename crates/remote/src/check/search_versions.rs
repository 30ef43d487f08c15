//! RC001: a pair of versions that cross-cluster search does not support.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;

pub(super) const RULE: Rule = Rule {
    code: "RC001",
    severity: Severity::Error,
    summary: "the versions cannot search each other",
    explanation: "Elastic's table of cross-cluster search allows a local cluster to search a remote one of \
        the same major version that is at most one minor version older, and some pairs around a \
        major version: 7.17 to 8, 8.0 to 7.17, 8.18 to 9.0, 8.19 to 9, 9.0 to 8.18. Other pairs \
        are not supported, although they may connect.",
    help: "upgrade the older cluster first",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    let (local, remote) = (subject.connection.local.version, subject.connection.remote.version);
    if !subject.connection.access.search.is_empty() && !local.searches(remote) {
        let message = format!("searches from Elasticsearch {local} to {remote} are not supported");
        report.push(subject.finding(&RULE, "local.version", message));
    }
}
