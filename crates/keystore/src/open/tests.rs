//! Formats are told apart, and every block of a PEM file is an entry or a note.

use super::Contents;
use super::open;
use super::pem;
use crate::entry::Entry;
use crate::error::Error;
use crate::pbe::Budget;
use crate::secret::Password;

fn contents(bytes: &[u8]) -> Contents {
    open(bytes, &[Password::new("changeit")]).unwrap_or_else(|error| panic!("{error}"))
}

/// The format and a line for each entry.
fn lines(contents: &Contents) -> Vec<String> {
    let line = |entry: &Entry| match entry {
        Entry::Certificate(entry) => format!("certificate {}", entry.certificate.subject()),
        Entry::Key(entry) => {
            let key = entry.key.open().map(|key| key.kind().to_string());
            format!("key {} {}", key.unwrap_or("locked".to_owned()), entry.chain.len())
        }
        Entry::Other(entry) => entry.kind.to_string(),
        Entry::TrustedCertificate(entry) => format!("trusted {}", entry.certificate.subject()),
    };
    let format = std::iter::once(contents.format.to_string());
    format.chain(contents.entries.iter().map(line)).collect()
}

#[test]
fn formats_are_recognised_from_the_bytes() {
    #[track_caller]
    fn check(bytes: &[u8], expected: &[&str]) {
        assert_eq!(lines(&contents(bytes)), expected);
    }

    let ca = "certificate CN=Fixture CA";
    check(include_bytes!("../../../../fixtures/pem/ca.der"), &["DER certificate", ca]);
    check(include_bytes!("../../../../fixtures/pem/trusted.crt"), &["PEM", ca]);
    check(include_bytes!("../../../../fixtures/pem/x509-label.crt"), &["PEM", ca]);
    let chain = ["certificate CN=node1", "certificate CN=Fixture Intermediate CA", ca];
    check(
        include_bytes!("../../../../fixtures/pem/chain.p7b.der"),
        &[&["PKCS#7"][..], &chain].concat(),
    );
    check(include_bytes!("../../../../fixtures/pem/chain.p7b"), &[&["PEM"][..], &chain].concat());
    let key = "key rsa-2048 0";
    check(include_bytes!("../../../../fixtures/pem/keys/rsa-pkcs8.der"), &["DER private key", key]);
    check(
        include_bytes!("../../../../fixtures/pem/keys/rsa-pbes2-aes-256-cbc.der"),
        &["DER private key", key],
    );
    let request = "certificate signing request";
    check(include_bytes!("../../../../fixtures/pem/node.csr"), &["PEM", request]);
    let trusted = "trusted CN=Fixture CA";
    check(include_bytes!("../../../../fixtures/p12/keytool/truststore.jks"), &["JKS", trusted]);
    check(
        include_bytes!("../../../../fixtures/p12/keytool/truststore.p12"),
        &["PKCS#12", trusted, "trusted CN=Fixture EC CA"],
    );
}

#[test]
fn keys_in_pem_have_the_chain_that_stands_beside_them() {
    let chain = include_str!("../../../../fixtures/pem/chain.crt");
    let key = include_str!("../../../../fixtures/pem/node.key");
    let other = include_str!("../../../../fixtures/pem/ca-ec.crt");
    let text = format!("{other}{chain}{key}");
    let contents = contents(text.as_bytes());
    assert_eq!(lines(&contents), ["PEM", "certificate CN=Fixture EC CA", "key rsa-2048 3"]);
    let order = contents.certificates();
    let order = order.iter().map(|one| one.subject().to_string()).collect::<Vec<_>>();
    let file = ["CN=Fixture EC CA", "CN=node1", "CN=Fixture Intermediate CA", "CN=Fixture CA"];
    assert_eq!(order, file);
}

#[test]
fn a_key_that_no_password_opens_is_locked_beside_its_certificates() {
    let key = include_str!("../../../../fixtures/pem/keys/rsa-pbes2-aes-256-cbc.key");
    let certificate = include_str!("../../../../fixtures/pem/node.crt");
    let text = format!("{certificate}{key}");
    let locked = open(text.as_bytes(), &[Password::new("x")]);
    let locked = locked.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(lines(&locked), ["PEM", "certificate CN=node1", "key locked 0"]);
    let open = contents(text.as_bytes());
    assert_eq!(lines(&open), ["PEM", "key rsa-2048 1"]);
}

#[test]
fn no_block_is_passed_over_in_silence() {
    let text = "-----BEGIN OPENSSH PRIVATE KEY-----\nZm9v\n-----END OPENSSH PRIVATE KEY-----\n";
    let contents = contents(text.as_bytes());
    assert!(contents.entries.is_empty());
    let notes = contents.notes.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(notes, ["line 1: block `OPENSSH PRIVATE KEY` is of no use here"]);
}

#[test]
fn a_damaged_block_is_named_with_its_line() {
    let text = "text\n-----BEGIN CERTIFICATE-----\nZm9v\n-----END CERTIFICATE-----\n";
    let error = open(text.as_bytes(), &[]).err();
    let Some(Error::Block { line: 2, label, source }) = error else { panic!("{error:?}") };
    assert_eq!(label, "CERTIFICATE");
    assert!(matches!(*source, Error::Certificate(_)));
}

#[test]
fn the_keys_of_a_file_share_its_allowance() {
    // PBKDF2 with 2048 iterations each, and a first password that is wrong.
    let key = include_bytes!("../../../../fixtures/pem/keys/ec-pbes2-aes-256-cbc.key");
    let text = key.repeat(2);
    let passwords = [Password::new("wrong"), Password::new("changeit")];
    let open = |allowance| pem::open(&text, &passwords, &mut Budget::of(allowance)).map(drop);
    let Err(Error::Block { line: 8, source, .. }) = open(6 * 2048 - 1) else { panic!() };
    assert!(matches!(*source, Error::TooMuchWork { .. }), "{source}");
    assert_eq!(open(6 * 2048), Ok(()));
}
