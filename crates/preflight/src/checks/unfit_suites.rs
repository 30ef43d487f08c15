//! PF119: cipher suites with which the node's key signs no handshake.

use crosstrust_report::{Report, Rule, Severity};
use crosstrust_x509::KeyKind;

use crate::examination::Examination;
use crate::node_settings::cipher_suite;

pub(crate) const RULE: Rule = Rule {
    code: "PF119",
    severity: Severity::Error,
    summary: "cipher suites with which the node's key signs no handshake",
    explanation: "A suite of TLS 1.2 names the kind of key: `ECDHE_RSA` and `DHE_RSA` are for RSA \
        keys, `ECDHE_ECDSA` for EC, Ed25519 and Ed448 keys. Suites of TLS 1.3, such as \
        `TLS_AES_256_GCM_SHA384`, take any key, where `supported_protocols` has TLS 1.3. With only \
        other suites the node starts, and whoever connects to it finds no cipher suite in common.",
    help: "list suites for the kind of key that the node has, and those of TLS 1.3, or leave `cipher_suites` out",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    if let Some(message) = problem(node) {
        report.push(node.finding(&RULE, message));
    }
}

/// Says that no suite of the node's settings goes with its key and its protocols.
pub(crate) fn problem(node: &Examination<'_>) -> Option<String> {
    let is_known = |suite: &&String| cipher_suite::is_known(suite) || cipher_suite::is_old(suite);
    let mut suites = node.node.cipher_suites().iter().filter(is_known).peekable();
    suites.peek()?;
    let protocols = node.node.protocols();
    let speaks = |protocol: &str| protocols.is_empty() || protocols.iter().any(|p| p == protocol);
    let key = node.leaf.public_key();
    let fits = |suite: &String| match suite.split_once("_WITH_") {
        None => speaks("TLSv1.3"),
        Some((exchange, _)) => speaks("TLSv1.2") && signs(key.kind(), exchange),
    };
    let goes = suites.any(fits);
    (!goes).then(|| {
        format!("no suite of `cipher_suites` goes with the node's protocols and its key, {key}")
    })
}

/// Whether a key of a kind signs handshakes of a key exchange such as `TLS_ECDHE_RSA`.
fn signs(kind: &KeyKind, exchange: &str) -> bool {
    match kind {
        KeyKind::Rsa { .. } => exchange.ends_with("RSA"),
        KeyKind::Ec { .. } | KeyKind::Ed25519 | KeyKind::Ed448 => exchange.ends_with("ECDSA"),
        KeyKind::Dsa { .. } => exchange.ends_with("DSS"),
        // Of others it is not known here.
        _ => true,
    }
}
