//! Key sizes, and the forms of private keys that sign.

use crosstrust_testkit::{Folder, java_judge};

use super::{certutil, shown, unpack};
use crate::{fixture, openssl};

/// A37: certificates have exactly the bits of `-keysize`, and the JVM says which of them it takes.
#[test]
fn every_key_size_is_made_and_small_ones_are_warned_of() {
    let folder = Folder::new();
    let mut chains = Vec::new();
    for bits in (512..=4096).step_by(512) {
        let (text, out) = (bits.to_string(), format!("{bits}.zip"));
        let line = ["ca", "-s", "-pem", "-out", &out, "-keysize", &text];
        let warning = certutil(&folder, &line).succeeds().messages();
        match bits {
            ..1024 => assert!(warning.starts_with("Warning: a JVM refuses"), "{warning}"),
            1024..2048 => assert!(warning.starts_with("Warning: an RSA key of"), "{warning}"),
            _ => assert_eq!(warning, ""),
        }
        unpack(&folder, &out);
        let (certificate, key) = (format!("{bits}/ca/ca.crt"), format!("{bits}/ca/ca.key"));
        let (name, leaf) = (format!("n{bits}"), format!("n{bits}/n{bits}/n{bits}.crt"));
        let files = ["--ca-cert", &certificate, "--ca-key", &key, "-keysize", &text];
        let out = format!("{name}.zip");
        let rest = ["cert", "-s", "-pem", "-out", &out, "-name", &name];
        certutil(&folder, &[&rest[..], &files].concat()).succeeds();
        unpack(&folder, &out);
        let Some(shown) = shown(&folder, &leaf, &["-text"]) else { return };
        assert!(shown.contains(&format!("Public-Key: ({bits} bit)")), "{shown}");
        let verify = ["verify", "-auth_level", "0", "-CAfile", &certificate, &leaf];
        openssl(&folder, &verify);
        openssl(&folder, &["rsa", "-in", &key, "-noout", "-check"]);
        for (option, file) in [("--trust", &certificate), ("--chain", &leaf)] {
            let path = folder.join(file).to_string_lossy().into_owned();
            chains.extend([option.to_owned(), path]);
        }
    }
    let Some(lines) = java_judge("Pkix", chains) else { return };
    assert_eq!(lines.len(), 16);
    for line in lines {
        let refused = line[0].contains("n512");
        assert_eq!(line[2] == "ok", !refused, "{line:?}");
    }
}

/// Section 6.1: every form of private key that Elasticsearch reads is a CA key, with text before it.
#[test]
fn every_form_of_rsa_key_signs() {
    let folder = Folder::new();
    let key = fixture("pem/ca.key");
    let pass = ["-passout", "pass:x"];
    let legacy = ["-provider", "legacy", "-provider", "default"];
    let mut forms: Vec<(String, Vec<&str>)> = vec![
        ("PKCS#8".to_owned(), vec!["pkcs8", "-topk8", "-nocrypt"]),
        ("PKCS#1".to_owned(), vec!["rsa", "-traditional"]),
    ];
    for cipher in ["aes-128-cbc", "aes-256-cbc"] {
        for prf in
            ["hmacWithSHA1", "hmacWithSHA224", "hmacWithSHA256", "hmacWithSHA384", "hmacWithSHA512"]
        {
            let options = ["pkcs8", "-topk8", "-v2", cipher, "-v2prf", prf];
            forms.push((format!("PBES2 {cipher} {prf}"), [&options, &pass[..]].concat()));
        }
    }
    for scheme in [
        "PBE-MD5-DES",
        "PBE-SHA1-3DES",
        "PBE-SHA1-RC2-40",
        "PBE-SHA1-RC2-128",
        "PBE-SHA1-RC4-40",
        "PBE-SHA1-RC4-128",
    ] {
        let options = ["pkcs8", "-topk8", "-v1", scheme];
        forms.push((scheme.to_owned(), [&options[..], &legacy, &pass].concat()));
    }
    for cipher in ["-des3", "-aes128", "-aes192", "-aes256"] {
        let options = ["rsa", "-traditional", cipher];
        forms.push((format!("DEK-Info {cipher}"), [&options, &pass[..]].concat()));
    }
    let single_des = ["rsa", "-traditional", "-des"];
    forms.push(("DEK-Info -des".to_owned(), [&single_des, &legacy[..], &pass].concat()));
    assert_eq!(forms.len(), 23);

    for (number, (form, command)) in forms.iter().enumerate() {
        let file = format!("{number}.key");
        if openssl(&folder, &[command, &["-in", &key, "-out", &file][..]].concat()).is_none() {
            return;
        }
        let text = format!("Text before the key, {form}\n{}", folder.read_text(&file));
        folder.write(&file, text);
        check_signs(&folder, &fixture("pem/ca.crt"), &file);
    }
}

/// Section 6.1: EC keys, in SEC1 with the block of the curve before it, in PKCS#8, of each curve.
#[test]
fn every_form_of_ec_key_signs() {
    let folder = Folder::new();
    for curve in ["prime256v1", "secp384r1", "secp521r1"] {
        let (parameters, pkcs8) = (format!("{curve}.parameters.key"), format!("{curve}.key"));
        let make = ["ecparam", "-name", curve, "-genkey", "-out", &parameters];
        if openssl(&folder, &make).is_none() {
            return;
        }
        let text = folder.read_text(&parameters);
        assert!(text.starts_with("-----BEGIN EC PARAMETERS-----\n"), "{text}");
        assert!(text.contains("-----BEGIN EC PRIVATE KEY-----\n"), "{text}");
        openssl(&folder, &["pkcs8", "-topk8", "-nocrypt", "-in", &parameters, "-out", &pkcs8]);
        let sec1 = format!("{curve}.sec1.key");
        openssl(&folder, &["ec", "-in", &parameters, "-out", &sec1]);
        let certificate = self_signed(&folder, &parameters);
        for key in [&parameters, &pkcs8, &sec1] {
            check_signs(&folder, &certificate, key);
        }
    }
}

/// Section 6.1: Ed25519, Ed448 and RSA-PSS keys are refused, as by the original; DSA keys are too,
/// with which it signs.
#[test]
fn keys_of_other_algorithms_are_refused() {
    let folder = Folder::new();
    let parameters = ["genpkey", "-genparam", "-algorithm", "DSA", "-out", "dsa.parameters"];
    if openssl(&folder, &parameters).is_none() {
        return;
    }
    openssl(&folder, &["genpkey", "-paramfile", "dsa.parameters", "-out", "dsa.key"]);
    openssl(&folder, &["dsa", "-in", "dsa.key", "-out", "dsa-traditional.key"]);
    for algorithm in ["ED25519", "ED448", "RSA-PSS"] {
        let file = format!("{algorithm}.key");
        openssl(&folder, &["genpkey", "-algorithm", algorithm, "-out", &file]);
    }
    for (key, algorithm) in [
        ("dsa.key", "[dsa-2048]"),
        ("dsa-traditional.key", "[dsa-2048]"),
        ("ED25519.key", "[ed25519]"),
        ("ED448.key", "[ed448]"),
        ("RSA-PSS.key", "[1.2.840.113549.1.1.10]"),
    ] {
        let certificate = self_signed(&folder, key);
        let files = ["--ca-cert", &certificate, "--ca-key", key, "--pem", "--out", "c.zip"];
        let ended = certutil(&folder, &[&["cert", "-s"], &files[..]].concat()).exits_with(1);
        let expected = format!("{key}: Unsupported algorithm {algorithm}");
        assert!(ended.messages().contains(&expected), "{}", ended.messages());
        assert!(!folder.join("c.zip").exists());
    }
}

/// A certificate of a CA with this key.
#[track_caller]
fn self_signed(folder: &Folder, key: &str) -> String {
    let certificate = format!("{key}.crt");
    openssl(folder, &["req", "-x509", "-key", key, "-subj", "/CN=CA", "-out", &certificate]);
    certificate
}

/// Signs with a key, and lets OpenSSL verify what comes out.
#[track_caller]
fn check_signs(folder: &Folder, certificate: &str, key: &str) {
    let archive = format!("{key}.signed.zip");
    let files = ["--ca-cert", certificate, "--ca-key", key, "--ca-pass", "x", "--out", &archive];
    let line = ["cert", "-s", "--pem", "--keysize", "512"];
    certutil(folder, &[&line, &files[..]].concat()).succeeds();
    unpack(folder, &archive);
    let leaf = format!("{key}.signed/instance/instance.crt");
    openssl(folder, &["verify", "-auth_level", "0", "-CAfile", certificate, &leaf]);
}
