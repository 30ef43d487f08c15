//! `crosstrust inspect`.

use crosstrust_testkit::{Folder, rows, tool};
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

/// The lines of `keytool -list`, in our words and in its own.
#[test]
fn people_get_what_java_lists() {
    #[track_caller]
    fn check(path: &str, expected: &[&str]) {
        let folder = Folder::new();
        let store = fixture(path);
        let ended = run(&folder, &["inspect", "--pass", "changeit", &store]).succeeds();
        let prefix = "    Java          ";
        let shown = ended.text().lines().filter_map(|line| line.strip_prefix(prefix));
        let mut shown: Vec<&str> = shown.collect();
        shown.sort_unstable();
        assert_eq!(shown, expected, "{path}");
        let Some(keytool) = tool("keytool") else { return };
        let line = ["-list", "-keystore", &store, "-storepass", "changeit"];
        let listed = keytool.with(line).run();
        let listed = listed.text().lines().filter_map(|line| {
            let parts: Vec<&str> = line.split([',', ' ']).collect();
            match parts.iter().find(|part| part.ends_with("Entry"))? {
                &"SecretKeyEntry" => Some("SecretKeyEntry".to_owned()),
                kind => Some(format!("{kind} `{}`", parts[0])),
            }
        });
        let mut listed: Vec<String> = listed.collect();
        shown.retain(|line| *line != "not listed");
        listed.sort();
        assert_eq!(shown, listed, "{path}");
    }

    check("p12/keytool/node-with-ca.p12", &["PrivateKeyEntry `node1`", "trustedCertEntry `ca`"]);
    check("p12/keytool/truststore.p12", &["trustedCertEntry `ca`", "trustedCertEntry `other`"]);
    check("p12/keytool/secret-key-and-ca.p12", &["PrivateKeyEntry `ca`", "SecretKeyEntry"]);
    check("p12/openssl/certificates-only.p12", &["not listed"; 3]);
    check("p12/openssl/no-friendly-name.p12", &["PrivateKeyEntry `1`"]);
    check("p12/keytool/ca.jks", &["PrivateKeyEntry `ca`"]);
}

/// What Elasticsearch would refuse is told on standard error, and is a key of the JSON document.
#[test]
fn what_elasticsearch_would_refuse_is_warned_of() {
    #[track_caller]
    fn check(path: &str, code: &str, message: &str) {
        let folder = Folder::new();
        let path = fixture(path);
        let ended = run(&folder, &["inspect", "--pass", "changeit", &path]).succeeds();
        let expected = format!("crosstrust: warning: {path}: {message}");
        assert!(ended.messages().contains(&expected), "{}", ended.messages());
        let document = inspect(&path, "changeit");
        let warnings = document["sources"][0]["warnings"].as_array().unwrap();
        let warning = warnings.iter().find(|warning| warning["code"] == code);
        let text = warning.unwrap()["message"].as_str().unwrap();
        assert!(text.starts_with(message), "{text}");
    }

    let refused = "it is no trust store: Java finds no trusted certificate entry in it";
    check("p12/openssl/ca.p12", "no-trusted-certificate", refused);
    check("p12/openssl/certificates-only.p12", "nothing-for-java", "Java lists no entry of it");
    check("ca/ed25519.p12", "unusable-key", "Elasticsearch cannot use its ed25519 key");
    check("pem/chain-disordered.crt", "out-of-order", "its certificates are out of order");
    let weak = "it is encrypted with pbeWithSHAAnd128BitRC2-CBC, which is weak";
    check("p12/openssl/rc2-128.p12", "legacy-encryption", weak);
    check("p12/openssl/camellia-256.p12", "java-cannot-open", "Java 17 to 25 cannot open it");

    let folder = Folder::new();
    let ended =
        run(&folder, &["inspect", "--pass", "changeit", &fixture("p12/keytool/node-with-ca.p12")]);
    assert_eq!(ended.succeeds().messages(), "");
    let warnings = &inspect(&fixture("pem/chain.crt"), "")["sources"][0]["warnings"];
    assert_eq!(*warnings, json!([]));
}
