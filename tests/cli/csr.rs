//! `crosstrust csr`.

use crosstrust_testkit::Folder;

use crate::{INSTANCES, openssl, run};

#[test]
fn a_request_asks_for_the_names_of_its_instance_and_openssl_verifies_it() {
    let folder = Folder::new();
    folder.write("instances.yml", INSTANCES);
    run(&folder, &["csr", "--in", "instances.yml", "--key-type", "ec-p256"]).succeeds();
    let expected = [
        "instances.yml",
        "requests/",
        "requests/node1/",
        "requests/node1/node1.csr",
        "requests/node1/node1.key",
        "requests/node2/",
        "requests/node2/node2.csr",
        "requests/node2/node2.key",
    ];
    assert_eq!(folder.entries(), expected);
    assert_eq!(folder.mode("requests/node1/node1.key"), 0o600);
    let request = "requests/node1/node1.csr";
    let shown = ["req", "-in", request, "-noout", "-verify", "-text"];
    let Some(text) = openssl(&folder, &shown) else { return };
    for expected in [
        "Subject: CN = node1\n",
        "IP Address:192.0.2.1, DNS:node1.example.com, othername: commonName::node1.node.1234567abcd.cluster.myscope.account",
    ] {
        assert!(text.contains(expected), "{expected} is missing in {text}");
    }
    assert_eq!(text.matches("X509v3 ").count(), 1, "{text}");
    let key = openssl(&folder, &["pkey", "-in", "requests/node1/node1.key", "-pubout"]);
    assert_eq!(key, openssl(&folder, &["req", "-in", request, "-noout", "-pubkey"]));
}

/// Names that one attribute a type cannot hold, multi-valued parts, and the types of strings.
#[test]
fn the_subject_is_encoded_as_java_encodes_it() {
    #[track_caller]
    fn check(name: &str, expected: &[&str]) {
        let folder = Folder::new();
        let instance = format!("instances:\n  - name: '{name}'\n    filename: n\n");
        folder.write("i.yml", instance);
        run(&folder, &["csr", "--in", "i.yml", "--key-type", "ec-p256"]).succeeds();
        let arguments = ["asn1parse", "-in", "requests/n/n.csr"];
        let Some(dump) = openssl(&folder, &arguments) else { return };
        let strings: Vec<&str> = dump
            .lines()
            .filter(|line| line.contains("STRING") && !line.contains("BIT STRING"))
            .map(|line| line.split("prim: ").nth(1).unwrap())
            .collect();
        let strings: Vec<String> = strings
            .iter()
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(strings, expected, "{dump}");
    }

    check("node1", &["PRINTABLESTRING :node1"]);
    check(
        "CN=n,DC=example,DC=com",
        &["IA5STRING :com", "IA5STRING :example", "PRINTABLESTRING :n"],
    );
    check("CN=n,OU=a,OU=b", &["PRINTABLESTRING :b", "PRINTABLESTRING :a", "PRINTABLESTRING :n"]);
    check("CN=node_1+OU=x", &["PRINTABLESTRING :x", "UTF8STRING :node_1"]);
}

/// RFC 2986, section 4.1: the attributes are there, and may be empty.
#[test]
fn a_request_without_names_has_an_empty_set_of_attributes() {
    let folder = Folder::new();
    run(&folder, &["csr", "--name", "node1", "--key-type", "ec-p384"]).succeeds();
    let arguments = ["asn1parse", "-in", "requests/node1/node1.csr"];
    let Some(dump) = openssl(&folder, &arguments) else { return };
    assert!(dump.contains("d=2  hl=2 l=   0 cons: cont [ 0 ]"), "{dump}");
    assert!(!dump.contains("Extension Request"), "{dump}");
}

#[test]
fn keys_are_encrypted_with_the_password_given() {
    let folder = Folder::new();
    let arguments = ["csr", "--name", "node1", "--pass", "secret", "--out", "r.zip"];
    run(&folder, &[&arguments[..], &["--key-type", "ec-p256"]].concat()).succeeds();
    assert_eq!(folder.mode("r.zip"), 0o600);
    run(&folder, &["csr", "--name", "node1", "--pass", "secret", "--key-type", "ec-p256"])
        .succeeds();
    let key = "requests/node1/node1.key";
    assert!(folder.read_text(key).starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"));
    openssl(&folder, &["pkey", "-in", key, "-passin", "pass:secret", "-noout"]);
}

#[test]
fn what_cannot_be_done_is_refused_and_leaves_nothing() {
    let folder = Folder::new();
    let ended = run(&folder, &["csr", "--name", "n", "--out", "n.p12"]).exits_with(2);
    assert!(ended.messages().contains("not into a key store"), "{}", ended.messages());
    run(&folder, &["csr", "--name", "n", "--in", "i.yml"]).exits_with(2);
    run(&folder, &["csr"]).exits_with(2);
    assert_eq!(folder.entries(), Vec::<String>::new());
    folder.write("requests/n/n.key", "mine");
    let ended = run(&folder, &["csr", "--name", "n"]).exits_with(2);
    assert!(ended.messages().contains("requests/n/n.key: already exists"), "{}", ended.messages());
    assert_eq!(folder.read_text("requests/n/n.key"), "mine");
}

#[test]
fn json_says_what_was_written() {
    let folder = Folder::new();
    let csr = ["csr", "--name", "n", "--key-type", "ec-p256", "--format", "json"];
    let document: serde_json::Value =
        serde_json::from_str(run(&folder, &csr).succeeds().text()).unwrap();
    assert_eq!(
        (&document["changed"], &document["files"][0]["changed"]),
        (&true.into(), &true.into())
    );
    assert_eq!(document["files"][0]["path"], "requests/n/n.csr");
}

/// The request for a key that is there has the public half of it, and the key is not written again.
#[test]
fn a_request_is_made_for_the_key_of_a_file() {
    let folder = Folder::new();
    let ec = ["--key-type", "ec-p256", "--pass", "x"];
    run(&folder, &[&["csr", "--name", "first"][..], &ec].concat()).succeeds();
    let key = "requests/first/first.key";
    let line = ["csr", "--key", key, "--pass", "x", "--name", "second", "--dns", "n.example"];
    run(&folder, &line).succeeds();
    assert!(!folder.join("requests/second/second.key").exists());
    let wrong = ["csr", "--key", key, "--pass", "y", "--name", "third"];
    assert!(run(&folder, &wrong).exits_with(2).messages().contains("wrong password"));
    assert!(!folder.join("requests/third").exists());
    let public = |name: &str| {
        let path = format!("requests/{name}/{name}.csr");
        openssl(&folder, &["req", "-in", &path, "-noout", "-verify", "-pubkey"])
    };
    assert_eq!(public("first"), public("second"));
}
