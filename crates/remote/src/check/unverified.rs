//! RC059: certificates that nobody verifies.

use crosstrust_preflight::VerificationMode;
use crosstrust_report::{Report, Rule, Severity};

use super::Subject;
use crate::connection::{CLIENT_VERIFICATION_MODE, Model, VERIFICATION_MODE};

pub(super) const RULE: Rule = Rule {
    code: "RC059",
    severity: Severity::Error,
    summary: "nobody verifies the certificates",
    explanation: "With `verification_mode: none` a node takes every certificate, whoever signed it. By \
        certificates, anybody who reaches the transport layer is let in, restrictions or not, since \
        everybody can write a name into a certificate of one's own; by API key, whoever stands in \
        between reads the key.",
    help: "set it to `certificate` or `full`, or take the line out",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    let [local, remote] = subject.parties();
    let verifiers: &[_] = match subject.connection.model {
        Model::ApiKey => &[(local, CLIENT_VERIFICATION_MODE)],
        Model::Tls => &[(local, VERIFICATION_MODE), (remote, VERIFICATION_MODE)],
    };
    for (party, setting) in verifiers {
        let mode = party.said(setting).and_then(|mode| mode.parse().ok());
        if mode == Some(VerificationMode::None) {
            let message = format!("the {} nodes have `{setting}: none`", party.word);
            report.push(subject.finding(&RULE, &party.path("elasticsearch_yml"), message));
        }
    }
}
