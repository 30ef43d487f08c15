//! `crosstrust ca`.

use crosstrust_testkit::{Folder, java_judge};

use crate::{openssl, run};

#[test]
fn a_new_authority_is_one_key_entry_that_java_and_openssl_open() {
    let folder = Folder::new();
    run(&folder, &["ca", "--pass", "secret", "--dn", "CN=My CA,O=Ünï,DC=example,DC=com"])
        .succeeds();
    assert_eq!(folder.entries(), ["elastic-stack-ca.p12"]);
    assert_eq!(folder.mode("elastic-stack-ca.p12"), 0o600);

    let store = folder.join("elastic-stack-ca.p12").to_string_lossy().into_owned();
    if let Some(lines) = java_judge("KeyStoreList", ["--pass", "secret", &store]) {
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert_eq!(lines[0][1..4], ["key", "ca", "CN=My CA,O=Ünï,DC=example,DC=com"]);
    }
    let arguments = ["pkcs12", "-in", "elastic-stack-ca.p12", "-passin", "pass:secret", "-nokeys"];
    let Some(pem) = openssl(&folder, &arguments) else { return };
    folder.write("ca.pem", pem);
    let text = openssl(&folder, &["x509", "-in", "ca.pem", "-noout", "-text"]).unwrap();
    for expected in ["CA:TRUE", "Certificate Sign, CRL Sign", "Public-Key: (2048 bit)"] {
        assert!(text.contains(expected), "{expected} is missing in {text}");
    }
    openssl(&folder, &["verify", "-x509_strict", "-CAfile", "ca.pem", "ca.pem"]);
}

#[test]
fn every_kind_of_key_signs_itself_in_openssl_s_eyes() {
    for (kind, expected) in [
        ("rsa-2048", "2048 bit"),
        ("rsa-3072", "3072 bit"),
        ("rsa-4096", "4096 bit"),
        ("ec-p256", "prime256v1"),
        ("ec-p384", "secp384r1"),
    ] {
        let folder = Folder::new();
        run(&folder, &["ca", "--pem", "--key-type", kind, "--days", "10"]).succeeds();
        assert_eq!(folder.entries(), ["ca/", "ca/ca.crt", "ca/ca.key"]);
        assert_eq!(folder.mode("ca/ca.key"), 0o600);
        let arguments = ["verify", "-x509_strict", "-CAfile", "ca/ca.crt", "ca/ca.crt"];
        if openssl(&folder, &arguments).is_none() {
            return;
        }
        let key = openssl(&folder, &["pkey", "-in", "ca/ca.key", "-noout", "-text"]).unwrap();
        assert!(key.contains(expected), "{kind}: {key}");
        let own = openssl(&folder, &["pkey", "-in", "ca/ca.key", "-pubout"]).unwrap();
        let certified = ["x509", "-in", "ca/ca.crt", "-noout", "-pubkey"];
        assert_eq!(openssl(&folder, &certified).unwrap(), own, "{kind}");
    }
}

#[test]
fn a_pem_authority_comes_as_archive_too_and_its_key_encrypted() {
    let folder = Folder::new();
    run(&folder, &["ca", "--pem", "--out", "ca.zip", "--key-type", "ec-p256"]).succeeds();
    assert_eq!(folder.mode("ca.zip"), 0o600);
    assert!(folder.read("ca.zip").starts_with(b"PK\x03\x04"));

    run(&folder, &["ca", "--pem", "--out", "locked", "--pass", "secret", "--key-type", "ec-p256"])
        .succeeds();
    let key = folder.read_text("locked/ca.key");
    assert!(key.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"), "{key}");
    openssl(&folder, &["pkey", "-in", "locked/ca.key", "-passin", "pass:secret", "-noout"]);
}

#[test]
fn wrong_requests_are_refused_and_nothing_is_written() {
    #[track_caller]
    fn check(arguments: &[&str], expected: &str) {
        let folder = Folder::new();
        let ended = run(&folder, &[&["ca"], arguments].concat()).exits_with(2);
        assert!(ended.messages().contains(expected), "{}", ended.messages());
        assert_eq!(folder.entries(), Vec::<String>::new());
    }

    check(&["--dn", "not a name"], "is not a distinguished name");
    check(&["--dn", "X=1"], "`X` is not an attribute type");
    check(&["--days", "0"], "`0` is not a number of days from 1 up");
    check(&["--days", "-3"], "`-3` is not a number of days from 1 up");
    check(&["--key-type", "rsa-512"], "unknown key type `rsa-512`");
    check(&["--pass", "pässword"], "PKCS#12 passwords must be plain ASCII");
    check(&["--out", "ca.zip"], "a .zip is written with --pem only");
    check(&["--pass-file", "missing"], "missing: no such file or directory");
    check(&["--pass-env", "CROSSTRUST_NO_SUCH"], "no such environment variable");
}
