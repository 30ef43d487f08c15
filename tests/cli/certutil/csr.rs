//! `certutil csr`.

use crosstrust_testkit::Folder;

use super::{INSTANCES, answered, certutil, names, unpack};
use crate::openssl;

/// A08, A09, A10 and A11.
#[test]
fn an_archive_holds_a_request_and_a_key_for_each_instance() {
    let folder = Folder::new();
    folder.write("input.yml", INSTANCES);
    certutil(&folder, &["csr", "-s", "-in", "input.yml", "-out", "c.zip"]).succeeds();
    assert_eq!(folder.mode("c.zip"), 0o600);
    let expected = ["node1", "node2", "node3", "different file"]
        .map(|name| {
            [format!("{name}/"), format!("{name}/{name}.csr"), format!("{name}/{name}.key")]
        })
        .concat();
    assert_eq!(names(&folder, "c.zip"), expected);
    unpack(&folder, "c.zip");
    for (file, subject, san) in [
        ("node1", "CN = node1", Some("IP Address:127.0.0.1, DNS:localhost")),
        (
            "node2",
            "CN = node2",
            Some("IP Address:0:0:0:0:0:0:0:1, othername: commonName::node2.elasticsearch"),
        ),
        ("node3", "CN = node3", None),
        ("different file", "CN = different value", Some("DNS:node4.mydomain.com")),
    ] {
        let path = format!("c/{file}/{file}.csr");
        let request = folder.read_text(&path);
        assert!(request.starts_with("-----BEGIN CERTIFICATE REQUEST-----\n"), "{request}");
        let arguments = ["req", "-in", &path, "-noout", "-verify", "-text"];
        let Some(text) = openssl(&folder, &arguments) else { return };
        assert!(text.contains(&format!("Subject: {subject}\n")), "{text}");
        assert!(text.contains("Public-Key: (2048 bit)"), "{text}");
        assert_eq!(text.matches("X509v3 ").count(), usize::from(san.is_some()), "{text}");
        let names = san.unwrap_or("Attributes:\n            (none)\n");
        assert!(text.contains(names), "{text}");
        let key = folder.read_text(&format!("c/{file}/{file}.key"));
        assert!(key.starts_with("-----BEGIN RSA PRIVATE KEY-----\nMII"), "{key}");
    }
}

/// A10: the subject is the instance's, whatever the size of the key; OpenSSL checks the signature.
#[test]
fn requests_have_keys_of_any_size() {
    for bits in ["512", "1024", "1536", "2048"] {
        let folder = Folder::new();
        let name = "CN=node 1,OU=es,DC=example,DC=com";
        let line = ["csr", "-s", "--keysize", bits, "--name", name, "--out", "c.zip"];
        certutil(&folder, &line).succeeds();
        unpack(&folder, "c.zip");
        let path = format!("c/{name}/{name}.csr");
        let arguments = ["req", "-in", &path, "-noout", "-verify", "-text", "-nameopt", "RFC2253"];
        let Some(text) = openssl(&folder, &arguments) else { return };
        assert!(text.contains(&format!("Subject: {name}\n")), "{text}");
        assert!(text.contains(&format!("Public-Key: ({bits} bit)")), "{text}");
    }
}

/// A12.
#[test]
fn keys_are_encrypted_with_the_password_given_or_typed() {
    let folder = Folder::new();
    certutil(&folder, &["csr", "-s", "--pass", "x", "--out", "given.zip"]).succeeds();
    let line = ["csr", "-s", "--pass", "--name", "n", "--out", "typed.zip"];
    let ended = answered(&folder, &line, "y\n").succeeds();
    assert_eq!(ended.messages(), "Enter password for n/n.key : ");
    certutil(&folder, &["csr", "-s", "--pass", "", "--out", "empty.zip"]).succeeds();
    for archive in ["given.zip", "typed.zip", "empty.zip"] {
        unpack(&folder, archive);
    }
    for (key, password) in [("given/instance/instance.key", "x"), ("typed/n/n.key", "y")] {
        assert!(folder.read_text(key).contains("\nDEK-Info: AES-128-CBC,"));
        let password = format!("pass:{password}");
        openssl(&folder, &["rsa", "-in", key, "-passin", &password, "-noout"]);
    }
    assert!(!folder.read_text("empty/instance/instance.key").contains("DEK-Info"));
}

/// A13.
#[test]
fn repeated_names_are_all_in_the_request() {
    let folder = Folder::new();
    let names = ["--dns=a.example", "--dns=b.example,c.example", "--ip=10.0.0.1", "--ip=::1"];
    let line = [&["csr", "-s", "--out", "c.zip", "--cn", "x"], &names[..]].concat();
    certutil(&folder, &line).succeeds();
    unpack(&folder, "c.zip");
    let arguments = ["req", "-in", "c/instance/instance.csr", "-noout", "-text"];
    let Some(text) = openssl(&folder, &arguments) else { return };
    let expected = "IP Address:10.0.0.1, IP Address:0:0:0:0:0:0:0:1, DNS:a.example, DNS:b.example, DNS:c.example, othername: commonName::x";
    assert!(text.contains(expected), "{text}");
}

/// The order of prompts: the output before the instances; its default name.
#[test]
fn the_output_is_asked_for_before_the_instances() {
    let folder = Folder::new();
    let ended = answered(&folder, &["csr", "-s", "--multiple"], "\nn\n\n\n\nn\n").succeeds();
    let messages = ended.messages();
    let prompt = "Please enter the desired output file [csr-bundle.zip]: Enter instance name: ";
    assert!(messages.starts_with(prompt), "{messages}");
    assert_eq!(names(&folder, "csr-bundle.zip"), ["n/", "n/n.csr", "n/n.key"]);
}
