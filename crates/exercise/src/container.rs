//! Key stores, PEM files and private keys: what was opened can be written as PEM, and is then the
//! same.

use std::collections::BTreeSet;

use crosstrust_keystore::open::{Contents, open};
use crosstrust_keystore::{Password, PrivateKey, authorities, identity, java, pem};

use crate::certificate;

pub(crate) fn run(input: &[u8]) {
    if let Ok(contents) = open(input, &passwords()) {
        look(&contents);
        write_again(&contents);
        ask_java(&contents);
    }
}

/// What a JVM would make of it, whose key is one of those that are there.
fn ask_java(contents: &Contents) {
    let obstacles = [java::key_store_obstacles(contents), java::trust_store_obstacles(contents)];
    assert!(obstacles.iter().flatten().all(|one| !one.to_string().is_empty()));
    let _ = java::anchors(contents);
    assert!(java::presented(contents).len() <= contents.keys().count(), "a key from nowhere");
}

pub(crate) fn run_pem(input: &[u8]) {
    let Ok(document) = pem::scan(input) else { return };
    for block in &document.blocks {
        let text = pem::write(block.label(), block.contents());
        let again = pem::scan(text.as_bytes());
        let same = again.is_ok_and(|again| match again.blocks.as_slice() {
            [one] => one.label() == block.label() && one.contents() == block.contents(),
            _ => false,
        });
        assert!(same, "block `{}` of line {}", block.label(), block.line());
    }
    let _ = java::certificate_file(input);
    let _ = java::key_file(input, &Password::empty());
    run(input);
}

pub(crate) fn run_key(input: &[u8]) {
    let [password, _] = passwords();
    let readers = [
        PrivateKey::from_pkcs8_der(input),
        PrivateKey::from_pkcs1_der(input),
        PrivateKey::from_sec1_der(input),
        PrivateKey::from_encrypted_pkcs8_der(input, &password),
        PrivateKey::from_pem(input, &[password]),
    ];
    for key in readers.into_iter().flatten() {
        look_at_key(&key);
    }
}

fn passwords() -> [Password; 2] {
    [Password::new("changeit"), Password::empty()]
}

/// Everything that a listing shows, and what is picked from it.
fn look(contents: &Contents) {
    for entry in &contents.entries {
        let _ = (entry.alias(), entry.java_alias());
    }
    for note in &contents.notes {
        assert!(!note.to_string().is_empty());
    }
    let certificates = contents.certificates();
    for one in &certificates {
        certificate::show(one);
    }
    let _ = identity::gather(&[contents]);
    if let Ok(found) = authorities::extract(&[contents]) {
        assert!(found.iter().all(|one| certificates.contains(&one)), "an authority from nowhere");
    }
}

/// Writes keys and certificates as PEM, and finds the same in it.
fn write_again(contents: &Contents) {
    let mut text = pem::write_certificates(contents.certificates()).into_bytes();
    for key in contents.keys().filter_map(|entry| entry.key.open()) {
        look_at_key(key);
        text.extend_from_slice(key.to_pkcs8_pem().as_bytes());
    }
    if text.is_empty() {
        return;
    }
    let again = open(&text, &[]);
    assert!(again.is_ok(), "what was written does not open");
    let Ok(again) = again else { return };
    assert_eq!(again.notes, [], "what was written is odd");
    assert!(certificates(contents) == certificates(&again), "other certificates");
    assert!(keys(contents) == keys(&again), "other keys");
}

fn certificates(contents: &Contents) -> BTreeSet<&[u8]> {
    contents.certificates().iter().map(|certificate| certificate.der()).collect()
}

fn keys(contents: &Contents) -> BTreeSet<Vec<u8>> {
    let open = contents.keys().filter_map(|entry| entry.key.open());
    open.map(|key| key.to_pkcs8_der().as_bytes().to_vec()).collect()
}

/// Every form of a key is read as the key it is.
fn look_at_key(key: &PrivateKey) {
    let der = key.to_pkcs8_der();
    let same = |again: PrivateKey| again.to_pkcs8_der().as_bytes() == der.as_bytes();
    assert!(PrivateKey::from_pkcs8_der(der.as_bytes()).is_ok_and(same), "PKCS#8");
    if let Ok(form) = key.to_pkcs1_der() {
        assert!(PrivateKey::from_pkcs1_der(form.as_bytes()).is_ok_and(same), "PKCS#1");
    }
    if let Ok(form) = key.to_sec1_der() {
        assert!(PrivateKey::from_sec1_der(form.as_bytes()).is_ok_and(same), "SEC 1");
    }
    let _ = (key.kind().to_string(), key.public_key().map(ToString::to_string));
}
