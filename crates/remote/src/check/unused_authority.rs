//! RC035: a CA that the model has no use for.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;
use crate::connection::{Connection, Model, Platform};

pub(super) const RULE: Rule = Rule {
    code: "RC035",
    severity: Severity::Warning,
    summary: "a CA that is not used",
    explanation: "Which CA one cluster must know of the other depends on the model: with API keys only that \
        of port 9443, with certificates that of the transport layer. One file for both \
        models may name both, and a kit takes what it needs.",
    help: "leave it out, unless you switch between the models",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    for party in subject.parties().into_iter().filter(|party| !party.side.ca.is_empty()) {
        if let Some(reason) = reason(subject.connection, party.word == "local") {
            report.push(subject.finding(&RULE, &party.path("ca"), reason.to_owned()));
        }
    }
}

fn reason(connection: &Connection, is_local: bool) -> Option<&'static str> {
    let Connection { model, local, remote, .. } = connection;
    let hosted = [local, remote].iter().all(|side| side.platform == Platform::Ech);
    match model {
        _ if connection.same_operator => {
            Some("the operator exchanges the CAs of its own clusters itself")
        }
        Model::ApiKey if is_local && !connection.strong_identity => {
            Some("with API keys nobody verifies the local cluster's certificates")
        }
        Model::ApiKey if !is_local && remote.platform == Platform::Ech => Some(
            "the certificate on port 9443 is of a public CA, which needs no file; the CA of port 9400 is another one",
        ),
        Model::Tls if hosted || connection.is_same_scope() => {
            Some("both deployments have the platform's CA, which each trusts already")
        }
        Model::ApiKey | Model::Tls => None,
    }
}
