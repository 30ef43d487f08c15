//! RC015: a CA list beside a trust store.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;
use crate::connection::Model;

pub(super) const RULE: Rule = Rule {
    code: "RC015",
    severity: Severity::Error,
    summary: "a trust store that the connection file does not name",
    explanation: "A node whose `elasticsearch.yml` has both `certificate_authorities` and \
        `truststore.path` for the transport layer does not start. Clusters that configured \
        themselves have a trust store, `certs/transport.p12`.",
    help: "name it as `truststore`, and the kit imports the CA instead",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    if subject.connection.model != Model::Tls {
        return;
    }
    for party in subject.parties().into_iter().filter(|party| party.side.truststore.is_none()) {
        let settings = party.settings();
        if let Some(store) = settings.get("xpack.security.transport.ssl.truststore.path") {
            let message = format!("`elasticsearch.yml` has the trust store `{}`", store.join(", "));
            report.push(subject.finding(&RULE, &party.path("elasticsearch_yml"), message));
        }
    }
}
