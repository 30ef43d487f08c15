//! RC058: a transport layer whose TLS nobody switched on.

use crosstrust_report::{Report, Rule, Severity};

use super::{Subject, TRANSPORT_TLS};
use crate::connection::Model;

pub(super) const RULE: Rule = Rule {
    code: "RC058",
    severity: Severity::Warning,
    summary: "nothing switches the TLS of the transport layer on",
    explanation: "`xpack.security.transport.ssl.enabled` is off unless it is set. From Elasticsearch 8 on a \
        node that has other settings of the transport layer's TLS without it does not start.",
    help: "set `xpack.security.transport.ssl.enabled: true`, or name the whole `elasticsearch.yml` of a node",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    if subject.connection.model != Model::Tls {
        return;
    }
    for party in subject.parties() {
        let is_read = party.material.settings_file().is_some();
        if is_read && party.material.setting(TRANSPORT_TLS).is_none() {
            let message = format!("the {} nodes' file does not set `{TRANSPORT_TLS}`", party.word);
            report.push(subject.finding(&RULE, &party.path("elasticsearch_yml"), message));
        }
    }
}
