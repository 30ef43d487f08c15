//! Fixtures as nodes, lists and settings.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests read the fixtures")]
#![allow(dead_code, reason = "not every test file uses all of it")]

use std::fs;
use std::path::PathBuf;

use crosstrust_keystore::{PrivateKey, pem};
use crosstrust_preflight::{Node, Policy, RestrictionsFile, Settings, TrustList};
use crosstrust_restrictions::Restrictions;
use crosstrust_x509::{Certificate, Timestamp};

/// The bytes of a file under `fixtures/`.
pub(crate) fn read(file: &str) -> Vec<u8> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fixtures");
    fs::read(folder.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The certificates of a PEM file, in its order.
pub(crate) fn certificates(file: &str) -> Vec<Certificate> {
    let document = pem::scan(&read(file)).unwrap();
    document.blocks.iter().map(|block| Certificate::from_der(block.contents()).unwrap()).collect()
}

/// The private key of a PEM file without password.
pub(crate) fn key(file: &str) -> PrivateKey {
    PrivateKey::from_pem(&read(file), &[]).unwrap()
}

/// A node of `fixtures/cluster/nodes`.
pub(crate) fn node(name: &str) -> Node {
    Node::new(name, certificates(&format!("cluster/nodes/{name}.crt")))
}

/// The list of one CA, that of `fixtures/cluster`.
pub(crate) fn cluster_ca() -> TrustList {
    TrustList::new(certificates("cluster/ca.crt"))
}

/// A policy without restrictions, judged by the CA of `fixtures/cluster`.
pub(crate) fn policy() -> Policy {
    Policy::new(Settings::new(cluster_ca()), now())
}

/// A restrictions file of one pattern.
pub(crate) fn restrictions(pattern: &str) -> RestrictionsFile {
    let text = format!("trust.subject_name: ['{pattern}']\n");
    let restrictions = Restrictions::parse("trust.yml", text.as_bytes()).unwrap();
    RestrictionsFile { path: "trust.yml".to_owned(), restrictions }
}

/// A day within the validity of most fixtures.
pub(crate) fn now() -> Timestamp {
    Timestamp::parse_rfc3339("2026-11-22T00:00:00Z").unwrap()
}
