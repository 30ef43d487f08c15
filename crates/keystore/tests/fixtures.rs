//! Every fixture shows the certificates, keys and entries that other implementations see in it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::fmt::Write;

use aws_lc_rs::digest;
use crosstrust_keystore::Entry;
use crosstrust_keystore::Error;
use crosstrust_keystore::Password;
use crosstrust_keystore::StoredKey;
use crosstrust_keystore::concerns;
use crosstrust_keystore::concerns::Concern;
use crosstrust_keystore::open::Contents;
use crosstrust_keystore::open::open;
use crosstrust_testkit::fixture;
use crosstrust_x509::Certificate;
use crosstrust_x509::KeyKind;

/// The rows of a table, each a list of its fields.
fn table(path: &str) -> Vec<Vec<String>> {
    let text = String::from_utf8(fixture(path)).unwrap();
    let rows = text.lines().map(|line| line.split('\t').map(str::to_owned).collect::<Vec<_>>());
    rows.collect()
}

fn open_fixture(path: &str, password: &str) -> Result<Contents, Error> {
    open(&fixture(path), &[Password::new(password)])
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, octet| {
        write!(text, "{octet:02x}").unwrap();
        text
    })
}

/// Runs a check on each row and reports all failures at once.
fn check_rows(
    rows: &[Vec<String>],
    at_least: usize,
    check: impl Fn(&[String]) -> Result<(), String>,
) {
    let failures = rows
        .iter()
        .filter_map(|row| check(row).err().map(|problem| format!("{}: {problem}", row[0])))
        .collect::<Vec<_>>();
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
    assert!(rows.len() >= at_least, "only {} rows", rows.len());
}

#[test]
fn every_file_holds_the_certificates_that_openssl_and_keytool_see() {
    let rows = table("expected.tsv");
    check_rows(&rows[1..], 200, |row| {
        let [path, password, expected] = row else { return Err("not three fields".to_owned()) };
        let contents = match open_fixture(path, password) {
            Ok(contents) => contents,
            // Nothing but a secret key, of which OpenSSL shows as little.
            Err(Error::UnsupportedFeature { .. }) if expected.is_empty() => return Ok(()),
            Err(error) => return Err(error.to_string()),
        };
        let mut seen =
            contents.certificates().iter().map(|one| one.fingerprint_sha256()).collect::<Vec<_>>();
        let mut expected = expected
            .split(',')
            .filter(|one| !one.is_empty())
            .map(str::to_owned)
            .collect::<Vec<_>>();
        // Chains come leaf first here, and each certificate comes once.
        seen.sort();
        expected.sort();
        expected.dedup();
        if seen == expected { Ok(()) } else { Err(format!("{seen:?} instead of {expected:?}")) }
    });
}

#[test]
fn every_key_has_the_public_part_that_openssl_computes() {
    let rows = table("keys.tsv");
    check_rows(&rows[1..], 80, |row| {
        let [path, password, expected] = row else { return Err("not three fields".to_owned()) };
        let contents = open_fixture(path, password).map_err(|error| error.to_string())?;
        let Some(entry) = contents.keys().next() else { return Err("no key".to_owned()) };
        let key = match &entry.key {
            StoredKey::Open(key) => key,
            StoredKey::Locked(error) => return Err(format!("locked: {error}")),
        };
        // The public part of a DSA key is not computed.
        if matches!(key.kind(), KeyKind::Dsa { .. }) {
            return Ok(());
        }
        let Some(public) = key.public_key_der() else {
            return Err(format!("no public part of {}", key.kind()));
        };
        let seen = hexadecimal(digest::digest(&digest::SHA256, public).as_ref());
        if seen == *expected { Ok(()) } else { Err(format!("{} is {seen}", key.kind())) }
    });
}

#[test]
fn every_key_store_shows_the_entries_that_java_lists() {
    let rows = table("java.tsv");
    let expected = table("expected.tsv");
    let mut files = rows.iter().map(|row| row[0].clone()).collect::<Vec<_>>();
    files.dedup();
    let files = files.into_iter().map(|file| vec![file]).collect::<Vec<_>>();
    check_rows(&files, 50, |file| {
        let path = &file[0];
        let password = expected.iter().find(|row| row[0] == *path).map_or("", |row| &row[1]);
        let contents = open_fixture(path, password).map_err(|error| error.to_string())?;
        let mut seen = contents.entries.iter().filter_map(java_line).collect::<Vec<_>>();
        let java = rows.iter().filter(|row| row[0] == *path);
        if java.clone().any(|row| row[1] == "error") {
            return Ok(());
        }
        // Secret keys are not listed here, and a store may hold nothing that Java sees.
        let java = java.filter(|row| row[1] == "key" || row[1] == "trusted");
        let java = java.map(|row| format!("{} {} {}", row[1], row[2], row[4]));
        let mut java = java.collect::<Vec<_>>();
        seen.sort();
        java.sort();
        if seen == java { Ok(()) } else { Err(format!("{seen:#?} instead of {java:#?}")) }
    });
}

/// Java's verdict on each key store, and what is said of it here. Passwords that are not ASCII are
/// Java 17's own trouble, and no concern of the file's.
#[test]
fn what_java_cannot_open_or_does_not_see_is_told() {
    let rows = table("java.tsv");
    let expected = table("expected.tsv");
    let mut files = rows.iter().map(|row| vec![row[0].clone()]).collect::<Vec<_>>();
    files.dedup();
    let java = |path: &str, kind: &str| rows.iter().any(|row| row[0] == path && row[1] == kind);
    check_rows(&files, 50, |file| {
        let path = &file[0];
        let password = expected.iter().find(|row| row[0] == *path).map_or("", |row| &row[1]);
        if !password.is_ascii() {
            return Ok(());
        }
        let contents = open_fixture(path, password).map_err(|error| error.to_string())?;
        let codes = concerns::of(&contents).iter().map(Concern::code).collect::<Vec<_>>();
        for (code, expected) in [
            ("java-cannot-open", java(path, "error")),
            ("nothing-for-java", java(path, "empty")),
            (
                "no-trusted-certificate",
                !java(path, "trusted") && !java(path, "error") && !java(path, "empty"),
            ),
        ] {
            if codes.contains(&code) != expected {
                return Err(format!("`{code}` in {codes:?}"));
            }
        }
        Ok(())
    });
    let told = rows.iter().filter(|row| row[1] == "error" || row[1] == "empty").count();
    assert!(told > 10, "only {told} key stores that Java does not open or see into");
}

/// An entry as the table has it: kind, alias, fingerprints of the chain.
fn java_line(entry: &Entry) -> Option<String> {
    let alias = entry.java_alias()?;
    let kind = match entry {
        Entry::Key(_) => "key",
        _ => "trusted",
    };
    let chain = entry.certificates().iter().map(Certificate::fingerprint_sha256);
    Some(format!("{kind} {alias} {}", chain.collect::<Vec<_>>().join(",")))
}

/// Keytool wrote the key of `ca.jceks` for its certificate, whose public key it then has.
#[test]
fn the_key_of_a_jceks_store_opens_with_its_password_alone() {
    let contents = open_fixture("p12/keytool/ca.jceks", "changeit").unwrap();
    let key = contents.keys().next().unwrap();
    let StoredKey::Open(open) = &key.key else { panic!("locked") };
    assert!(open.belongs_to(&key.chain[0]));
    assert!(matches!(
        open_fixture("p12/keytool/ca.jceks", "wrong"),
        Err(Error::WrongPassword | Error::PasswordRequired { .. })
    ));
}
