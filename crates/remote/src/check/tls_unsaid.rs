//! RC058: a transport layer whose TLS nobody switched on.

use crosstrust_report::{Report, Rule, Severity};

use super::{SECURITY, Subject, TRANSPORT_TLS, unstarted};
use crate::connection::Model;
use crate::plan;
use crate::version::Version;

pub(super) const RULE: Rule = Rule {
    code: "RC058",
    severity: Severity::Warning,
    summary: "nothing switches the TLS of the transport layer on",
    explanation: "`xpack.security.transport.ssl.enabled` is off unless it is set. Before Elasticsearch 8, \
        security itself is off under a basic or trial licence unless `xpack.security.enabled` is set.",
    help: "set it to `true`, or name the whole `elasticsearch.yml` of a node",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    if subject.connection.model != Model::Tls {
        return;
    }
    let [local, remote] = plan::parties(subject.connection, subject.material);
    for (own, peer) in [(&local, &remote), (&remote, &local)] {
        // A node that does not start is a finding of its own.
        if own.material.settings_file().is_none() || unstarted::reason(own, peer).is_some() {
            continue;
        }
        let is_old = own.side.version < Version::new(8, 0, 0);
        let security = is_old.then_some(SECURITY);
        for name in security.into_iter().chain([TRANSPORT_TLS]) {
            if own.material.setting(name).is_none() {
                let message = format!("the {} nodes' file does not set `{name}`", own.word());
                let key = format!("{}.elasticsearch_yml", own.word());
                report.push(subject.finding(&RULE, &key, message));
            }
        }
    }
}
