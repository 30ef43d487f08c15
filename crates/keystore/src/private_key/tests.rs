//! Keys through all of their forms.

use crate::error::Error;
use crate::pem;
use crate::private_key::KeyType;
use crate::private_key::PrivateKey;
use crate::private_key::SignatureScheme;
use crate::secret::Password;
use crate::secret::Secret;

/// One key of each kind, made by OpenSSL and Java.
const RSA: &[u8] = include_bytes!("../../../../fixtures/pem/keys/rsa-pkcs8.key");
const P256: &[u8] = include_bytes!("../../../../fixtures/pem/keys/ec-pkcs8.key");
const P256_JAVA: &[u8] = include_bytes!("../../../../fixtures/pem/keys/ec-java-pkcs8.key");
const P384: &[u8] = include_bytes!("../../../../fixtures/pem/keys/ec-p384-pkcs8.key");
const P521: &[u8] = include_bytes!("../../../../fixtures/pem/keys/ec-p521-pkcs8.key");
const ED25519: &[u8] = include_bytes!("../../../../fixtures/pem/keys/ed25519-pkcs8.key");
const DSA: &[u8] = include_bytes!("../../../../fixtures/pem/keys/dsa-pkcs8.key");
const RSA_PKCS1: &[u8] = include_bytes!("../../../../fixtures/pem/keys/rsa-pkcs1.key");
const P256_SEC1: &[u8] = include_bytes!("../../../../fixtures/pem/keys/ec-sec1.key");
const P256_ENCRYPTED: &[u8] =
    include_bytes!("../../../../fixtures/pem/keys/ec-pbes2-aes-256-cbc.key");
const P256_DEK_INFO: &[u8] = include_bytes!("../../../../fixtures/pem/keys/ec-dek-info-aes256.key");

fn read(text: &[u8]) -> PrivateKey {
    PrivateKey::from_pem(text, &[]).unwrap_or_else(|error| panic!("{error}"))
}

fn der(text: &[u8]) -> Vec<u8> {
    pem::scan(text).map(|document| document.blocks[0].contents().to_vec()).unwrap()
}

/// The form that a key does not have.
fn refusal(result: Result<Secret, Error>) -> &'static str {
    match result.err() {
        Some(Error::UnsupportedKeyFormat { format, .. }) => format,
        other => panic!("{other:?}"),
    }
}

#[test]
fn our_forms_are_those_of_openssl_octet_for_octet() {
    assert_eq!(read(RSA).to_pkcs8_pem().as_bytes(), RSA);
    assert_eq!(read(RSA_PKCS1).to_pkcs8_pem().as_bytes(), RSA);
    assert_eq!(read(RSA).to_pkcs1_pem().unwrap().as_bytes(), RSA_PKCS1);
    assert_eq!(read(RSA).to_traditional_pem().unwrap().as_bytes(), RSA_PKCS1);
    assert_eq!(read(P256).to_pkcs8_pem().as_bytes(), P256);
    assert_eq!(read(P256_SEC1).to_pkcs8_pem().as_bytes(), P256);
    assert_eq!(read(P256).to_sec1_pem().unwrap().as_bytes(), P256_SEC1);
    assert_eq!(read(P384).to_pkcs8_pem().as_bytes(), P384);
    assert_eq!(read(P521).to_pkcs8_pem().as_bytes(), P521);
    assert_eq!(read(ED25519).to_pkcs8_pem().as_bytes(), ED25519);
    assert_eq!(read(DSA).to_pkcs8_pem().as_bytes(), DSA);
}

#[test]
fn every_form_is_read_back_as_the_same_key() {
    let password = Password::new("påssword \u{1f511}");
    for text in [RSA, P256, P256_JAVA, P384, P521, ED25519, DSA] {
        let key = read(text);
        let same = |other: PrivateKey| {
            assert_eq!(other.to_pkcs8_der().as_bytes(), key.to_pkcs8_der().as_bytes());
            assert_eq!(other.kind(), key.kind());
            assert_eq!(other.public_key(), key.public_key());
        };
        same(PrivateKey::from_pkcs8_der(key.to_pkcs8_der().as_bytes()).unwrap());
        let encrypted = key.to_encrypted_pkcs8_der(&password).unwrap();
        same(PrivateKey::from_encrypted_pkcs8_der(encrypted.as_bytes(), &password).unwrap());
        let encrypted = key.to_encrypted_pkcs8_pem(&password).unwrap();
        let passwords = [Password::empty(), password.clone()];
        same(PrivateKey::from_pem(encrypted.as_bytes(), &passwords).unwrap());
        if let Ok(traditional) = key.to_traditional_pem() {
            same(read(traditional.as_bytes()));
            let encrypted = key.to_dek_info_pem(&password).unwrap();
            same(PrivateKey::from_pem(encrypted.as_bytes(), &passwords).unwrap());
        }
    }
}

#[test]
fn a_form_that_the_algorithm_lacks_is_an_error() {
    assert_eq!(refusal(read(RSA).to_sec1_der()), "SEC1");
    assert_eq!(refusal(read(P256).to_pkcs1_der()), "PKCS#1");
    assert_eq!(refusal(read(ED25519).to_traditional_pem()), "traditional");
}

#[test]
fn encrypted_keys_ask_for_their_password_and_refuse_another() {
    for text in [P256_ENCRYPTED, P256_DEK_INFO] {
        let what = "the private key";
        let none = PrivateKey::from_pem(text, &[]).err();
        assert_eq!(none, Some(Error::PasswordRequired { what }));
        let wrong = PrivateKey::from_pem(text, &[Password::new("changei")]).err();
        assert_eq!(wrong, Some(Error::WrongPassword));
        let right = PrivateKey::from_pem(text, &[Password::new("changeit")]).unwrap();
        assert_eq!(right.to_pkcs8_pem().as_bytes(), P256);
    }
}

#[test]
fn the_key_of_certutil_has_its_headers() {
    let text = read(RSA).to_dek_info_pem(&Password::new("x")).unwrap();
    let document = pem::scan(text.as_bytes()).unwrap();
    let block = &document.blocks[0];
    assert_eq!(block.label(), "RSA PRIVATE KEY");
    assert_eq!(block.headers()[0], ("Proc-Type".to_owned(), "4,ENCRYPTED".to_owned()));
    let (cipher, iv) = block.header("DEK-Info").unwrap().split_once(',').unwrap();
    assert_eq!(cipher, "AES-128-CBC");
    assert_eq!(iv.len(), 32);
    assert!(iv.chars().all(|digit| digit.is_ascii_digit() || ('A'..='F').contains(&digit)));
}

#[test]
fn keys_sign_with_the_scheme_of_their_kind() {
    #[track_caller]
    fn check(text: &[u8], scheme: SignatureScheme, length: std::ops::RangeInclusive<usize>) {
        let signer = read(text).signer().unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(signer.scheme(), scheme);
        assert!(length.contains(&signer.sign(b"message").unwrap().len()));
    }

    check(RSA, SignatureScheme::RsaPkcs1Sha256, 256..=256);
    check(P256, SignatureScheme::EcdsaSha256, 66..=72);
    check(P256_JAVA, SignatureScheme::EcdsaSha256, 66..=72);
    check(P384, SignatureScheme::EcdsaSha384, 98..=104);
    check(P521, SignatureScheme::EcdsaSha512, 130..=141);
    check(ED25519, SignatureScheme::Ed25519, 64..=64);
    let refused = read(DSA).signer().err();
    assert_eq!(refused, Some(Error::SigningKeyRefused { key: "dsa-2048".to_owned() }));
}

#[test]
fn keys_that_contradict_themselves_are_refused() {
    // The scalar zero, and a curve named differently inside and outside.
    let zero = der(P256);
    let position = zero.windows(2).position(|pair| pair == [0x04, 0x20]).unwrap() + 2;
    let zero = [&zero[..position], &[0; 32], &zero[position + 32..]].concat();
    assert!(matches!(PrivateKey::from_pkcs8_der(&zero).err(), Some(Error::Damaged { .. })));
    for cut in 0..zero.len() {
        assert!(PrivateKey::from_pkcs8_der(&der(P256)[..cut]).is_err());
    }
}

#[test]
fn generated_keys_are_not_each_other() {
    let [one, two] = [(); 2].map(|()| PrivateKey::generate(KeyType::EcP256).unwrap());
    assert_ne!(one.to_pkcs8_der().as_bytes(), two.to_pkcs8_der().as_bytes());
}

/// A SEC1 key of `openssl ecparam -genkey`, the last octet of whose curve's name is cut off.
#[test]
fn a_curve_that_is_no_element_is_refused() {
    let key = [&[0x30, 0x0d, 2, 1, 1, 4, 1, 7, 0xa0, 5][..], &[6, 9, 0x2a, 0x86, 0x48]].concat();
    let refused = PrivateKey::from_sec1_der(&key).map(drop);
    assert!(matches!(refused, Err(Error::Damaged { part: "EC parameters", .. })), "{refused:?}");
}

/// The examples of FIPS 180-4 for `abc`, whose ends are enough to know them by.
#[test]
fn the_hash_of_a_scheme_is_that_of_its_name() {
    for (scheme, name, expected) in [
        (SignatureScheme::RsaPkcs1Sha256, "sha256", "ba7816bf"),
        (SignatureScheme::EcdsaSha256, "sha256", "ba7816bf"),
        (SignatureScheme::EcdsaSha384, "sha384", "cb00753f"),
        (SignatureScheme::EcdsaSha512, "sha512", "ddaf35a1"),
    ] {
        let (found, hash) = scheme.hash(b"abc").unwrap();
        assert_eq!(found, name);
        assert!(crosstrust_x509::hexadecimal(&hash).starts_with(expected), "{name}");
    }
    assert_eq!(SignatureScheme::Ed25519.hash(b"abc"), None);
}
