//! What is written is read as the same: keys of every type, under odd names and passwords.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]
#![allow(clippy::disallowed_methods, reason = "tests read the fixtures")]

use std::fs;
use std::path::PathBuf;

use crosstrust_keystore::open::{Contents, open};
use crosstrust_keystore::pkcs12::{self, StoreProfile, Writer};
use crosstrust_keystore::{Entry, Error, Password, PrivateKey, pem};
use crosstrust_x509::{Certificate, Timestamp};
use proptest::prelude::*;

/// Identities of every kind of key that node certificates have: those of OpenSSL's authorities.
const IDENTITIES: [&str; 6] = [
    "ca/ec-p256",
    "ca/ec-p384",
    "ca/ec-p521",
    "ca/ed25519",
    "ca/non-ascii-utf8", // RSA
    "ca/multi-valued-rdn",
];

/// Keys without a certificate, of every kind that is read.
const KEYS: [&str; 10] = [
    "dsa-pkcs8",
    "ec-explicit-parameters",
    "ec-java-pkcs8",
    "ec-p384-sec1-parameters",
    "ec-p521-pkcs8",
    "ec-sec1",
    "ed25519-pkcs8",
    "rsa-pkcs1",
    "rsa-pkcs8",
    "rsa-pss-pkcs8",
];

fn fixture(path: &str) -> Vec<u8> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fixtures");
    fs::read(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn identity(name: &str) -> (PrivateKey, Certificate) {
    let key = PrivateKey::from_pem(&fixture(&format!("{name}.key")), &[]).unwrap();
    let certificates = open(&fixture(&format!("{name}.crt")), &[]).unwrap();
    (key, certificates.certificates()[0].clone())
}

fn same(one: &PrivateKey, other: &PrivateKey) -> bool {
    one.to_pkcs8_der().as_bytes() == other.to_pkcs8_der().as_bytes()
}

/// Any text that a person may type: of every script, with marks and figures, and none.
fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[ -~]{0,20}", "\\PC{0,12}", "[äöüß€漢字🔑\u{301}]{1,6}", Just(String::new())]
}

/// The only key of some contents, and its certificates.
fn only_key(contents: &Contents) -> (&PrivateKey, &[Certificate]) {
    let keys: Vec<_> = contents.keys().collect();
    assert_eq!(keys.len(), 1);
    (keys[0].key.open().unwrap(), &keys[0].chain)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_key_store_holds_what_was_put_in(
        name in prop::sample::select(&IDENTITIES[..]),
        (alias, anchor) in (text(), text()),
        (password, wrong) in (text(), text()),
        profile in prop::sample::select(vec![StoreProfile::Modern, StoreProfile::LegacyDes]),
    ) {
        prop_assume!(alias.to_lowercase() != anchor.to_lowercase() && password != wrong);
        let ((key, leaf), (_, ca)) = (identity(name), identity("ca/sha512-signature"));
        let written = Writer::new(profile)
            .key(&alias, &key, std::slice::from_ref(&leaf))
            .trusted(&anchor, &ca)
            .write(&Password::new(&password), Timestamp::from_unix(0))
            .unwrap();

        let store = pkcs12::read(&written, &Password::new(&password)).unwrap();
        prop_assert_eq!(store.notes, []);
        let [Entry::Key(found), Entry::TrustedCertificate(trusted)] = store.entries.as_slice()
        else {
            panic!("{} entries", store.entries.len())
        };
        prop_assert_eq!(found.alias.as_deref().unwrap_or_default(), alias.to_lowercase());
        prop_assert!(same(found.key.open().unwrap(), &key));
        prop_assert_eq!(&found.chain, &[leaf]);
        prop_assert_eq!(trusted.alias.as_deref().unwrap_or_default(), anchor);
        prop_assert_eq!(&trusted.certificate, &ca);

        let refused = pkcs12::read(&written, &Password::new(&wrong)).map(drop);
        prop_assert_eq!(refused, Err(Error::WrongPassword));
    }

    #[test]
    fn a_key_is_the_same_in_every_form(
        name in prop::sample::select(&KEYS[..]),
        (password, wrong) in (text(), text()),
    ) {
        prop_assume!(password != wrong);
        let key = PrivateKey::from_pem(&fixture(&format!("pem/keys/{name}.key")), &[]).unwrap();
        let (password, wrong) = (Password::new(password), Password::new(wrong));
        let encrypted = key.to_encrypted_pkcs8_pem(&password).unwrap();
        let mut forms = vec![key.to_pkcs8_pem(), encrypted.clone()];
        forms.extend([key.to_pkcs1_pem(), key.to_sec1_pem()].into_iter().flatten());
        forms.extend(key.to_dek_info_pem(&password));
        for form in forms {
            // Among other blocks, as in a file with everything in it.
            let mut file = fixture("pem/ca.crt");
            file.extend_from_slice(form.as_bytes());
            let contents = open(&file, std::slice::from_ref(&password)).unwrap();
            prop_assert!(same(only_key(&contents).0, &key), "{}", name);
        }
        let refused = PrivateKey::from_pem(encrypted.as_bytes(), &[wrong]).map(drop);
        prop_assert_eq!(refused, Err(Error::WrongPassword));
    }

    #[test]
    fn a_pem_file_holds_what_was_put_in(
        names in prop::collection::vec(prop::sample::select(&IDENTITIES[..]), 1..5),
        between in "[ -,.-~\n]{0,30}",
    ) {
        let mut file = Vec::new();
        let mut expected = Vec::new();
        for name in names {
            let (key, certificate) = identity(name);
            for text in [&between, "\n", &pem::write("CERTIFICATE", certificate.der())] {
                file.extend_from_slice(text.as_bytes());
            }
            file.extend_from_slice(key.to_pkcs8_pem().as_bytes());
            expected.push((key, certificate));
        }
        let contents = open(&file, &[]).unwrap();
        let found: Vec<_> = contents.keys().collect();
        prop_assert_eq!(found.len(), expected.len());
        for (entry, (key, certificate)) in found.iter().zip(&expected) {
            prop_assert!(same(entry.key.open().unwrap(), key));
            prop_assert_eq!(entry.chain.first(), Some(certificate));
        }
    }
}
