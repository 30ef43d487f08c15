//! RC060: clients that need no certificate.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;
use crate::connection::Model;

pub(super) const RULE: Rule = Rule {
    code: "RC060",
    severity: Severity::Error,
    summary: "the transport layer lets clients in without a certificate",
    explanation: "Clusters that are connected by certificates know each other's nodes by nothing \
        else. With `client_authentication` at `optional` or `none`, whoever reaches the transport \
        layer and has no certificate is let in, past the CA list and the restrictions.",
    help: "take the line out (`required` is what the transport layer has without it)",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    if subject.connection.model != Model::Tls {
        return;
    }
    for party in subject.parties() {
        let Some(mode) = party.said(SETTING) else { continue };
        if ["none", "optional"].iter().any(|word| mode.eq_ignore_ascii_case(word)) {
            let message = format!("the {} nodes have `{SETTING}: {mode}`", party.word);
            report.push(subject.finding(&RULE, &party.path("elasticsearch_yml"), message));
        }
    }
}

const SETTING: &str = "xpack.security.transport.ssl.client_authentication";
