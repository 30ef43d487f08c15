//! `crosstrust convert`.

use crosstrust_testkit::{Folder, fixture_text, java_judge, python_with, tool};

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

/// From PKCS#12 to PEM and back, for every type of key: OpenSSL and the JVM see the same key and the
/// same certificate in both key stores.
#[test]
fn every_type_of_key_comes_back_as_it_was() {
    let Some(_) = tool("openssl") else { return };
    let folder = Folder::new();
    let mut stores = Vec::new();
    for (name, options) in KEY_TYPES {
        let path = |end: &str| format!("{name}{end}");
        let (key, certificate, store) = (path(".key"), path(".crt"), path(".p12"));
        if *name == "dsa-2048" {
            let parameters = ["genpkey", "-genparam", "-algorithm", "DSA", "-out", "parameters"];
            openssl(&folder, &parameters);
        }
        openssl(&folder, &[&["genpkey", "-out", &key], *options].concat());
        let subject = format!("/CN={name}");
        let request = ["req", "-x509", "-key", &key, "-subj", &subject, "-out", &certificate];
        openssl(&folder, &request);
        let export = ["pkcs12", "-export", "-in", &certificate, "-inkey", &key, "-name", name];
        openssl(&folder, &[&export[..], &["-passout", "pass:x", "-out", &store]].concat());

        let to_pem = ["convert", &store, "--in-pass", "x", "--out", &path("-pem")];
        run(&folder, &to_pem).succeeds();
        let [leaf, pem_key] = ["crt", "key"].map(|end| format!("{name}-pem/{name}.{end}"));
        let back = path("-back.p12");
        let to_store = ["convert", &leaf, &pem_key, "--pass", "x", "--out", &back];
        let messages = run(&folder, &to_store).succeeds().messages();
        let is_unchecked = messages.contains("is not checked");
        assert_eq!(is_unchecked, *name == "dsa-2048", "{messages}");

        let public = |path: &str| {
            let arguments = ["pkcs12", "-in", path, "-passin", "pass:x", "-noenc", "-nocerts"];
            folder.write("taken.key", openssl(&folder, &arguments).unwrap());
            openssl(&folder, &["pkey", "-in", "taken.key", "-pubout"]).unwrap()
        };
        assert_eq!(public(&store), public(&back), "{name}");
        assert_eq!(public(&back), openssl(&folder, &["pkey", "-in", &key, "-pubout"]).unwrap());
        stores.extend([store, back].map(|store| folder.join(&store).display().to_string()));
    }
    let arguments = ["--pass".to_owned(), "x".to_owned()].into_iter().chain(stores.clone());
    let Some(lines) = java_judge("KeyStoreList", arguments) else { return };
    for pair in stores.chunks(2) {
        let seen = |store: &str| {
            let of_key = |line: &&Vec<String>| line[0] == store && line[1] != "trusted";
            lines.iter().filter(of_key).map(|line| line[1..].to_vec()).collect::<Vec<_>>()
        };
        assert_eq!(seen(&pair[0]), seen(&pair[1]), "{}", pair[0]);
        // Java knows neither of these curves.
        let is_foreign = ["secp256k1", "brainpoolP256r1"].iter().any(|c| pair[0].contains(c));
        assert!(is_foreign || seen(&pair[0])[0][0] == "key", "{:?}", seen(&pair[0]));
    }
}

/// Names, and how OpenSSL makes such a key.
const KEY_TYPES: &[(&str, &[&str])] = &[
    ("rsa-512", &["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:512"]),
    ("rsa-1024", &["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"]),
    ("rsa-2048", &["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"]),
    ("rsa-3072", &["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:3072"]),
    ("rsa-4096", &["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:4096"]),
    ("rsa-pss", &["-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048"]),
    ("ec-p256", &["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]),
    ("ec-p384", &["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"]),
    ("ec-p521", &["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-521"]),
    ("secp224r1", &["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:secp224r1"]),
    ("secp256k1", &["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:secp256k1"]),
    ("brainpoolP256r1", &["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:brainpoolP256r1"]),
    ("ed25519", &["-algorithm", "ED25519"]),
    ("ed448", &["-algorithm", "ED448"]),
    ("dsa-2048", &["-paramfile", "parameters"]),
];

/// Two certificates of a kind leave open which of them belongs to a key without a public part.
#[test]
fn a_key_that_cannot_be_checked_needs_the_one_certificate_of_its_kind() {
    let Some(_) = tool("openssl") else { return };
    let folder = Folder::new();
    openssl(&folder, &["genpkey", "-genparam", "-algorithm", "DSA", "-out", "parameters"]);
    for name in ["a", "b"] {
        let (key, certificate) = (format!("{name}.key"), format!("{name}.crt"));
        openssl(&folder, &["genpkey", "-paramfile", "parameters", "-out", &key]);
        let subject = format!("/CN={name}");
        let request = ["req", "-x509", "-key", &key, "-subj", &subject, "-out", &certificate];
        openssl(&folder, &request);
    }
    let line = ["convert", "a.key", "a.crt", "b.crt", "--pass", "x", "--out", "x.p12"];
    let messages = run(&folder, &line).exits_with(2).messages();
    assert!(
        messages.contains("no certificate belongs to the private key (dsa-2048)"),
        "{messages}"
    );
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

/// `--pass` is the password of what is written, and opens nothing; what is not encrypted needs none.
#[test]
fn the_source_has_a_password_of_its_own() {
    let folder = Folder::new();
    let source = fixture("p12/openssl/ca-empty-password.p12");
    run(&folder, &["convert", &source, "--out", "a.p12", "--pass", "secret"]).succeeds();
    openssl(&folder, &["pkcs12", "-in", "a.p12", "-passin", "pass:secret", "-noenc"]);
    let before = folder.entries();
    for (password, told) in [
        (
            "secret",
            "a.p12: it opens with what --pass gives, which is the password of what is written",
        ),
        ("other", "--in-pass, --in-pass-file or --in-pass-env; --pass is that of what is written"),
    ] {
        let again = ["convert", "a.p12", "--out", "b.p12", "--pass", password];
        let ended = run(&folder, &again).exits_with(2);
        assert!(ended.messages().contains(told), "{}", ended.messages());
        assert!(ended.messages().contains("--in-pass"), "{}", ended.messages());
    }
    assert_eq!(folder.entries(), before);
    run(&folder, &["convert", "a.p12", "--in-pass", "secret", "--out", "d"]).succeeds();
}

/// What is written, and what the name of its target says, agree.
#[test]
fn the_name_of_the_target_is_obeyed() {
    #[track_caller]
    fn check(arguments: &[&str], expected: &str) {
        let folder = Folder::new();
        let ended = run(&folder, &[&["convert"], arguments].concat()).exits_with(2);
        assert!(ended.messages().contains(expected), "{}", ended.messages());
        assert!(ended.messages().contains("hint: "), "{}", ended.messages());
        assert_eq!(folder.entries(), Vec::<String>::new());
    }

    let (certificate, key) = (fixture("pem/node.crt"), fixture("pem/node.key"));
    let store = fixture("p12/openssl/node-with-chain.p12");
    check(
        &[&certificate, &key, "--out", "x.pem"],
        "PKCS#12 would be written to a file that is called PEM",
    );
    check(&[&certificate, &key, "--to", "p12", "--out", "x.zip"], "a .zip holds PEM files");
    check(&[&store, "--in-pass", "changeit", "--out", "x.pem"], "PEM files go into a folder");
    check(
        &[&store, "--in-pass", "changeit", "--to", "pem", "--out", "x.pfx"],
        "a key store holds no PEM files",
    );
    check(&[&store, "--in-pass", "changeit", "--out", "-"], "not written to standard output");
    check(&[&certificate, &key, "--out", "-"], "not written to standard output");

    let folder = Folder::new();
    run(&folder, &["convert", &store, "--in-pass", "changeit", "--out", "x.zip"]).succeeds();
    assert_eq!((folder.entries(), folder.mode("x.zip")), (vec!["x.zip".to_owned()], 0o600));
    let Some(python) = python_with("zipfile") else { return };
    let script = "import sys, zipfile; print(*sorted(zipfile.ZipFile(sys.argv[1]).namelist()))";
    let path = folder.join("x.zip").to_string_lossy().into_owned();
    let names = python.with(["-c", script, &path]).run().succeeds();
    let names = names.text().split_whitespace().collect::<Vec<_>>();
    assert!(names.contains(&"ca.crt") && names.len() == 3, "{names:?}");
}
