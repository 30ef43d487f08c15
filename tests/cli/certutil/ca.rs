//! `certutil ca`.

use crosstrust_testkit::{Folder, java_judge};

use super::{answered, certutil, entries, make_authority, names, shown, unpack};
use crate::openssl;

/// A01 and the layout of a CA's key store: one key entry, alias `ca`.
#[test]
fn a_key_store_holds_one_entry_and_nothing_is_asked() {
    let folder = Folder::new();
    let line = ["ca", "--silent", "--out", "x.p12", "--pass", "secret", "-ca-dn", "CN=My CA"];
    let ended = certutil(&folder, &line).succeeds();
    assert_eq!((ended.text(), ended.messages().as_str()), ("", ""));
    assert_eq!(folder.mode("x.p12"), 0o600);
    if let Some(entries) = entries(&folder, "x.p12", "secret") {
        assert_eq!(entries, ["key ca CN=My CA"]);
    }
}

/// A02.
#[test]
fn the_output_is_asked_for_and_an_empty_answer_is_the_default() {
    let folder = Folder::new();
    answered(&folder, &["ca", "--pass", ""], "typed.p12\n").succeeds();
    answered(&folder, &["ca", "--pass", ""], "\n").succeeds();
    let ended = answered(&folder, &["ca", "--pem"], "\n").succeeds();
    let prompt = "Please enter the desired output file [elastic-stack-ca.zip]: ";
    assert_eq!(ended.messages(), prompt);
    assert_eq!(folder.entries(), ["elastic-stack-ca.p12", "elastic-stack-ca.zip", "typed.p12"]);
}

/// The layout of a CA as PEM, and the labels of its files.
#[test]
fn a_pem_authority_is_a_folder_in_an_archive() {
    let folder = Folder::new();
    certutil(&folder, &["ca", "-s", "--pem", "--out", "ca.zip"]).succeeds();
    assert_eq!(names(&folder, "ca.zip"), ["ca/", "ca/ca.crt", "ca/ca.key"]);
    assert_eq!(folder.mode("ca.zip"), 0o600);
    unpack(&folder, "ca.zip");
    assert!(folder.read_text("ca/ca/ca.crt").starts_with("-----BEGIN CERTIFICATE-----\n"));
    let key = folder.read_text("ca/ca/ca.key");
    assert!(key.starts_with("-----BEGIN RSA PRIVATE KEY-----\nMII"), "{key}");
    openssl(&folder, &["rsa", "-in", "ca/ca/ca.key", "-noout", "-check"]);
}

/// A33: `-ca-dn -pass -out -keysize -days`; A37: days and bits exactly.
#[test]
fn subject_days_and_size_are_as_asked() {
    for (bits, days) in [("2048", "7"), ("3072", "1500")] {
        let folder = Folder::new();
        let line =
            ["ca", "-s", "-pem", "-out", "c.zip", "-ca-dn", "CN=x,DC=a,DC=b", "-keysize", bits];
        certutil(&folder, &[&line[..], &["-days", days]].concat()).succeeds();
        unpack(&folder, "c.zip");
        let Some(text) = shown(&folder, "c/ca/ca.crt", &["-text"]) else { return };
        assert!(text.contains(&format!("Public-Key: ({bits} bit)")), "{text}");
        assert!(text.contains("Subject: DC = b, DC = a, CN = x\n"), "{text}");
        let seconds = |option: &str, offset: &str| {
            let offset = ["-checkend", offset];
            let options = if option.is_empty() { &offset[..] } else { &[option] };
            shown(&folder, "c/ca/ca.crt", options).unwrap()
        };
        // 24 hours a day, from five minutes ago.
        let length: i64 = days.parse::<i64>().unwrap() * 86_400 - 300;
        let (well, over) = (length - 60, length + 60);
        assert!(seconds("", &well.to_string()).contains("will not expire"));
        let tool = crosstrust_testkit::tool("openssl").unwrap();
        let check = ["x509", "-in", "c/ca/ca.crt", "-noout", "-checkend", &over.to_string()];
        tool.with(check).folder(folder.path()).run().exits_with(1);
    }
}

/// The profile of a CA, in OpenSSL's words; A44 and B05 for its key usages.
#[test]
fn extensions_are_those_of_the_original() {
    #[track_caller]
    fn check(options: &[&str], usage: &str) {
        let folder = Folder::new();
        let line = [&["ca", "-s", "--pem", "--out", "c.zip"], options].concat();
        certutil(&folder, &line).succeeds();
        unpack(&folder, "c.zip");
        let Some(text) = shown(&folder, "c/ca/ca.crt", &["-text"]) else { return };
        for expected in [
            "Version: 3 (0x2)",
            "Signature Algorithm: sha256WithRSAEncryption",
            "X509v3 Subject Key Identifier: \n",
            "X509v3 Authority Key Identifier: \n",
            "X509v3 Basic Constraints: critical\n                CA:TRUE\n",
            &format!("X509v3 Key Usage: critical\n                {usage}\n"),
            "Exponent: 65537",
        ] {
            assert!(text.contains(expected), "{expected:?} is missing in {text}");
        }
        assert_eq!(text.matches("X509v3 ").count(), 5, "{text}");
    }

    check(&[], "Certificate Sign, CRL Sign");
    check(&["-keyusage", ""], "Certificate Sign, CRL Sign");
    check(
        &["-keyusage", "digitalSignature, keyCertSign", "-keyusage", "keyCertSign"],
        "Digital Signature, Certificate Sign",
    );
    check(&["-keyusage", "decipherOnly"], "Decipher Only");
}

/// Order of prompts of `ca`: a bare `--pass` before the output, none at all after it.
#[test]
fn passwords_are_asked_for_in_their_place() {
    let folder = Folder::new();
    let ended = answered(&folder, &["ca", "-s", "--pass"], "secret\na.p12\n").succeeds();
    let expected = "Enter password for CA Private key : Please enter the desired output file [elastic-stack-ca.p12]: ";
    assert_eq!(ended.messages(), expected);
    let ended = answered(&folder, &["ca", "-s"], "b.p12\nsecret\n").succeeds();
    let expected =
        "Please enter the desired output file [elastic-stack-ca.p12]: Enter password for b.p12 : ";
    assert_eq!(ended.messages(), expected);
    answered(&folder, &["ca", "-s", "--pem", "--pass", "--out", "c.zip"], "secret\n").succeeds();
    unpack(&folder, "c.zip");
    assert!(folder.read_text("c/ca/ca.key").contains("\nDEK-Info: AES-128-CBC,"));
    for store in ["a.p12", "b.p12"] {
        openssl(&folder, &["pkcs12", "-in", store, "-passin", "pass:secret", "-noout"]);
    }
    openssl(&folder, &["rsa", "-in", "c/ca/ca.key", "-passin", "pass:secret", "-noout"]);
    certutil(&folder, &["ca", "-s", "--pem", "--pass", "", "--out", "d.zip"]).succeeds();
    unpack(&folder, "d.zip");
    assert!(!folder.read_text("d/ca/ca.key").contains("DEK-Info"));
}

/// A21 and A23: more than 50 characters are warned of, once, even silently; a person is asked.
#[test]
fn long_passwords_are_warned_of() {
    let (fifty, long) = ("x".repeat(50), "y".repeat(51));
    let folder = Folder::new();
    let run = |name: &str, option: &[&str], answers: &str| {
        let line = [&["ca", "-s", "--out", name], option].concat();
        answered(&folder, &line, answers).succeeds()
    };
    let warns = |text: &str| ["50 characters", "OpenSSL", "1.1.0"].iter().all(|w| text.contains(w));

    let short = run("1.p12", &["--pass", &fifty], "");
    assert_eq!((short.text(), short.messages().as_str()), ("", ""));
    let given = run("2.p12", &["--pass", &long], "");
    assert!(warns(given.text()) && given.messages().is_empty());
    let kept = run("3.p12", &["--pass"], &format!("{long}\ny\n"));
    assert!(warns(kept.text()), "{}", kept.text());
    let ended = run("4.p12", &["--pass"], &format!("{long}\nn\n{fifty}\n"));
    let prompt = "Enter password for CA Private key : ";
    assert_eq!(ended.messages(), format!("{prompt}Do you want to continue? [Y/n]{prompt}"));
    for (store, password) in [("2.p12", &long), ("3.p12", &long), ("4.p12", &fifty)] {
        let Some(entries) = entries(&folder, store, password) else { return };
        assert!(entries[0].starts_with("key ca "), "{entries:?}");
    }
}

/// A40: the JDK's trust manager takes the CA's key store as anchors (its key entry's certificate).
#[test]
fn certificates_of_the_authority_are_trusted_by_java() {
    let folder = Folder::new();
    make_authority(&folder);
    let line = ["cert", "-s", "--ca", "ca.p12", "--ca-pass", "", "--pem", "--out", "n.zip"];
    certutil(&folder, &line).succeeds();
    unpack(&folder, "n.zip");
    crate::run(&folder, &["extract-ca", "ca.p12", "--out", "ca.pem"]).succeeds();
    let path = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let leaf = path("n/instance/instance.crt");
    let arguments = ["--trust".to_owned(), path("ca.pem"), "--chain".to_owned(), leaf];
    let Some(lines) = java_judge("Pkix", arguments) else { return };
    assert!(lines.len() == 2 && lines.iter().all(|line| line[2] == "ok"), "{lines:?}");
}
