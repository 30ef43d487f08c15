//! RC065: a list of CAs in the place of the public ones.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;
use crate::connection::{CLIENT_AUTHORITIES, CLIENT_TRUSTSTORE, Model};
use crate::plan;

pub(super) const RULE: Rule = Rule {
    code: "RC065",
    severity: Severity::Warning,
    summary: "a list of CAs takes the place of the public ones",
    explanation: "`xpack.security.remote_cluster_client.ssl` has one list of CAs, or one trust store, for \
        all remote clusters that are connected by API key. Once it is set, the JDK's public CAs are no longer \
        trusted, and a remote cluster with a certificate of theirs is not reached.",
    help: "follow the kit's step that has the nodes keep the public CAs, or add the root of this one",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    let [local, remote] = plan::parties(subject.connection, subject.material);
    if subject.connection.model != Model::ApiKey || plan::is_private(&remote) {
        return;
    }
    let settings = local.settings();
    for name in [CLIENT_AUTHORITIES, CLIENT_TRUSTSTORE] {
        let Some(values) = settings.get(name) else { continue };
        // A list to which the kit has added them.
        if values.iter().any(|value| value.ends_with(plan::PUBLIC_FILE)) {
            continue;
        }
        let message = format!(
            "the remote cluster has a public CA, and the local nodes trust `{}` alone (`{name}`)",
            values.join(", ")
        );
        report.push(subject.finding(&RULE, "local.elasticsearch_yml", message));
    }
}
