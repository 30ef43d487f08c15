//! `crosstrust ca --ca …`: authorities below an authority.

use crosstrust_testkit::{Folder, java_judge};

use crate::{fixture, openssl, run};

/// B04 of elasticsearch-certutil's tests: a root, an authority below it and a leaf with special
/// characters, valid until 2099 at least, judged with only the root trusted.
#[test]
fn a_chain_of_three_is_trusted_by_openssl_and_java_with_only_the_root() {
    let folder = Folder::new();
    let ec = ["--key-type", "ec-p256", "--days", "26700"];
    let ca = |rest: &[&str]| run(&folder, &[&["ca", "--pem"], rest, &ec].concat()).succeeds();
    ca(&["--dn", "DC=example.com", "--out", "root", "--path-len", "1"]);
    let signer = ["--ca-cert", "root/ca.crt", "--ca-key", "root/ca.key", "--path-len", "0"];
    ca(&[&signer[..], &["--dn", "DC=Sub CA,DC=example.com", "--out", "sub"]].concat());
    folder.write("i.yml", "instances:\n  - name: 'CN=TLS Client\\+Server,DC=Sub CA,DC=example.com'\n    filename: leaf\n    dns: leaf.example\n");
    let issue = ["cert", "--ca-cert", "sub/ca.crt", "--ca-key", "sub/ca.key", "--in", "i.yml"];
    run(&folder, &[&issue[..], &["--pem"], &ec].concat()).succeeds();

    let root = folder.read_text("root/ca.crt");
    assert_eq!(folder.read_text("certificates/ca.crt"), root);
    assert!(folder.read_text("sub/ca.crt").ends_with(&root));
    let leaf = "certificates/leaf/leaf.crt";
    assert_eq!(folder.read_text(leaf).matches("BEGIN CERTIFICATE").count(), 2);

    let path = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let arguments = ["--trust".to_owned(), path("root/ca.crt"), "--chain".to_owned(), path(leaf)];
    if let Some(lines) = java_judge("Pkix", arguments) {
        assert!(lines.len() == 2 && lines.iter().all(|line| line[2] == "ok"), "{lines:?}");
    }
    let verify = ["verify", "-x509_strict", "-CAfile", "root/ca.crt", "-untrusted", leaf, leaf];
    if openssl(&folder, &verify).is_none() {
        return;
    }
    let shown = |path: &str, what: &[&str]| {
        openssl(&folder, &[&["x509", "-in", path, "-noout"], what].concat()).unwrap()
    };
    let same = |child: (&str, &str), parent: (&str, &str)| {
        let value = |text: String| text.split_once('=').unwrap().1.trim().to_owned();
        let child = value(shown(child.0, &[child.1, "-nameopt", "RFC2253"]));
        assert_eq!(child, value(shown(parent.0, &[parent.1, "-nameopt", "RFC2253"])));
    };
    same((leaf, "-issuer"), ("sub/ca.crt", "-subject"));
    same(("sub/ca.crt", "-issuer"), ("root/ca.crt", "-subject"));
    assert!(shown("sub/ca.crt", &["-text"]).contains("CA:TRUE, pathlen:0"));
    assert!(shown("root/ca.crt", &["-text"]).contains("CA:TRUE, pathlen:1"));
    let key_id = |path: &str, extension: &str| {
        shown(path, &["-ext", extension]).lines().last().unwrap().trim().to_owned()
    };
    let authority = key_id("sub/ca.crt", "authorityKeyIdentifier");
    assert_eq!(authority, key_id("root/ca.crt", "subjectKeyIdentifier"));
    // `notAfter=Dec 31 23:59:59 2099 GMT`
    let end = shown(leaf, &["-enddate"]);
    let year: u16 = end.split(' ').rev().nth(1).unwrap().parse().unwrap();
    assert!(year >= 2099, "{end}");
}

#[test]
fn a_key_store_of_an_authority_below_another_brings_the_chain() {
    let folder = Folder::new();
    let ec = ["--key-type", "ec-p256", "--pass", "x"];
    run(&folder, &[&["ca", "--dn", "CN=Root", "--out", "root.p12"], &ec[..]].concat()).succeeds();
    let below = ["ca", "--ca", "root.p12", "--ca-pass", "x", "--dn", "CN=Sub", "--out", "sub.p12"];
    run(&folder, &[&below[..], &ec].concat()).succeeds();
    let issue = ["cert", "--ca", "sub.p12", "--ca-pass", "x", "--name", "n", "--out", "n.p12"];
    run(&folder, &[&issue[..], &ec].concat()).succeeds();
    let path = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let arguments = ["--pass".to_owned(), "x".to_owned(), path("sub.p12"), path("n.p12")];
    let Some(lines) = java_judge("KeyStoreList", arguments) else { return };
    let listed: Vec<_> = lines.iter().map(|line| line[1..4].join(" ")).collect();
    let expected =
        ["key ca CN=Sub | CN=Root", "trusted ca CN=Root", "key n CN=n | CN=Sub | CN=Root"];
    assert_eq!(listed, expected);
}

#[test]
fn an_authority_without_room_below_it_makes_none() {
    #[track_caller]
    fn check(arguments: &[&str], expected: &str) {
        let folder = Folder::new();
        let rest = ["--dn", "CN=Sub", "--pass", "", "--key-type", "ec-p256", "--out", "sub.p12"];
        let ended = run(&folder, &[&["ca"], arguments, &rest].concat()).exits_with(2);
        assert!(ended.messages().contains(expected), "{}", ended.messages());
        assert_eq!(folder.entries(), Vec::<String>::new());
    }

    let store = fixture("ca/path-length-0.p12");
    check(&["--ca", &store, "--ca-pass", "changeit"], "allows 0 CAs below it");
    check(&["--ca-cert", &store], "--ca-key");
    let [leaf, key] = [fixture("pem/node.crt"), fixture("pem/node.key")];
    check(&["--ca-cert", &leaf, "--ca-key", &key], "is not a CA");
}

/// What lies beside the CA in its file and is not above it, as after `rotate plan`, is nobody's to trust.
#[test]
fn only_what_is_above_the_ca_is_its_chain() {
    let folder = Folder::new();
    for name in ["a", "b"] {
        let dn = format!("CN={name}");
        run(&folder, &["ca", "--pem", "--dn", &dn, "--key-type", "ec-p256", "--out", name])
            .succeeds();
    }
    let both = [folder.read("a/ca.crt"), folder.read("b/ca.crt")].concat();
    folder.write("both.pem", both);
    let cert = ["cert", "--ca-cert", "both.pem", "--ca-key", "a/ca.key", "--name", "n", "--pem"];
    let ended = run(&folder, &[&cert[..], &["--out", "o"]].concat()).succeeds();
    assert!(
        ended.messages().contains("not above the CA `CN=a`, and left out: `CN=b`"),
        "{}",
        ended.messages()
    );
    assert_eq!(folder.read("o/ca.crt"), folder.read("a/ca.crt"));
    assert_eq!(folder.read_text("o/n/n.crt").matches("BEGIN").count(), 1);
    let Some(openssl) = crosstrust_testkit::tool("openssl") else { return };
    let files = ["o/ca.crt", "o/n/n.crt"].map(|file| folder.join(file).display().to_string());
    openssl.with(["verify", "-CAfile", &files[0], &files[1]]).run().succeeds();
}
