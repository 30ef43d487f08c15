//! RC045: a public CA that the nodes do not trust.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;
use crate::connection::{CLIENT_AUTHORITIES, CLIENT_TRUSTSTORE, Model};
use crate::plan;

pub(super) const RULE: Rule = Rule {
    code: "RC045",
    severity: Severity::Warning,
    summary: "a public CA that is not trusted",
    explanation: "A CA list or a trust store for connections by API key serves every remote cluster, and takes \
        the place of the JDK's public CAs. A remote cluster with a public certificate is then \
        refused unless the list has its root.",
    help: "add the root of the public CA to the list or the store",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    let connection = subject.connection;
    if connection.model != Model::ApiKey || connection.same_operator {
        return;
    }
    let [local, remote] = plan::parties(connection, subject.material);
    if plan::is_private(&remote) {
        return;
    }
    let settings = local.settings();
    let set = [CLIENT_AUTHORITIES, CLIENT_TRUSTSTORE]
        .into_iter()
        .find(|name| settings.contains_key(*name));
    if let Some(name) = set {
        let message =
            format!("the local nodes have `{name}`, and the remote side's CA is a public one");
        report.push(subject.finding(&RULE, "local.elasticsearch_yml", message));
    }
}
