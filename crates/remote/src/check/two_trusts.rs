//! RC015: a CA list beside a trust store.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;
use crate::connection::{AUTHORITIES, Model, TRUSTSTORE};

pub(super) const RULE: Rule = Rule {
    code: "RC015",
    severity: Severity::Error,
    summary: "a CA list beside a trust store",
    explanation: "A node whose `elasticsearch.yml` has both `certificate_authorities` and \
        `truststore.path` for the transport layer does not start; with one of them, it trusts what is in \
        that. The kit adds to the one that `elasticsearch.yml` has, and takes the connection file's word \
        for it where nobody showed that.",
    help: "leave `truststore` out where the nodes have a list of CAs",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    if subject.connection.model != Model::Tls {
        return;
    }
    for party in subject.parties() {
        if party.material.setting(AUTHORITIES).is_none() {
            continue;
        }
        if let Some(store) = party.material.setting(TRUSTSTORE) {
            let store = &store.value.text;
            let message =
                format!("`elasticsearch.yml` has the trust store `{store}` and a list of CAs");
            let key = party.path("elasticsearch_yml");
            let help = "take one of the two out: a node with both does not start";
            report.push(subject.finding(&RULE, &key, message).with_help(help));
        } else if let Some(store) = &party.side.truststore {
            let message = format!(
                "the connection file names the trust store `{store}`, and `elasticsearch.yml` has a list of CAs"
            );
            report.push(subject.finding(&RULE, &party.path("truststore"), message));
        }
    }
}
