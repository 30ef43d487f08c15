//! What is to be known of files that others wrote. What Java says of the key stores is compared in
//! `tests/fixtures.rs`.

use crosstrust_testkit::seeds;

use super::of;
use crate::open::open;
use crate::secret::Password;

/// The codes of a fixture's concerns.
fn codes(bytes: &[u8]) -> Vec<&'static str> {
    let passwords = [Password::new("changeit"), Password::empty()];
    let contents = open(bytes, &passwords).unwrap_or_else(|error| panic!("{error}"));
    of(&contents).iter().map(super::Concern::code).collect()
}

macro_rules! check {
    ($path:literal, $expected:expr) => {{
        let expected: &[&str] = &$expected;
        let bytes = include_bytes!(concat!("../../../../fixtures/", $path));
        assert_eq!(codes(bytes), expected, $path);
    }};
}

#[test]
fn key_stores_are_told_by_what_java_sees_in_them() {
    check!("p12/keytool/node-with-ca.p12", []);
    check!("p12/keytool/truststore.p12", []);
    check!("p12/keytool/truststore.jks", []);
    check!("p12/keytool/secret-key-and-ca.p12", ["no-trusted-certificate"]);
    check!("p12/openssl/node-alone.p12", ["no-trusted-certificate"]);
    check!("p12/openssl/ca.p12", ["no-trusted-certificate"]);
    check!("p12/openssl/certificates-only.p12", ["nothing-for-java"]);
    check!("p12/openssl/plain-bags.p12", ["nothing-for-java"]);
}

#[test]
fn encryption_is_told_where_it_is_weak_or_not_javas() {
    check!("p12/openssl/rc2-128.p12", ["legacy-encryption", "no-trusted-certificate"]);
    check!("p12/openssl/3des.p12", ["legacy-encryption", "no-trusted-certificate"]);
    check!("p12/keytool/truststore-legacy.p12", ["legacy-encryption"]);
    check!("p12/openssl/camellia-256.p12", ["java-cannot-open"]);
    check!("p12/openssl/2des.p12", ["java-cannot-open", "legacy-encryption"]);
    let rfc_9579 = include_bytes!("../../tests/vectors/rfc9579-a1.pem");
    let contents = open(rfc_9579, &[Password::new("1234")]).unwrap();
    let text = of(&contents)[0].to_string();
    assert!(text.contains("Java before 26 does not open it"), "{text}");
}

#[test]
fn openssl_needs_its_legacy_provider_for_some() {
    let text = |bytes: &[u8]| {
        let contents = open(bytes, &[Password::new("changeit")]).unwrap();
        of(&contents)[0].to_string()
    };
    let rc2 = text(include_bytes!("../../../../fixtures/p12/openssl/rc2-128.p12"));
    assert!(rc2.ends_with("OpenSSL 3 opens it with its legacy provider only"), "{rc2}");
    let triple_des = text(include_bytes!("../../../../fixtures/p12/openssl/3des.p12"));
    assert!(triple_des.ends_with(", which is weak"), "{triple_des}");
}

/// keytool's verdict is a `CertificateParsingException`, and it lists nothing.
#[test]
fn a_certificate_that_spoils_the_key_store_is_told() {
    let seeds = seeds("pkcs12");
    let seed = seeds.iter().find(|seed| seed.name == "unreadable-certificate.p12").unwrap();
    let contents = open(&seed.bytes, &[Password::new("changeit")]).unwrap();
    let codes: Vec<_> = of(&contents).iter().map(super::Concern::code).collect();
    assert_eq!(codes, ["unreadable-certificate"]);
}

#[test]
fn keys_that_a_node_cannot_use_are_told() {
    check!("pem/keys/ed25519-pkcs8.key", ["unusable-key"]);
    check!("pem/keys/rsa-pss-pkcs8.key", ["unusable-key"]);
    check!("pem/keys/ec-explicit-parameters.key", ["unusable-key"]);
    check!("ca/ed25519.p12", ["no-trusted-certificate", "unusable-key"]);
    check!("pem/keys/dsa-pkcs8.key", []);
    check!("pem/keys/ec-p521-pkcs8.key", []);
    check!("pem/keys/rsa-pkcs1.key", []);
}

#[test]
fn the_layout_of_pem_files_is_told() {
    check!("pem/chain.crt", []);
    check!("pem/ca.crt", []);
    check!("pem/bundle-with-text.crt", []);
    check!("pem/duplicates.crt", []);
    check!("pem/chain-disordered.crt", ["out-of-order"]);
    check!("pem/certificate-and-key.pem", ["key-beside-certificates"]);
    let ca_first: Vec<u8> = [
        &include_bytes!("../../../../fixtures/pem/ca.crt")[..],
        include_bytes!("../../../../fixtures/pem/node.crt"),
    ]
    .concat();
    assert_eq!(codes(&ca_first), ["leaf-not-first"]);
}

#[test]
fn the_key_of_an_authority_beside_a_nodes_is_told() {
    let files = [
        &include_bytes!("../../../../fixtures/pem/ca.crt")[..],
        include_bytes!("../../../../fixtures/pem/ca.key"),
    ];
    assert_eq!(codes(&files.concat()), ["key-beside-certificates"]);
    let with_node = [
        &include_bytes!("../../../../fixtures/pem/node-ec.crt")[..],
        include_bytes!("../../../../fixtures/pem/node-ec.key"),
        files[0],
        files[1],
    ];
    assert_eq!(codes(&with_node.concat()), ["authority-key", "key-beside-certificates"]);
}

/// Which of them Java reads, `fixtures/san/general-names.tsv` says.
#[test]
fn names_that_java_cannot_read_are_told() {
    check!("san/uri-without-scheme.crt", ["unreadable-names"]);
    check!("san/mail-ends-in-at.crt", ["unreadable-names"]);
    check!("san/ip-of-five-octets.crt", ["unreadable-names"]);
    check!("san/ip-network.crt", []);
    check!("san/utf8.crt", []);
}
