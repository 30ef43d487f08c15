//! PF002: a private key that Elasticsearch cannot load.

use crosstrust_report::{Report, Rule, Severity};
use crosstrust_x509::KeyKind;

use crate::examination::Examination;
use crate::node::{KeyContainer, NodeKey};

pub(crate) const RULE: Rule = Rule {
    code: "PF002",
    severity: Severity::Error,
    summary: "a private key that Elasticsearch cannot load",
    explanation: "Elasticsearch reads PEM keys itself and knows RSA, EC and DSA only. An Ed25519 \
        or Ed448 key in PEM keeps the node from starting, although Java could use it from a key \
        store. Java 17 to 25 open encrypted keys with AES-128 or AES-256 in PBES2 and a few old \
        schemes, but not AES-192, Triple DES in PBES2 (which `openssl genrsa -des3` of OpenSSL 3 \
        writes), Camellia or scrypt. The first PEM block of the file must be the key.",
    help: "re-issue the certificate with an RSA or EC key",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    if let Some(message) = problem(node) {
        report.push(node.finding(&RULE, message));
    }
}

/// Says that Elasticsearch does not read the node's key from PEM.
pub(crate) fn problem(node: &Examination<'_>) -> Option<String> {
    let NodeKey::Open { kind, container: KeyContainer::Pem, .. } = node.node.key() else {
        return None;
    };
    let is_read = matches!(kind, KeyKind::Rsa { .. } | KeyKind::Ec { .. } | KeyKind::Dsa { .. });
    (!is_read).then(|| {
        format!("the private key is {kind}, and Elasticsearch reads only RSA, EC and DSA from PEM")
    })
}
