//! `crosstrust extract-ca`.

use crosstrust_testkit::{Folder, fixture as bytes, fixture_text, rows};

use crate::{fixture, openssl, run};

#[test]
fn the_authority_of_every_maker_s_key_store_comes_out_as_clean_pem() {
    let folder = Folder::new();
    let stores = [
        ("p12/openssl/ca.p12", "changeit"),
        ("p12/openssl/ca-legacy.p12", "changeit"),
        ("p12/openssl/ca-empty-password.p12", ""),
        ("p12/keytool/ca.p12", "changeit"),
        ("p12/keytool/ca-legacy.p12", "changeit"),
    ];
    for (store, password) in stores {
        let ended = run(&folder, &["extract-ca", &fixture(store), "--pass", password]).succeeds();
        let pem = ended.text();
        assert!(pem.starts_with("-----BEGIN CERTIFICATE-----\n"), "{store}: {pem}");
        assert!(pem.ends_with("-----END CERTIFICATE-----\n"), "{store}: {pem}");
        assert_eq!(pem.matches("-----BEGIN").count(), 1, "{store}: {pem}");
        folder.write("ca.pem", pem);
        let arguments = ["x509", "-in", "ca.pem", "-noout", "-fingerprint", "-sha256"];
        let Some(shown) = openssl(&folder, &arguments) else { return };
        let shown = shown.trim().rsplit('=').next().unwrap().replace(':', "").to_lowercase();
        let expected = rows("expected.tsv").into_iter().find(|row| row[0] == store).unwrap();
        assert_eq!(shown, expected[2], "{store}");
    }
}

#[test]
fn each_authority_comes_once_and_the_root_last() {
    let folder = Folder::new();
    let ended = run(&folder, &["extract-ca", &fixture("pem/duplicates.crt")]).succeeds();
    let expected = fixture_text("pem/intermediate.crt") + &fixture_text("pem/ca.crt");
    assert_eq!(ended.text(), expected);
    let both = [fixture("pem/ca.der"), fixture("pem/chain.p7b")];
    let ended = run(&folder, &["extract-ca", &both[0], &both[1]]).succeeds();
    assert_eq!(ended.text(), expected);
}

#[test]
fn standard_input_and_globs_are_sources() {
    let folder = Folder::new();
    let store = bytes("p12/openssl/ca.p12");
    let run_with = crate::crosstrust(&folder, &["extract-ca", "-", "--pass", "changeit"]);
    assert_eq!(run_with.stdin(store).run().succeeds().text(), fixture_text("pem/ca.crt"));
    folder.write("certs/one/ca.crt", bytes("pem/ca.crt"));
    folder.write("certs/two/ca.crt", bytes("pem/intermediate.crt"));
    let ended = run(&folder, &["extract-ca", "certs/**/*.crt", "--out", "all.pem"]).succeeds();
    assert_eq!(ended.text(), "");
    assert_eq!(folder.read_text("all.pem").matches("-----BEGIN").count(), 2);
}

#[test]
fn a_file_without_authority_is_told_by_what_it_holds() {
    let folder = Folder::new();
    let ended = run(&folder, &["extract-ca", &fixture("pem/node.crt")]).exits_with(2);
    let messages = ended.messages();
    assert!(messages.contains("holds no CA certificate, but"), "{messages}");
    assert!(messages.contains("`CN=node1`"), "{messages}");
    let ended = run(&folder, &["extract-ca", &fixture("pem/node.key"), "--out", "x"]).exits_with(2);
    assert!(ended.messages().contains("1 private key"), "{}", ended.messages());
    assert_eq!(folder.entries(), Vec::<String>::new());
}

#[test]
fn a_wrong_password_is_told_as_such() {
    let folder = Folder::new();
    for store in ["p12/openssl/ca.p12", "p12/keytool/ca-legacy.p12", "p12/nss/node-with-chain.p12"]
    {
        let ended = run(&folder, &["extract-ca", &fixture(store), "--pass", "wrong"]).exits_with(2);
        let messages = ended.messages();
        assert!(messages.contains(": wrong password\n"), "{store}: {messages}");
        assert!(messages.contains("hint: check what --pass gives"), "{store}: {messages}");
        let ended = run(&folder, &["extract-ca", &fixture(store)]).exits_with(2);
        assert!(ended.messages().contains("--pass, --pass-file or --pass-env"), "{store}");
    }
}
