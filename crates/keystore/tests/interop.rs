//! What we write is read by OpenSSL and by Java, which must see what we meant.
//!
//! The tests look for the programs and say on standard error when they pass one over; with
//! `CROSSTRUST_INTEROP=required` in the environment, a program that is missing is a failure.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]
#![allow(clippy::disallowed_methods, reason = "tests write files for other programs")]
#![allow(clippy::print_stderr, reason = "a test that is passed over says so")]

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::process::Stdio;

use crosstrust_keystore::KeyType;
use crosstrust_keystore::Password;
use crosstrust_keystore::PrivateKey;
use crosstrust_keystore::SignatureScheme;
use crosstrust_keystore::open::open;
use crosstrust_keystore::pem;
use crosstrust_keystore::pkcs12::Profile;
use crosstrust_keystore::pkcs12::Writer;
use crosstrust_x509::Certificate;

/// 14 November 2023, noon, so that it is the same day wherever the test runs.
const NOON: i64 = 1_699_963_200_000;

fn fixture(path: &str) -> Vec<u8> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fixtures");
    fs::read(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn certificates(path: &str) -> Vec<Certificate> {
    let contents = open(&fixture(path), &[]).unwrap_or_else(|error| panic!("{path}: {error}"));
    contents.certificates().into_iter().cloned().collect()
}

fn key(path: &str) -> PrivateKey {
    PrivateKey::from_pem(&fixture(path), &[]).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Whether a program is there; a missing one fails the test when interoperation is required.
fn has(program: &str, argument: &str) -> bool {
    let mut command = Command::new(program);
    command.arg(argument).stdout(Stdio::null()).stderr(Stdio::null());
    if command.status().is_ok() {
        return true;
    }
    let required = env::var("CROSSTRUST_INTEROP").is_ok_and(|value| value == "required");
    assert!(!required, "`{program}` is required and not there");
    eprintln!("passed over: `{program}` is not there");
    false
}

/// Standard output of a program that must succeed.
#[track_caller]
fn run(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output().unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {arguments:?}: {error}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A file in a folder of its own, which goes with the value.
struct File {
    _folder: tempfile::TempDir,
    path: String,
}

fn file(bytes: &[u8]) -> File {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    fs::write(&path, bytes).unwrap();
    File { path: path.to_str().unwrap().to_owned(), _folder: folder }
}

fn node_store(profile: Profile, password: &str) -> File {
    let chain = certificates("pem/chain.crt");
    let writer = Writer::new(profile)
        .key("Node1", &key("pem/node.key"), &chain)
        .trusted("CA", chain.last().unwrap());
    file(&writer.write(&Password::new(password), NOON).unwrap())
}

#[test]
fn openssl_opens_our_key_stores_without_its_legacy_provider() {
    if !has("openssl", "version") {
        return;
    }
    for profile in [Profile::Modern, Profile::LegacyDes] {
        for password in ["changeit", "", "pässwörd€ \u{1f511}"] {
            let store = node_store(profile, password);
            let pass = format!("pass:{password}");
            let arguments = ["pkcs12", "-in", &store.path, "-passin", &pass, "-noenc"];
            let text = run("openssl", &arguments);
            let seen = open(text.as_bytes(), &[]).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(seen.certificates().len(), 3);
            let keys = seen.keys().filter_map(|entry| entry.key.open()).collect::<Vec<_>>();
            assert_eq!(keys.len(), 1);
            assert_eq!(keys[0].public_key_der(), key("pem/node.key").public_key_der());
        }
    }
}

#[test]
fn java_lists_our_key_stores_as_its_own() {
    if !has("keytool", "-help") {
        return;
    }
    for profile in [Profile::Modern, Profile::LegacyDes] {
        let password = "changeit";
        let store = node_store(profile, password);
        let text = run(
            "keytool",
            &[
                "-J-Duser.language=en",
                "-list",
                "-v",
                "-keystore",
                &store.path,
                "-storepass",
                password,
            ],
        );
        for expected in [
            "Your keystore contains 2 entries",
            "Alias name: node1",
            "Entry type: PrivateKeyEntry",
            "Certificate chain length: 3",
            "Alias name: ca",
            "Entry type: trustedCertEntry",
            "Creation date: Nov 14, 2023",
        ] {
            assert!(text.contains(expected), "{expected} is not in\n{text}");
        }
    }
}

#[test]
fn java_opens_our_key_stores_with_an_empty_password() {
    if !has("java", "-version") {
        return;
    }
    let judge = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/judges");
    let judge = judge.join("KeyStoreList.java").to_str().unwrap().to_owned();
    let store = node_store(Profile::Modern, "");
    let text = run("java", &[&judge, "--pass", "", &store.path]);
    let lines = text.lines().map(|line| line.split('\t').collect::<Vec<_>>()).collect::<Vec<_>>();
    let entries = lines.iter().map(|line| (line[1], line[2])).collect::<Vec<_>>();
    assert_eq!(entries, [("trusted", "ca"), ("key", "node1")]);
}

#[test]
fn java_takes_the_key_out_of_our_key_store() {
    if !has("keytool", "-help") {
        return;
    }
    let store = node_store(Profile::Modern, "changeit");
    let target = file(b"");
    fs::remove_file(&target.path).unwrap();
    run(
        "keytool",
        &[
            "-importkeystore",
            "-noprompt",
            "-srckeystore",
            &store.path,
            "-srcstorepass",
            "changeit",
            "-destkeystore",
            &target.path,
            "-deststorepass",
            "another",
            "-deststoretype",
            "PKCS12",
        ],
    );
    let copy = open(&fs::read(&target.path).unwrap(), &[Password::new("another")]);
    let copy = copy.unwrap_or_else(|error| panic!("{error}"));
    let keys = copy.keys().filter_map(|entry| entry.key.open()).collect::<Vec<_>>();
    assert_eq!(keys[0].to_pkcs8_der().as_bytes(), key("pem/node.key").to_pkcs8_der().as_bytes());
}

#[test]
fn openssl_reads_every_form_of_our_keys() {
    if !has("openssl", "version") {
        return;
    }
    let password = Password::new("pässword");
    for key_type in KeyType::ALL.into_iter().filter(|key_type| *key_type != KeyType::Rsa4096) {
        let key = PrivateKey::generate(key_type).unwrap_or_else(|error| panic!("{error}"));
        let public = pem::write("PUBLIC KEY", key.public_key_der().unwrap());
        for form in [
            Ok(key.to_pkcs8_pem()),
            key.to_traditional_pem(),
            key.to_encrypted_pkcs8_pem(&password),
            key.to_dek_info_pem(&password),
        ] {
            let form = file(form.unwrap_or_else(|error| panic!("{error}")).as_bytes());
            let arguments = ["pkey", "-in", &form.path, "-passin", "pass:pässword", "-pubout"];
            assert_eq!(run("openssl", &arguments), public, "{key_type}");
            run("openssl", &["pkey", "-in", &form.path, "-passin", "pass:pässword", "-check"]);
        }
    }
}

#[test]
fn openssl_verifies_our_signatures() {
    if !has("openssl", "version") {
        return;
    }
    for path in ["rsa-pkcs8.key", "ec-pkcs8.key", "ec-p384-pkcs8.key", "ec-p521-pkcs8.key"] {
        let key = key(&format!("pem/keys/{path}"));
        let digest = match key.signature_scheme() {
            Ok(SignatureScheme::EcdsaSha384) => "-sha384",
            Ok(SignatureScheme::EcdsaSha512) => "-sha512",
            _ => "-sha256",
        };
        let public = file(pem::write("PUBLIC KEY", key.public_key_der().unwrap()).as_bytes());
        let message = file(b"message");
        let signature = file(&key.sign(b"message").unwrap());
        run(
            "openssl",
            &[
                "dgst",
                digest,
                "-verify",
                &public.path,
                "-signature",
                &signature.path,
                &message.path,
            ],
        );
    }
}
