//! RC005: a port that belongs to the other model.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;
use crate::connection::{Connection, Model};

pub(super) const RULE: Rule = Rule {
    code: "RC005",
    severity: Severity::Error,
    summary: "the port is one of the other model",
    explanation: "The remote cluster server listens on 9443 and takes API keys; the transport layer \
        listens on 9300, for deployments on 9400, and takes certificates. On the other's port a \
        connection fails at its handshake.",
    help: "leave the port out, and the model's own is used",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    let Connection { model, remote, .. } = subject.connection;
    for endpoint in &remote.endpoints {
        let wrong = match (model, remote.platform.is_cloud(), endpoint.port) {
            (Model::ApiKey, _, Some(9300 | 9400)) | (Model::Tls, _, Some(9443)) => true,
            (Model::Tls, true, port) => port == Some(9300),
            _ => false,
        };
        if wrong {
            let message = format!("`{endpoint}` is not the port of `model: {model}`");
            report.push(subject.finding(&RULE, "remote.endpoint", message));
        }
    }
}
