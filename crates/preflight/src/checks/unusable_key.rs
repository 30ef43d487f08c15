//! PF030: a key with which Java makes no connection.

use crosstrust_report::{Report, Rule, Severity};
use crosstrust_x509::{Curve, KeyKind};

use crate::error::PathError;
use crate::examination::Examination;
use crate::unjudged::Unjudged;

pub(crate) const RULE: Rule = Rule {
    code: "PF030",
    severity: Severity::Error,
    summary: "a key with which Java makes no connection",
    explanation: "Java refuses RSA and DSA keys below 1024 bits and EC keys below 224 in a certification path, and \
        signs no handshake with a DSA key or with an EC key on another curve than P-256, P-384 and \
        P-521 (P-224, secp256k1, brainpool). The certificate passes the trust check and the node \
        starts, and every handshake fails: TLS 1.3 has no such signature, and Elasticsearch has no \
        cipher suite of TLS 1.2 for it.",
    help: "re-issue the certificate with an RSA key of 2048 bits or more, or an EC key on P-256 \
        or P-384",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    super::check_refusal(&RULE, node, report);
    let is_told = |error: &&PathError| {
        matches!(error, PathError::DisabledKey { .. } | PathError::UnsupportedIssuerKey { .. })
    };
    if node.path_errors().iter().any(is_told) {
        return;
    }
    if let Some(message) = problem(node) {
        report.push(node.finding(&RULE, message));
    }
}

/// Says that no handshake is signed with keys of the node's kind.
pub(crate) fn problem(node: &Examination<'_>) -> Option<String> {
    let key = node.leaf.public_key();
    let signs = match key.kind() {
        KeyKind::Dsa { .. } => false,
        KeyKind::Ec { curve } => matches!(curve, Curve::P256 | Curve::P384 | Curve::P521),
        _ => true,
    };
    (!signs).then(|| format!("the key is {key}, and Java signs no handshake with it"))
}

/// A kind of key of which it is not known here whether handshakes are signed with it.
pub(crate) fn doubt(node: &Examination<'_>) -> Option<Unjudged> {
    let key = node.leaf.public_key();
    let is_unknown = matches!(key.kind(), KeyKind::Other { .. });
    let what =
        || format!("the key is {key}, and it is not known whether Java signs handshakes with it");
    is_unknown.then(|| Unjudged::NotLookedAt { what: what() })
}
