//! What a node presents, and whom it trusts, as every command reads it that is given such files: with
//! `--config` and without.

use crosstrust_keystore::PrivateKey;
use crosstrust_testkit::{Folder, tool};
use crosstrust_x509::Certificate;
use serde_json::Value;

use crate::{openssl, run};

const AT: &str = "2026-06-01T00:00:00Z";

fn bytes(files: &[&str]) -> Vec<u8> {
    files.iter().flat_map(|file| crosstrust_testkit::fixture(file)).collect()
}

/// The reason of the verdict on the one node, by command: nothing where it is accepted.
fn reasons(certificates: &[u8], key: &[u8]) -> [String; 5] {
    let folder = Folder::new();
    folder.write("nodes/node.crt", certificates);
    folder.write("nodes/node.key", key);
    folder.write("ca.crt", bytes(&["cluster/ca.crt"]));
    let settings = "xpack.security.transport.ssl:\n  enabled: true\n  certificate: nodes/node.crt\n  \
        key: nodes/node.key\n  certificate_authorities: ca.crt\n  verification_mode: certificate\n";
    folder.write("elasticsearch.yml", settings);
    let node = ["nodes/node.crt", "--key", "nodes/node.key", "--trust", "ca.crt"];
    let clusters = ["east=nodes,ca=ca.crt", "east=nodes/node.crt,ca=ca.crt,key=nodes/node.key"];
    [
        errors(&folder, &[&["preflight", "node"], &node[..]].concat()),
        errors(&folder, &["preflight", "node", "--config", "elasticsearch.yml"]),
        errors(&folder, &["preflight", "matrix", "--cluster", clusters[0]]),
        errors(&folder, &["preflight", "matrix", "--cluster", clusters[1]]),
        errors(&folder, &["report", "--out", "r", clusters[0]]),
    ]
}

/// The messages of all errors.
fn errors(folder: &Folder, arguments: &[&str]) -> String {
    let ended = run(folder, &[arguments, &["--at", AT, "--format", "json"]].concat());
    assert!(matches!(ended.status, Some(0 | 1)), "{}", ended.messages());
    let document: Value = serde_json::from_str(ended.text()).unwrap();
    let findings = document["findings"].as_array().unwrap().iter();
    let errors = findings.filter(|finding| finding["severity"] == "error");
    let messages: Vec<&str> = errors.map(|error| error["message"].as_str().unwrap()).collect();
    let accepted = ended.status == Some(0);
    assert_eq!(accepted, messages.is_empty(), "{arguments:?}: {document:#}");
    messages.join("; ")
}

/// A key of a kind whose public half is not in its file is compared, too.
#[test]
fn a_key_of_another_kind_fails_handshakes() {
    let certificate = bytes(&["cluster/nodes/cloud-1.crt"]);
    for reason in reasons(&certificate, &bytes(&["pem/keys/dsa-pkcs8.key"])) {
        assert!(reason.contains("does not belong to the certificate"), "{reason}");
    }
    let Some(openssl) = tool("openssl") else { return };
    let folder = Folder::new();
    let make = |words: &[&str]| openssl.with(words).folder(folder.path()).run().succeeds();
    make(&["genpkey", "-algorithm", "ed448", "-out", "own.key"]);
    make(&[
        "req", "-x509", "-key", "own.key", "-subj", "/CN=n", "-outform", "DER", "-out", "n.crt",
    ]);
    make(&["pkcs8", "-topk8", "-nocrypt", "-in", "own.key", "-outform", "DER", "-out", "own.der"]);
    make(&["genpkey", "-algorithm", "ed448", "-outform", "DER", "-out", "other.der"]);
    let certificate = Certificate::from_der(&folder.read("n.crt")).unwrap();
    let key = |name: &str| PrivateKey::from_pkcs8_der(&folder.read(name)).unwrap();
    assert!(key("own.der").belongs_to(&certificate));
    assert!(!key("other.der").belongs_to(&certificate));
}

/// Java makes the chain of a key in PKCS#12 of what is in the file, but for an issuer whose key identifier
/// is another than the certificate names.
#[test]
fn a_key_store_presents_the_chain_that_java_makes() {
    let (Some(openssl), Some(keytool)) = (tool("openssl"), tool("keytool")) else { return };
    let folder = Folder::new();
    folder.write("ca.crt", bytes(&["cluster/ca.crt"]));
    let path = |name: &str| crosstrust_testkit::fixture_path(name).to_str().unwrap().to_owned();
    for (ca, length) in [("cluster/ca.crt", 2), ("cluster/same-name-ca.crt", 1)] {
        let [key, certificate] =
            ["key", "crt"].map(|suffix| path(&format!("cluster/nodes/self-managed-1.{suffix}")));
        let words = ["pkcs12", "-export", "-passout", "pass:changeit", "-out", "n.p12"];
        let rest = ["-inkey", &key, "-in", &certificate, "-certfile", &path(ca)];
        openssl.with(words).args(rest).folder(folder.path()).run().succeeds();
        let list = ["-list", "-v", "-keystore", "n.p12", "-storepass", "changeit"];
        let listed = keytool.with(list).folder(folder.path()).run().succeeds();
        let expected = format!("Certificate chain length: {length}");
        assert!(listed.text().contains(&expected), "{}", listed.text());
        let node = ["preflight", "node", "n.p12", "--pass", "changeit", "--trust", "ca.crt"];
        assert_eq!(errors(&folder, &node), "", "{ca}");
    }
}

/// "Certificate chain is not valid", say Elasticsearch 8.19 and 9.5, and do not start.
#[test]
fn certificates_that_are_no_chain_are_refused_by_every_command() {
    #[track_caller]
    fn check(certificates: &[&str], expected: &str) {
        let key = bytes(&["cluster/nodes/cloud-1.key"]);
        for reason in reasons(&bytes(certificates), &key) {
            assert!(reason.contains(expected), "{certificates:?}: {reason}");
            assert_eq!(reason.is_empty(), expected.is_empty(), "{certificates:?}: {reason}");
        }
    }

    let (own, ca, other) = ("cluster/nodes/cloud-1.crt", "cluster/ca.crt", "cluster/other-ca.crt");
    check(&[own], "");
    check(&[own, ca], "");
    check(&[own, own], "follows it in the certificate file");
    check(&[own, ca, ca], "is twice in the certificate file");
    check(&[own, ca, other], "follows it in the certificate file");
}

/// Elasticsearch starts with a key that is not the certificate's; the other side cannot verify
/// its signature.
#[test]
fn a_key_of_another_certificate_fails_handshakes() {
    let certificate = bytes(&["cluster/nodes/cloud-2.crt"]);
    let key = bytes(&["cluster/nodes/cloud-1.key"]);
    for reason in reasons(&certificate, &key) {
        assert!(reason.contains("does not belong to the certificate"), "{reason}");
        assert!(!reason.contains("does not start"), "{reason}");
    }
}

/// What `java.security.cert.CertificateFactory` and Elasticsearch's `PemUtils` refuse, which
/// `fixtures/node-files.tsv` records.
#[test]
fn files_that_java_does_not_read_are_refused_without_settings() {
    #[track_caller]
    fn check(certificates: &[u8], key: &[u8], expected: &str) {
        for reason in reasons(certificates, key) {
            assert!(reason.contains(expected), "{expected}: {reason}");
        }
    }

    let certificate = bytes(&["cluster/nodes/cloud-1.crt"]);
    let key = bytes(&["cluster/nodes/cloud-1.key"]);
    let both = [certificate.clone(), key.clone()].concat();
    check(&both, &key, "every block is read as a certificate");
    check(&certificate, &both, "its first PEM block is `CERTIFICATE`");
    let marked = [b"\xef\xbb\xbf".to_vec(), key.clone()].concat();
    check(&certificate, &marked, "byte order mark");
    let text = String::from_utf8(certificate).unwrap();
    let indented: String = text.lines().map(|line| format!("  {line}\n")).collect();
    check(indented.as_bytes(), &key, "indented");
}

/// Encrypted as no JVM from 17 to 25 decrypts it, by the same table.
#[test]
fn a_key_that_java_does_not_open_refuses_its_node_wherever_it_lies() {
    let folder = Folder::new();
    let certificate = bytes(&["cluster/nodes/cloud-1.crt"]);
    let key = folder.write("plain.key", bytes(&["cluster/nodes/cloud-1.key"]));
    let Some(openssl) = tool("openssl") else { return };
    let encrypted = folder.path().join("encrypted.key");
    let arguments = ["pkcs8", "-topk8", "-v2", "aes-192-cbc", "-passout", "pass:changeit", "-in"];
    let openssl = openssl.with(arguments).arg(key).arg("-out").arg(&encrypted);
    openssl.run().succeeds();
    let key = std::fs::read(encrypted).unwrap();
    archive(&folder.path().join("nodes.zip"), &[("n/n.crt", &certificate), ("n/n.key", &key)]);
    folder.write("nodes/n.crt", certificate);
    folder.write("nodes/n.key", key);
    folder.write("ca.crt", bytes(&["cluster/ca.crt"]));
    for command in [
        &["preflight", "matrix", "--cluster", "a=nodes,ca=ca.crt"][..],
        &["preflight", "matrix", "--cluster", "a=nodes.zip,ca=ca.crt"],
        &["preflight", "node", "nodes.zip", "--trust", "ca.crt"],
    ] {
        let reason = errors(&folder, command);
        assert!(reason.contains("AES-192-CBC"), "{command:?}: {reason}");
    }
    let plan = ["rotate", "plan", "--old", "ca.crt", "--new", "ca.crt", "--out", "plan", "nodes"];
    assert!(errors(&folder, &plan).contains("AES-192-CBC"));
}

#[test]
fn a_chain_that_is_none_is_told_before_a_roll_over() {
    let folder = Folder::new();
    let files = ["cluster/nodes/cloud-1.crt", "cluster/ca.crt", "cluster/other-ca.crt"];
    folder.write("ca.crt", bytes(&["cluster/ca.crt"]));
    let plan = ["rotate", "plan", "--old", "ca.crt", "--new", "ca.crt", "--force", "--out", "plan"];
    let plan = [&plan[..], &["nodes/n.crt"]].concat();
    folder.write("nodes/n.crt", bytes(&files[..2]));
    assert!(!errors(&folder, &plan).contains("in the certificate file"));
    folder.write("nodes/n.crt", bytes(&files));
    let told = errors(&folder, &plan);
    assert!(told.contains("follows it in the certificate file"), "{told}");
}

fn archive(path: &std::path::Path, files: &[(&str, &[u8])]) {
    let mut zip = zip::ZipWriter::new(std::fs::File::create(path).unwrap());
    for (name, bytes) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut zip, bytes).unwrap();
    }
    zip.finish().unwrap();
}

/// A JVM finds no key entry in such a store, and Elasticsearch does not start with it.
#[test]
fn a_store_without_a_private_key_is_no_node() {
    let folder = Folder::new();
    folder.write("trust.p12", bytes(&["p12/keytool/truststore.p12"]));
    folder.write("ca.crt", bytes(&["cluster/ca.crt"]));
    let node = ["preflight", "node", "trust.p12", "--trust", "ca.crt", "--pass", "changeit"];
    assert!(errors(&folder, &node).contains("no private key entry"));
}

#[test]
fn a_list_that_java_does_not_open_refuses_everybody() {
    let folder = Folder::new();
    let write = |name: &str, files: &[&str]| folder.write(name, bytes(files));
    write("node.crt", &["cluster/nodes/cloud-1.crt"]);
    write("ca.p12", &["cluster/ca.p12"]);
    write("ca.crt", &["cluster/ca.crt"]);
    write("with-key.pem", &["cluster/ca.crt", "cluster/ca.key"]);
    let check = |list: &str, expected: &str| {
        let trust = ["--trust", list, "--trust-pass", "changeit"];
        let node = errors(&folder, &[&["preflight", "node", "node.crt"], &trust[..]].concat());
        let cluster = format!("east=node.crt,ca={list}");
        let matrix = ["preflight", "matrix", "--cluster", &cluster, "--pass", "changeit"];
        for reason in [node, errors(&folder, &matrix)] {
            assert!(reason.contains(expected), "{list}: {reason}");
            assert_eq!(reason.is_empty(), expected.is_empty(), "{list}: {reason}");
        }
        let identity = [&["preflight", "identity", "--pattern", ".*", "node.crt"], &trust[..]];
        let reason = errors(&folder, &identity.concat());
        assert!(reason.contains(expected), "{list}: {reason}");
    };
    check("ca.crt", "");
    check("ca.p12", "no trusted certificate entry");
    check("with-key.pem", "private key");
}

/// What a CA of the public web issued may be asked for, since Java's own CAs are trusted then: which these are
/// hangs on the JDK. A CA of its name stands for it here.
#[test]
fn without_a_ca_setting_the_certificate_of_a_public_ca_may_be_asked_for() {
    let folder = Folder::new();
    let name = "/C=US/O=Internet Security Research Group/CN=ISRG Root X1";
    let days = ["-nodes", "-days", "900"];
    let ca = [
        "req", "-x509", "-newkey", "rsa:2048", "-subj", name, "-keyout", "ca.key", "-out", "ca.crt",
    ];
    let node = [
        "req", "-x509", "-newkey", "rsa:2048", "-subj", "/CN=n1", "-keyout", "node.key", "-out",
        "node.crt",
    ];
    let issued = ["-CA", "ca.crt", "-CAkey", "ca.key", "-addext", "basicConstraints=CA:FALSE"];
    let Some(_) = openssl(&folder, &[&ca[..], &days].concat()) else { return };
    openssl(&folder, &[&node[..], &days, &issued].concat());
    let settings = "xpack.security.transport.ssl:\n  enabled: true\n  certificate: node.crt\n  key: node.key\n  \
        verification_mode: certificate\n";
    let verdict = |settings: &str| {
        folder.write("elasticsearch.yml", settings);
        let arguments = ["preflight", "node", "--config", "elasticsearch.yml", "--format", "json"];
        let document: Value = serde_json::from_str(run(&folder, &arguments).text()).unwrap();
        document["nodes"][0]["client_verdict"].as_str().unwrap().to_owned()
    };
    assert_eq!(verdict(settings), "not_judged");
    let listed = format!("{settings}  certificate_authorities: node.crt\n");
    assert_eq!(verdict(&listed), "refused");
}

/// Asked of Elasticsearch 8.19 and 9.5: they trust the JDK's own CAs then, and each certificate of the file
/// `certificate`, and ask nodes that connect for certificates of these.
#[test]
fn without_a_ca_setting_the_certificate_file_is_trusted() {
    let folder = Folder::new();
    folder.write("node.crt", bytes(&["cluster/nodes/self-managed-1.crt"]));
    folder.write("node.key", bytes(&["cluster/nodes/self-managed-1.key"]));
    let settings = "xpack.security.transport.ssl:\n  enabled: true\n  certificate: node.crt\n  key: node.key\n  \
        verification_mode: certificate\n";
    folder.write("elasticsearch.yml", settings);
    let arguments = ["preflight", "node", "--config", "elasticsearch.yml", "--at", AT];
    let ended = run(&folder, &[&arguments[..], &["--format", "json"]].concat());
    let document: Value = serde_json::from_str(ended.text()).unwrap();
    let roles = ["as_client", "as_server"].map(|role| document["nodes"][0][role].as_bool());
    assert_eq!(roles, [Some(false), Some(true)], "{document:#}");
    let findings = document["findings"].as_array().unwrap();
    for code in ["PF046", "PF120"] {
        assert!(findings.iter().any(|finding| finding["code"] == code), "{document:#}");
    }
}
