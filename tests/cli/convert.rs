//! `crosstrust convert`.

use crosstrust_testkit::{Folder, fixture_text, java_judge};

use crate::{fixture, openssl, run};

#[test]
fn a_key_store_becomes_pem_files_and_comes_back() {
    let folder = Folder::new();
    let store = fixture("p12/openssl/node-with-chain.p12");
    run(&folder, &["convert", &store, "--in-pass", "changeit", "--out", "pem"]).succeeds();
    let entries = folder.entries();
    let name = entries.iter().find_map(|path| path.strip_suffix(".key")).unwrap().to_owned();
    assert_eq!(entries.len(), 4, "{entries:?}");
    assert_eq!(folder.mode(&format!("{name}.key")), 0o600);
    let (certificate, key) = (format!("{name}.crt"), format!("{name}.key"));
    assert_eq!(folder.read_text("pem/ca.crt"), fixture_text("pem/ca.crt"));
    let chain = fixture_text("pem/node.crt") + &fixture_text("pem/intermediate.crt");
    assert_eq!(folder.read_text(&certificate), chain);

    let sources = ["convert", &certificate, &key, "pem/ca.crt"];
    run(&folder, &[&sources[..], &["--out", "back.p12", "--pass", "secret"]].concat()).succeeds();
    assert_eq!(folder.mode("back.p12"), 0o600);
    let back = folder.join("back.p12").to_string_lossy().into_owned();
    if let Some(lines) = java_judge("KeyStoreList", ["--pass", "secret", &back]) {
        let kinds: Vec<_> = lines.iter().map(|line| line[1].as_str()).collect();
        assert!(kinds.contains(&"key") && kinds.contains(&"trusted"), "{lines:?}");
        let key = lines.iter().find(|line| line[1] == "key").unwrap();
        assert_eq!(key[3], "CN=node1 | CN=Fixture Intermediate CA | CN=Fixture CA");
    }
    let unpack = ["pkcs12", "-in", "back.p12", "-passin", "pass:secret", "-noenc", "-nocerts"];
    let Some(unpacked) = openssl(&folder, &unpack) else { return };
    folder.write("back.key", unpacked);
    let public = |path: &str| openssl(&folder, &["pkey", "-in", path, "-pubout"]).unwrap();
    assert_eq!(public("back.key"), public(&key));
}

#[test]
fn old_readers_get_a_key_store_of_their_own() {
    let folder = Folder::new();
    let pem = [fixture("pem/node.crt"), fixture("pem/node.key")];
    let rest = ["--out", "old.p12", "--pass", "x", "--p12-profile", "legacy-des"];
    run(&folder, &[&["convert", &pem[0], &pem[1]], &rest[..]].concat()).succeeds();
    let info = ["pkcs12", "-in", "old.p12", "-passin", "pass:x", "-noenc", "-nokeys"];
    openssl(&folder, &info);
}

#[test]
fn a_trust_store_holds_the_authorities_alone() {
    let folder = Folder::new();
    let store = fixture("p12/openssl/node-with-chain.p12");
    let arguments = ["convert", &store, "--in-pass", "changeit", "--trust-only"];
    run(&folder, &[&arguments[..], &["--out", "trust.p12", "--pass", "x"]].concat()).succeeds();
    let path = folder.join("trust.p12").to_string_lossy().into_owned();
    let Some(lines) = java_judge("KeyStoreList", ["--pass", "x", &path]) else { return };
    let listed: Vec<_> = lines.iter().map(|line| (line[1].as_str(), line[3].as_str())).collect();
    assert_eq!(listed, [("trusted", "CN=Fixture CA")]);
}

#[test]
fn keys_come_in_the_form_that_is_asked_for() {
    let folder = Folder::new();
    let cases = [
        ("pem/node.crt", "pem/node.key", "pkcs1", "RSA PRIVATE KEY"),
        ("pem/node-ec.crt", "pem/node-ec.key", "sec1", "EC PRIVATE KEY"),
        ("pem/node.crt", "pem/node.key", "pkcs8", "PRIVATE KEY"),
    ];
    for (certificate, key, format, label) in cases {
        let arguments = ["convert", &fixture(certificate), &fixture(key), "--to", "pem"];
        let rest = ["--key-format", format, "--out", format];
        run(&folder, &[&arguments[..], &rest].concat()).succeeds();
        let path = folder
            .entries()
            .into_iter()
            .find(|path| path.starts_with(format) && path.contains(".key"));
        let text = folder.read_text(&path.unwrap());
        assert!(text.starts_with(&format!("-----BEGIN {label}-----\n")), "{format}: {text}");
    }
    let arguments = ["convert", &fixture("pem/node.crt"), &fixture("pem/node.key"), "--to", "pem"];
    let rest = ["--key-format", "sec1", "--out", "none"];
    run(&folder, &[&arguments[..], &rest].concat()).exits_with(2);
}

#[test]
fn what_does_not_belong_together_is_refused() {
    #[track_caller]
    fn check(arguments: &[&str], expected: &str) {
        let folder = Folder::new();
        let ended = run(&folder, &[&["convert"], arguments].concat()).exits_with(2);
        assert!(ended.messages().contains(expected), "{}", ended.messages());
        assert_eq!(folder.entries(), Vec::<String>::new());
    }

    let (node, other_key) = (fixture("pem/node.crt"), fixture("pem/ca-ec.key"));
    check(&[&node, &other_key, "--out", "x.p12"], "no certificate belongs to the private key");
    check(&[&node, "--out", "x.p12"], "holds no private key or CA certificate to write");
    let locked = fixture("pem/keys/rsa-pbes2-aes-256-cbc.key");
    check(&[&node, &locked, "--out", "x.p12"], "--in-pass, --in-pass-file or --in-pass-env");
}
