//! RC015: a CA list beside a trust store.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;
use crate::connection::{AUTHORITIES, Model, TRUSTSTORE};

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
    for party in subject.parties() {
        let Some(store) = party.material.setting(TRUSTSTORE) else { continue };
        let store = &store.value.text;
        let key = party.path("elasticsearch_yml");
        if party.material.setting(AUTHORITIES).is_some() {
            let message =
                format!("`elasticsearch.yml` has the trust store `{store}` and a list of CAs");
            let help = "take one of the two out: a node with both does not start";
            report.push(subject.finding(&RULE, &key, message).with_help(help));
        } else if party.side.truststore.is_none() {
            let message = format!("`elasticsearch.yml` has the trust store `{store}`");
            report.push(subject.finding(&RULE, &key, message));
        }
    }
}
