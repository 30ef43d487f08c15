//! Section 1.7: what a password may be, row by row.

use crosstrust_testkit::Folder;

use super::{answered, certutil, entries, unpack};
use crate::openssl;

/// What a run says of its passwords.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Said {
    Nothing,
    Long,
}

/// A command line of `ca`, its answers, and what it says.
#[track_caller]
fn check(options: &[&str], answers: &str, expected: Said) {
    let folder = Folder::new();
    let line = [&["ca", "-s", "--keysize", "512", "--out", "out"], options].concat();
    let ended = answered(&folder, &line, answers).succeeds();
    let text = ended.text();
    let long = ["50 characters", "OpenSSL", "1.1.0"].iter().all(|word| text.contains(word));
    let said = if long { Said::Long } else { Said::Nothing };
    assert_eq!(said, expected, "{options:?}: {text}");
    assert_eq!(text.is_empty(), expected == Said::Nothing, "{options:?}: {text}");
}

/// Characters are those of Java, so one beyond the Basic Multilingual Plane counts twice.
#[test]
fn more_than_fifty_characters_are_warned_of() {
    let [fifty, more] = [50, 51].map(|length| "x".repeat(length));
    let [keys, many_keys] = [25, 26].map(|length| "\u{1f511}".repeat(length));

    check(&["--pass", ""], "", Said::Nothing);
    check(&["--pass", &fifty], "", Said::Nothing);
    check(&["--pass", &more], "", Said::Long);
    check(&["--pass"], &format!("{fifty}\n"), Said::Nothing);
    check(&["--pass"], &format!("{more}\ny\n"), Said::Long);
    check(&["--pass"], &format!("{more}\nn\n{fifty}\n"), Said::Long);
    check(&["--pem", "--pass", &fifty], "", Said::Nothing);
    check(&["--pem", "--pass", &more], "", Said::Long);
    check(&["--pem", "--pass", &keys], "", Said::Nothing);
    check(&["--pem", "--pass", &many_keys], "", Said::Long);
}

/// The password of a CA that is read is not warned of, however long it is.
#[test]
fn passwords_of_what_is_read_are_not_warned_of() {
    let folder = Folder::new();
    let long = "x".repeat(80);
    certutil(&folder, &["ca", "-s", "--out", "ca.p12", "--pass", &long]).succeeds();
    let ca = ["--ca", "ca.p12", "--ca-pass", &long];
    let rest = ["cert", "-s", "--pass", "", "--out", "n.p12", "--keysize", "1024"];
    let ended = certutil(&folder, &[&rest[..], &ca].concat()).succeeds();
    assert_eq!(ended.text(), "");
}

/// Passwords of PKCS#12 files are ASCII, those of PEM keys are any text.
#[test]
fn only_key_stores_ask_for_ascii() {
    let folder = Folder::new();
    for answers in ["", "pässword\n"] {
        let pass: &[&str] = if answers.is_empty() { &["--pass", "pässword"] } else { &[] };
        let line = [&["ca", "-s", "--out", "ca.p12"], pass].concat();
        let ended = answered(&folder, &line, answers).exits_with(78);
        let expected = "PKCS#12 passwords must be plain ASCII";
        assert!(ended.messages().contains(expected), "{}", ended.messages());
        assert_eq!(folder.entries(), Vec::<String>::new());
    }
    let line = ["ca", "-s", "--pem", "--out", "ca.zip", "--pass", "pässword"];
    certutil(&folder, &line).succeeds();
    unpack(&folder, "ca.zip");
    openssl(&folder, &["rsa", "-in", "ca/ca/ca.key", "-passin", "pass:pässword", "-noout"]);
}

/// Empty passwords: a key store has one, a PEM key is then not encrypted, typed or given.
#[test]
fn empty_passwords_are_passwords_of_key_stores_only() {
    let folder = Folder::new();
    certutil(&folder, &["ca", "-s", "--out", "a.p12", "--pass", ""]).succeeds();
    answered(&folder, &["ca", "-s", "--out", "b.p12"], "\n").succeeds();
    for store in ["a.p12", "b.p12"] {
        if let Some(listed) = entries(&folder, store, "") {
            assert_eq!(listed.len(), 1, "{listed:?}");
        }
        openssl(&folder, &["pkcs12", "-in", store, "-passin", "pass:", "-noout"]);
    }
    for (name, mode, pass, answers) in [
        ("c", "ca", &["--pem", "--pass", ""][..], ""),
        ("d", "ca", &["--pem", "--pass"], "\n"),
        ("e", "csr", &["--pass", ""], ""),
        ("f", "csr", &["--pass"], "\n"),
    ] {
        let out = format!("{name}.zip");
        let line = [&[mode, "-s", "--keysize", "512", "--out", &out], pass].concat();
        answered(&folder, &line, answers).succeeds();
        unpack(&folder, &out);
        let file = if mode == "ca" { "ca/ca.key" } else { "instance/instance.key" };
        let key = folder.read_text(&format!("{name}/{file}"));
        assert!(!key.contains("DEK-Info"), "{key}");
    }
}
