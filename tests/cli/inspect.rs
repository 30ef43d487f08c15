//! `crosstrust inspect`.

use crosstrust_testkit::{Folder, rows};
use serde_json::{Value, json};

use crate::{fixture, run};

fn inspect(path: &str, password: &str) -> Value {
    let folder = Folder::new();
    let arguments = ["inspect", "--format", "json", "--pass", password, path];
    serde_json::from_str(run(&folder, &arguments).succeeds().text()).unwrap()
}

#[test]
fn a_certificate_is_described_with_the_promised_keys() {
    let document = inspect(&fixture("pem/node-named.crt"), "");
    let source = &document["sources"][0];
    assert_eq!(source["format"], "pem");
    let entry = &source["entries"][0];
    assert_eq!(entry["kind"], "certificate");
    assert_eq!(entry["subject"], "CN=node1");
    assert_eq!(entry["issuer"], "CN=Fixture CA");
    assert_eq!(entry["key_type"], "ec-p256");
    assert_eq!(entry["is_ca"], false);
    assert_eq!(entry["not_before"], "2024-01-01T00:00:00Z");
    let names = json!(["node1.node.1234567abcd.cluster.myscope.account"]);
    assert_eq!(entry["san"]["other_name_cn"], names);
    assert_eq!(entry["chain"], json!([]));
}

/// Fingerprints as OpenSSL and keytool print them, for every fixture that holds certificates.
#[test]
fn every_fixture_has_the_fingerprints_that_openssl_shows() {
    let mut seen = 0;
    for row in rows("expected.tsv") {
        let [path, password, expected] = row.as_slice() else { panic!("{row:?}") };
        if path.contains(".jceks") {
            continue;
        }
        let document = inspect(&fixture(path), password);
        let mut found: Vec<String> = Vec::new();
        fingerprints(&document, &mut found);
        let mut expected: Vec<&str> = expected.split(',').filter(|text| !text.is_empty()).collect();
        found.sort();
        found.dedup();
        expected.sort_unstable();
        expected.dedup();
        assert_eq!(found, expected, "{path}");
        seen += 1;
    }
    assert!(seen > 100, "{seen}");
}

/// All values of `fingerprint_sha256`, at whatever depth.
fn fingerprints(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| fingerprints(item, found)),
        Value::Object(object) => {
            for (key, value) in object {
                match value.as_str() {
                    Some(text) if key == "fingerprint_sha256" => found.push(text.to_owned()),
                    _ => fingerprints(value, found),
                }
            }
        }
        _ => {}
    }
}

#[test]
fn a_key_store_shows_its_entries_and_its_encryption() {
    let document = inspect(&fixture("p12/keytool/ca.p12"), "changeit");
    let source = &document["sources"][0];
    assert_eq!(
        (source["format"].as_str(), source["entries"][0]["kind"].as_str()),
        (Some("pkcs12"), Some("key"))
    );
    let text = source["encryption"].to_string();
    for expected in ["PBES2", "HMAC-SHA-256", "AES-256-CBC", "10000 iterations"] {
        assert!(text.contains(expected), "{expected} is missing in {text}");
    }
}

#[test]
fn people_get_every_name_spelled_out() {
    let folder = Folder::new();
    let ended = run(&folder, &["inspect", &fixture("pem/node-named.crt")]).succeeds();
    let expected = "otherName:2.5.4.3=node1.node.1234567abcd.cluster.myscope.account";
    assert!(ended.text().contains(expected), "{}", ended.text());
    assert!(!ended.text().contains('\u{1b}'), "colours outside of a terminal");
    let coloured = run(&folder, &["--color", "always", "inspect", &fixture("pem/ca.crt")]);
    assert!(coloured.succeeds().text().contains('\u{1b}'));
}
