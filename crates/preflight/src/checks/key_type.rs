//! PF002: a private key that Elasticsearch cannot load.

use crosstrust_report::{Report, Rule, Severity};
use crosstrust_x509::KeyKind;

use crate::examination::Examination;
use crate::node::{KeyContainer, NodeKey};

pub(super) const RULE: Rule = Rule {
    code: "PF002",
    severity: Severity::Error,
    summary: "a private key that Elasticsearch cannot load",
    explanation: "Elasticsearch reads PEM keys itself and knows RSA, EC and DSA only. An Ed25519 or \
        Ed448 key in PEM keeps the node from starting, although Java could use it from a key \
        store.",
    help: "re-issue the certificate with an RSA or EC key",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    let NodeKey::Open { kind, container: KeyContainer::Pem, .. } = node.node.key() else { return };
    if !matches!(kind, KeyKind::Rsa { .. } | KeyKind::Ec { .. } | KeyKind::Dsa { .. }) {
        let message = format!(
            "the private key is {kind}, and Elasticsearch reads only RSA, EC and DSA from PEM"
        );
        report.push(node.finding(&RULE, message));
    }
}
