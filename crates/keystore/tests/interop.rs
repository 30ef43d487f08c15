//! What we write is read by OpenSSL and by Java, which must see what we meant.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use crosstrust_keystore::Error;
use crosstrust_keystore::KeyType;
use crosstrust_keystore::Password;
use crosstrust_keystore::PrivateKey;
use crosstrust_keystore::SignatureScheme;
use crosstrust_keystore::open::open;
use crosstrust_keystore::pem;
use crosstrust_keystore::pkcs12::StoreProfile;
use crosstrust_keystore::pkcs12::Writer;
use crosstrust_testkit::Folder;
use crosstrust_testkit::Tool;
use crosstrust_testkit::fixture;
use crosstrust_testkit::java_judge;
use crosstrust_testkit::tool;
use crosstrust_x509::{Certificate, Timestamp};

/// 14 November 2023, noon, so that it is the same day wherever the test runs.
/// 2023-11-14T12:00:00Z.
const NOON: i64 = 1_699_963_200;

fn certificates(path: &str) -> Vec<Certificate> {
    let contents = open(&fixture(path), &[]).unwrap_or_else(|error| panic!("{path}: {error}"));
    contents.certificates().into_iter().cloned().collect()
}

fn key(path: &str) -> PrivateKey {
    PrivateKey::from_pem(&fixture(path), &[]).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Standard output of a program that must succeed, run in a folder.
#[track_caller]
fn run(tool: &Tool, folder: &Folder, arguments: &[&str]) -> String {
    tool.with(arguments).folder(folder.path()).run().succeeds().text().to_owned()
}

/// Writes `node.p12`.
fn write_node(folder: &Folder, profile: StoreProfile, password: &str) {
    let chain = certificates("pem/chain.crt");
    let writer = Writer::new(profile)
        .key("Node1", &key("pem/node.key"), &chain)
        .trusted("CA", chain.last().unwrap());
    folder.write(
        "node.p12",
        writer.write(&Password::new(password), Timestamp::from_unix(NOON)).unwrap(),
    );
}

#[test]
fn openssl_opens_our_key_stores_without_its_legacy_provider() {
    let Some(openssl) = tool("openssl") else { return };
    let folder = Folder::new();
    for profile in [StoreProfile::Modern, StoreProfile::LegacyDes] {
        for password in ["changeit", "", "pässwörd€ \u{1f511}"] {
            write_node(&folder, profile, password);
            let pass = format!("pass:{password}");
            let arguments = ["pkcs12", "-in", "node.p12", "-passin", &pass, "-noenc"];
            let text = run(&openssl, &folder, &arguments);
            let seen = open(text.as_bytes(), &[]).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(seen.certificates().len(), 3);
            let keys = seen.keys().filter_map(|entry| entry.key.open()).collect::<Vec<_>>();
            assert_eq!(keys.len(), 1);
            assert_eq!(keys[0].public_key_der(), key("pem/node.key").public_key_der());
        }
    }
}

#[test]
fn java_lists_our_key_stores_as_its_own() {
    let Some(keytool) = tool("keytool") else { return };
    let folder = Folder::new();
    for profile in [StoreProfile::Modern, StoreProfile::LegacyDes] {
        write_node(&folder, profile, "changeit");
        let list = ["-J-Duser.language=en", "-list", "-v", "-keystore", "node.p12"];
        let text = run(&keytool, &folder, &[&list[..], &["-storepass", "changeit"]].concat());
        for expected in [
            "Your keystore contains 2 entries",
            "Alias name: node1",
            "Entry type: PrivateKeyEntry",
            "Certificate chain length: 3",
            "Alias name: ca",
            "Entry type: trustedCertEntry",
            "Creation date: Nov 14, 2023",
        ] {
            assert!(text.contains(expected), "{expected} is not in\n{text}");
        }
    }
}

#[test]
fn java_opens_our_key_stores_with_an_empty_password() {
    let folder = Folder::new();
    write_node(&folder, StoreProfile::Modern, "");
    let store = folder.join("node.p12").to_string_lossy().into_owned();
    let Some(lines) = java_judge("KeyStoreList", ["--pass", "", &store]) else { return };
    let entries = lines.iter().map(|line| (&*line[1], &*line[2])).collect::<Vec<_>>();
    assert_eq!(entries, [("trusted", "ca"), ("key", "node1")]);
}

#[test]
fn java_takes_the_key_out_of_our_key_store() {
    let Some(keytool) = tool("keytool") else { return };
    let folder = Folder::new();
    write_node(&folder, StoreProfile::Modern, "changeit");
    let source = ["-importkeystore", "-noprompt", "-srckeystore", "node.p12"];
    let target = ["-destkeystore", "copy.p12", "-deststorepass", "another"];
    let rest = ["-srcstorepass", "changeit", "-deststoretype", "PKCS12"];
    run(&keytool, &folder, &[source, target, rest].concat());
    let copy = open(&folder.read("copy.p12"), &[Password::new("another")]);
    let copy = copy.unwrap_or_else(|error| panic!("{error}"));
    let keys = copy.keys().filter_map(|entry| entry.key.open()).collect::<Vec<_>>();
    assert_eq!(keys[0].to_pkcs8_der().as_bytes(), key("pem/node.key").to_pkcs8_der().as_bytes());
}

#[test]
fn openssl_reads_every_form_of_our_keys() {
    let Some(openssl) = tool("openssl") else { return };
    let folder = Folder::new();
    let password = Password::new("pässword");
    let small = [512, 1024, 2560].map(|bits| KeyType::rsa(bits).unwrap());
    let named = KeyType::ALL.into_iter().filter(|key_type| *key_type != KeyType::Rsa4096);
    for key_type in named.chain(small) {
        let key = PrivateKey::generate(key_type).unwrap_or_else(|error| panic!("{error}"));
        let public = pem::write("PUBLIC KEY", key.public_key_der().unwrap());
        for form in [
            Ok(key.to_pkcs8_pem()),
            key.to_traditional_pem(),
            key.to_encrypted_pkcs8_pem(&password),
            key.to_dek_info_pem(&password),
        ] {
            let form = form.unwrap_or_else(|error| panic!("{error}"));
            folder.write("key", form.as_bytes());
            let read = ["pkey", "-in", "key", "-passin", "pass:pässword"];
            let shown = run(&openssl, &folder, &[&read[..], &["-pubout"]].concat());
            assert_eq!(shown, public, "{key_type}");
            run(&openssl, &folder, &[&read[..], &["-check"]].concat());
        }
    }
}

#[test]
fn openssl_verifies_our_signatures() {
    let Some(openssl) = tool("openssl") else { return };
    let folder = Folder::new();
    folder.write("message", "message");
    for path in ["rsa-pkcs8.key", "ec-pkcs8.key", "ec-p384-pkcs8.key", "ec-p521-pkcs8.key"] {
        let key = key(&format!("pem/keys/{path}"));
        let digest = match key.signature_scheme() {
            Ok(SignatureScheme::EcdsaSha384) => "-sha384",
            Ok(SignatureScheme::EcdsaSha512) => "-sha512",
            _ => "-sha256",
        };
        folder.write("public", pem::write("PUBLIC KEY", key.public_key_der().unwrap()));
        folder.write("signature", key.sign(b"message").unwrap());
        let verify = ["dgst", digest, "-verify", "public", "-signature", "signature", "message"];
        run(&openssl, &folder, &verify);
    }
}

/// Keys too small for the crypto library sign as OpenSSL does: PKCS#1 v1.5 has one signature for
/// each message.
#[test]
fn small_rsa_keys_sign_as_openssl_does() {
    let Some(openssl) = tool("openssl") else { return };
    let folder = Folder::new();
    folder.write("message", "message");
    for bits in ["512", "768", "1024", "1536", "2047", "2048"] {
        run(&openssl, &folder, &["genrsa", "-out", "key", bits]);
        let sign = ["dgst", "-sha256", "-sign", "key", "-out", "signature", "message"];
        run(&openssl, &folder, &sign);
        let key = PrivateKey::from_pem(&folder.read("key"), &[]).unwrap();
        assert_eq!(key.kind().to_string(), format!("rsa-{bits}"));
        assert_eq!(key.sign(b"message").unwrap(), folder.read("signature"), "{bits}");
    }
}

/// A cipher without a crate that is kept up is told by name.
#[test]
fn a_key_under_seed_is_told_by_the_name_of_its_cipher() {
    let Some(openssl) = tool("openssl") else { return };
    let folder = Folder::new();
    folder.write("plain", fixture("pem/keys/ec-pkcs8.key"));
    let make = ["pkcs8", "-topk8", "-in", "plain", "-v2", "seed-cbc", "-passout", "pass:changeit"];
    let providers = ["-provider", "legacy", "-provider", "default", "-out", "key"];
    run(&openssl, &folder, &[&make[..], &providers].concat());
    let error = PrivateKey::from_pem(&folder.read("key"), &[Password::new("changeit")]).err();
    let Some(Error::Block { source, .. }) = error else { panic!("{error:?}") };
    let expected = "unsupported cipher `SEED-CBC` (1.2.410.200004.1.4)";
    assert_eq!(source.to_string(), expected);
}
