//! `crosstrust inspect`.

use crosstrust_testkit::{Folder, rows, tool};
use serde_json::{Value, json};

use crate::{fixture, openssl, run};

fn inspect(path: &str, password: &str) -> Value {
    let folder = Folder::new();
    let password = if password.is_empty() { &[][..] } else { &["--pass", password] };
    let arguments = [&["inspect", "--format", "json", path], password].concat();
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

    let refused = "it is not a trust store: Java finds no trusted certificate entry in it";
    check("p12/openssl/ca.p12", "no-trusted-certificate", refused);
    check("p12/openssl/certificates-only.p12", "nothing-for-java", "Java lists no entry of it");
    check("ca/ed25519.p12", "unusable-key", "Elasticsearch cannot use its ed25519 key");
    check("pem/chain-disordered.crt", "out-of-order", "its certificates are out of order");
    let weak = "it is encrypted with pbeWithSHAAnd128BitRC2-CBC, which is weak";
    check("p12/openssl/rc2-128.p12", "legacy-encryption", weak);
    check("p12/openssl/camellia-256.p12", "java-cannot-open", "Java does not open it");

    let folder = Folder::new();
    let ended =
        run(&folder, &["inspect", "--pass", "changeit", &fixture("p12/keytool/node-with-ca.p12")]);
    assert_eq!(ended.succeeds().messages(), "");
    let warnings = &inspect(&fixture("pem/chain.crt"), "")["sources"][0]["warnings"];
    assert_eq!(*warnings, json!([]));
}

/// Subject, key and names are those that OpenSSL shows of the same file.
#[test]
fn a_request_is_described_like_a_certificate() {
    let path = fixture("pem/node.csr");
    let document = inspect(&path, "");
    let entry = &document["sources"][0]["entries"][0];
    assert_eq!(
        (entry["kind"].as_str(), entry["subject"].as_str()),
        (Some("request"), Some("CN=node1"))
    );
    assert_eq!(entry["key_type"], "rsa-2048");
    assert_eq!(entry["signed_with_own_key"], true);
    let name = "node1.node.1234567abcd.cluster.myscope.account";
    let all = [
        "DNS:node1.example.com".to_owned(),
        "IP:192.0.2.1".to_owned(),
        format!("otherName:2.5.4.3={name}"),
    ];
    let names = json!({"dns": ["node1.example.com"], "ip": ["192.0.2.1"], "other_name_cn": [name], "all": all});
    assert_eq!(entry["san"], names);

    let folder = Folder::new();
    let shown = run(&folder, &["inspect", &path]).succeeds();
    for expected in [
        "    subject       CN=node1\n",
        "    key           rsa-2048\n",
        "    signature     sha256WithRSAEncryption\n",
        &format!("    name          otherName:2.5.4.3={name}\n"),
    ] {
        assert!(shown.text().contains(expected), "{expected} is missing in {}", shown.text());
    }
    run(&folder, &["csr", "--name", "bare", "--key-type", "ec-p256"]).succeeds();
    let bare = run(&folder, &["inspect", "requests/bare/bare.csr"]).succeeds();
    assert!(bare.text().contains("no subject alternative name"), "{}", bare.text());
}

/// A request of which one character was changed; OpenSSL says that its signature fails, too.
#[test]
fn a_request_that_is_not_signed_with_its_own_key_is_told() {
    let folder = Folder::new();
    let Some(_) = openssl(
        &folder,
        &["req", "-in", &fixture("pem/node.csr"), "-outform", "DER", "-out", "forged.der"],
    ) else {
        return;
    };
    let mut der = folder.read("forged.der");
    let at = der.windows(5).position(|window| window == b"node1").unwrap();
    der[at] = b'm';
    folder.write("forged.der", &der);
    let verify = ["req", "-inform", "DER", "-in", "forged.der", "-noout", "-verify"];
    let judged = tool("openssl").unwrap().with(verify).folder(folder.path()).run();
    assert!(judged.messages().contains("verify failure"), "{}", judged.messages());
    let shown = run(&folder, &["inspect", "forged.der"]).succeeds();
    assert!(shown.text().contains("not made with its own key"), "{}", shown.text());
    let path = folder.join("forged.der").to_string_lossy().into_owned();
    assert_eq!(inspect(&path, "")["sources"][0]["entries"][0]["signed_with_own_key"], false);

    folder.write(
        "broken.csr",
        "-----BEGIN CERTIFICATE REQUEST-----\nMAA=\n-----END CERTIFICATE REQUEST-----\n",
    );
    let ended = run(&folder, &["inspect", "broken.csr"]).exits_with(2);
    assert!(ended.messages().contains("broken.csr: "), "{}", ended.messages());
}

#[test]
fn a_key_without_a_certificate_has_its_type() {
    for (path, expected) in [("pem/node.key", "rsa-2048"), ("pem/ca-ec.key", "ec-p256")] {
        let document = inspect(&fixture(path), "");
        let entry = &document["sources"][0]["entries"][0];
        assert_eq!(
            (entry["kind"].as_str(), entry["key_type"].as_str()),
            (Some("key"), Some(expected))
        );
    }
}

/// Without a password a key is only locked; with a wrong one it is a failure, as for a key store.
#[test]
fn a_locked_key_asks_for_a_password_and_a_wrong_one_is_a_failure() {
    let folder = Folder::new();
    for name in ["rsa-pbes2-aes-256-cbc.key", "rsa-pbes2-aes-256-cbc.der", "ec-dek-info-aes256.key"]
    {
        let path = fixture(&format!("pem/keys/{name}"));
        let shown = run(&folder, &["inspect", &path]).succeeds();
        assert!(
            shown.text().contains("key (locked: give its password with --pass)"),
            "{}",
            shown.text()
        );
        let ended = run(&folder, &["inspect", &path, "--pass", "bad"]).exits_with(2);
        assert!(ended.messages().contains("wrong password"), "{}", ended.messages());
        assert!(ended.messages().contains("check what --pass gives"), "{}", ended.messages());
        assert_eq!(ended.text(), "");
        let opened = run(&folder, &["inspect", &path, "--pass", "changeit"]).succeeds();
        assert!(!opened.text().contains("locked"), "{}", opened.text());
    }
}

/// At a terminal, a wrong answer is told as what it is, not as a missing option.
#[test]
fn a_wrong_password_that_is_typed_is_told_as_wrong() {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_crosstrust"));
    command.args(["inspect", &fixture("p12/keytool/ca.p12")]);
    let mut session = rexpect::session::spawn_command(command, Some(60_000)).unwrap();
    for _ in 0..3 {
        session.exp_string("Password of ").unwrap();
        session.exp_string("ca.p12: ").unwrap();
        session.send_line("bad").unwrap();
    }
    let told = session.exp_eof().unwrap();
    assert!(told.contains("ca.p12: wrong password\r\n"), "{told}");
    assert!(told.contains("what was typed does not open it"), "{told}");
}

/// Strings of every type are shown as OpenSSL shows them, and what is no string in hexadecimal.
#[test]
fn other_names_of_other_types_are_spelled_out() {
    let folder = Folder::new();
    folder.write("req.cnf", OTHER_NAMES);
    let make = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc"];
    let rest = ["-keyout", "o.key", "-out", "o.crt", "-config", "req.cnf"];
    if openssl(&folder, &[&make[..], &rest].concat()).is_none() {
        return;
    }
    let text = openssl(&folder, &["x509", "-in", "o.crt", "-noout", "-text"]).unwrap();
    let ours = run(&folder, &["inspect", "o.crt"]).succeeds();
    for (theirs, expected) in [
        ("othername: UPN::u@x", "otherName:1.3.6.1.4.1.311.20.2.3=u@x\n"),
        ("othername: 1.2.3.1::five", "otherName:1.2.3.1=five\n"),
        // OpenSSL leaves this one out; it is a VisibleString all the same.
        ("othername: 1.2.3.2:", "otherName:1.2.3.2=six\n"),
        // The DER of INTEGER 7 (X.690, section 8.3).
        ("othername: 1.2.3.3:", "otherName:1.2.3.3=#020107\n"),
    ] {
        assert!(text.contains(theirs), "{theirs} is missing in {text}");
        assert!(ours.text().contains(expected), "{expected} is missing in {}", ours.text());
    }
}

/// The days that are left are counted from `--at`, with or without `--expires-within`.
#[test]
fn days_are_counted_from_the_time_that_is_given() {
    let folder = Folder::new();
    let path = fixture("pem/node-named.crt");
    let document = inspect(&path, "");
    let end = document["sources"][0]["entries"][0]["not_after"].as_str().unwrap().to_owned();
    assert!(document["sources"][0]["entries"][0]["days_left"].is_null(), "{document}");
    let at = ["inspect", &path, "--at", &end];
    let shown = run(&folder, &at).succeeds();
    assert!(shown.text().contains(&format!("to {end}, days left: 0\n")), "{}", shown.text());
    let line = [&at[..], &["--expires-within", "30", "--format", "json"]].concat();
    let document: Value = serde_json::from_str(run(&folder, &line).exits_with(1).text()).unwrap();
    assert_eq!(document["sources"][0]["entries"][0]["days_left"], 0);
    assert_eq!(document["expiring"][0]["days_left"], 0);
}

const OTHER_NAMES: &str = "\
[req]
distinguished_name = dn
x509_extensions = extensions
prompt = no
[dn]
CN = odd
[extensions]
subjectAltName = otherName:msUPN;UTF8:u@x,otherName:1.2.3.1;IA5:five,otherName:1.2.3.2;VISIBLE:six,otherName:1.2.3.3;INTEGER:7
";

#[test]
fn a_file_in_which_nothing_is_found_is_an_error() {
    let folder = Folder::new();
    let pem = String::from_utf8(crosstrust_testkit::fixture("pem/ca.crt")).unwrap();
    let json = format!("{{\"certificate\": \"{}\"}}", pem.replace('\n', "\\n"));
    folder.write("vault.json", json);
    let ended = run(&folder, &["inspect", "--expires-within", "30", "vault.json"]).exits_with(2);
    let told = ended.messages();
    assert!(told.contains("vault.json: holds nothing that can be read"), "{told}");
    assert!(told.contains("jq"), "{told}");
    let secret = "apiVersion: v1\nkind: Secret\ndata:\n  tls.crt: LS0tLS1CRUdJTiBDRVJU\n";
    folder.write("secret.yml", secret);
    let told = run(&folder, &["inspect", "secret.yml"]).exits_with(2).messages();
    assert!(told.contains("a Secret of Kubernetes") && told.contains("jsonpath"), "{told}");
}

/// What a certificate is wrapped in is told, with what takes it out.
#[test]
fn what_a_certificate_is_wrapped_in_is_told() {
    let folder = Folder::new();
    let pem = std::fs::read_to_string(fixture("cluster/ca.crt")).unwrap();
    let escaped = pem.replace('\n', "\\n");
    for (text, told) in [
        ("LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUI=\n".to_owned(), "base64 -d"),
        (pem.lines().nth(1).unwrap().to_owned(), "base64 -d"),
        ("apiVersion: v1\nkind: Config\nclusters: []\n".to_owned(), "kubectl config view"),
        (escaped, "its line breaks are written as"),
        (format!("\"{pem}\""), "must stand at the start of a line"),
    ] {
        folder.write("ca.txt", &text);
        let ended = run(&folder, &["inspect", "ca.txt"]).exits_with(2);
        assert!(ended.messages().contains(told), "{text}: {}", ended.messages());
    }
}

#[test]
fn a_folder_is_what_is_in_it() {
    let folder = Folder::new();
    for name in ["node.crt", "node-ec.crt"] {
        folder
            .write(&format!("certs/a/{name}"), crosstrust_testkit::fixture(&format!("pem/{name}")));
    }
    folder.write("certs/readme.txt", "no certificate");
    let by_glob = run(&folder, &["inspect", "certs/**/*.crt"]).succeeds();
    assert_eq!(run(&folder, &["inspect", "certs"]).succeeds().text(), by_glob.text());
    folder.write("empty/readme.txt", "no certificate");
    let ended = run(&folder, &["inspect", "empty"]).exits_with(2);
    assert!(
        ended.messages().contains("holds no certificate and no key store"),
        "{}",
        ended.messages()
    );
}

/// As `openssl x509 -fingerprint -sha256` has them, without colons and in small letters: what Elasticsearch's
/// `ca_trusted_fingerprint` takes.
#[test]
fn fingerprints_alone_are_printed() {
    let folder = Folder::new();
    let ca = "0e9e3b74f25b88583fdbb9367244984e985cec13e08898ddd2a2622da3384343\n";
    let ended = run(&folder, &["inspect", "--fingerprint", &fixture("cluster/ca.crt")]).succeeds();
    assert_eq!((ended.text(), ended.messages().as_str()), (ca, ""));
    let store = fixture("cluster/nodes/self-managed-1.p12");
    let arguments = ["inspect", "--fingerprint", &store, "--pass", "changeit"];
    let ended = run(&folder, &arguments).succeeds();
    assert!(ended.text().ends_with(ca) && ended.text().lines().count() == 2, "{}", ended.text());
    assert!(ended.messages().contains("0e9e3b74f25b88583fdbb9367244984e985cec13e08898ddd2a2622da3384343 is the CA `CN=Cluster CA`"), "{}", ended.messages());
    if let Some(text) = openssl(
        &folder,
        &["x509", "-in", &fixture("cluster/ca.crt"), "-noout", "-fingerprint", "-sha256"],
    ) {
        let digest = text.trim().rsplit('=').next().unwrap().replace(':', "").to_lowercase();
        assert_eq!(digest, ca.trim());
    }
    let key = fixture("cluster/nodes/self-managed-1.key");
    let ended = run(&folder, &["inspect", "--fingerprint", &key]).exits_with(2);
    assert!(ended.messages().contains("holds no certificate"), "{}", ended.messages());
    run(&folder, &["inspect", "--fingerprint", "--format", "json", &key]).exits_with(2);
}
