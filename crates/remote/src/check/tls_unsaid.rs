//! RC058: a transport layer whose TLS nobody switched on.

use crosstrust_report::{Report, Rule, Severity};

use super::{SECURITY, Subject, TRANSPORT_TLS};
use crate::connection::Model;
use crate::version::Version;

pub(super) const RULE: Rule = Rule {
    code: "RC058",
    severity: Severity::Warning,
    summary: "nothing switches the TLS of the transport layer on",
    explanation: "`xpack.security.transport.ssl.enabled` is off unless it is set. From Elasticsearch 8 on a \
        node that has other settings of the transport layer's TLS without it does not start; before, \
        security itself is off under a basic or trial licence unless `xpack.security.enabled` is set.",
    help: "set it to `true`, or name the whole `elasticsearch.yml` of a node",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    if subject.connection.model != Model::Tls {
        return;
    }
    for party in subject.parties() {
        if party.material.settings_file().is_none() {
            continue;
        }
        let is_old = party.side.version < Version::new(8, 0, 0);
        let security = is_old.then_some(SECURITY);
        for name in security.into_iter().chain([TRANSPORT_TLS]) {
            if party.material.setting(name).is_none() {
                let message = format!("the {} nodes' file does not set `{name}`", party.word);
                report.push(subject.finding(&RULE, &party.path("elasticsearch_yml"), message));
            }
        }
    }
}
