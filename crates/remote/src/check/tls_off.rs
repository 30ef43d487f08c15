//! RC057: a connection whose TLS is off.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;
use crate::connection::Model;

pub(super) const RULE: Rule = Rule {
    code: "RC057",
    severity: Severity::Error,
    summary: "TLS is off where the clusters connect",
    explanation: "By certificates the transport layers of both sides speak TLS; by API key the remote \
        cluster server and its clients do, and without it the key can be read on the way. One side with \
        TLS and one without do not connect.",
    help: "set it to `true`, which needs a restart of every node",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    let [local, remote] = subject.parties();
    let settings = match subject.connection.model {
        Model::ApiKey => [(local, CLIENT), (remote, SERVER)],
        Model::Tls => [(local, super::TRANSPORT_TLS), (remote, super::TRANSPORT_TLS)],
    };
    for (party, setting) in settings {
        if party.said(setting) == Some("false") {
            let message = format!("the {} nodes have `{setting}: false`", party.word);
            report.push(subject.finding(&RULE, &party.path("elasticsearch_yml"), message));
        }
    }
}

const CLIENT: &str = "xpack.security.remote_cluster_client.ssl.enabled";
const SERVER: &str = "xpack.security.remote_cluster_server.ssl.enabled";
