//! The extensions of certificates and requests, byte for byte as RFC 5280 encodes them. The numbers
//! are those of `tests/cli/certutil/README.md`.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use crosstrust_issue::{
    Instance, InstanceText, Issuer, KeyPurpose, Profile, Purpose, issue_for, request,
};
use crosstrust_keystore::{KeyType, PrivateKey};
use crosstrust_x509::{KeyUsageBit, Timestamp};

/// DER of a self-signed certificate, and of a request, for the same instance and purpose.
fn made(text: &InstanceText, purpose: &Purpose) -> [Vec<u8>; 2] {
    let instance = Instance::from_text(text).unwrap();
    let key = PrivateKey::generate(KeyType::EcP256).unwrap();
    let now = Timestamp::from_unix(1_700_000_000);
    let profile = Profile { key_type: KeyType::EcP256, days: 7, now };
    let signer = Issuer::SelfSigned;
    let issued = issue_for(&instance, key.clone(), signer, &profile, purpose).unwrap();
    let requested = request(&instance, key, purpose).unwrap();
    [issued.certificate.der().to_vec(), requested.request.der().to_vec()]
}

fn named(name: &str) -> InstanceText {
    InstanceText { name: name.to_owned(), ..InstanceText::default() }
}

fn count(haystack: &[u8], needle: &[u8]) -> usize {
    haystack.windows(needle.len()).filter(|window| *window == needle).count()
}

/// B03: an address alone is one iPAddress, with no name looked up for it.
#[test]
fn an_address_is_one_name() {
    let mut text = named("n");
    text.ip = vec!["127.0.0.1".to_owned()];
    for der in made(&text, &Purpose::default()) {
        // subjectAltName, not critical: an OCTET STRING of a SEQUENCE of one [7] of four octets.
        let expected = b"\x06\x03\x55\x1d\x11\x04\x08\x30\x06\x87\x04\x7f\x00\x00\x01";
        assert_eq!(count(&der, expected), 1);
    }
}

/// B05: keyUsage is critical and has exactly the bits that are given; without any it is not there.
#[test]
fn key_usage_has_the_bits_given() {
    use KeyUsageBit::{CrlSign, DecipherOnly, DigitalSignature, KeyCertSign, KeyEncipherment};

    for (bits, value) in [
        (vec![DigitalSignature], &b"\x03\x02\x07\x80"[..]),
        (vec![KeyEncipherment, DigitalSignature], b"\x03\x02\x05\xa0"),
        (vec![KeyCertSign, CrlSign], b"\x03\x02\x01\x06"),
        (vec![DecipherOnly], b"\x03\x03\x07\x00\x80"),
        (KeyUsageBit::ALL.to_vec(), b"\x03\x03\x07\xff\x80"),
    ] {
        let purpose = Purpose { key_usage: bits.clone(), ..Purpose::default() };
        let length = u8::try_from(value.len()).unwrap();
        let critical = b"\x06\x03\x55\x1d\x0f\x01\x01\xff";
        let expected = [&critical[..], &[0x04, length], value].concat();
        for der in made(&named("n"), &purpose) {
            assert_eq!(count(&der, &expected), 1, "{bits:?}");
        }
    }
    for der in made(&named("n"), &Purpose::default()) {
        assert_eq!(count(&der, b"\x06\x03\x55\x1d\x0f"), 0);
    }
}

/// B06: extendedKeyUsage is not critical and has the purposes that are given, in their order.
#[test]
fn extended_key_usage_has_the_purposes_given() {
    const SERVER: &[u8] = b"\x06\x08\x2b\x06\x01\x05\x05\x07\x03\x01";
    const CLIENT: &[u8] = b"\x06\x08\x2b\x06\x01\x05\x05\x07\x03\x02";
    use KeyPurpose::{ClientAuth, ServerAuth};

    for (given, value) in [
        (vec![ServerAuth], vec![SERVER]),
        (vec![ClientAuth], vec![CLIENT]),
        (vec![ServerAuth, ClientAuth], vec![SERVER, CLIENT]),
        (vec![ClientAuth, ServerAuth], vec![CLIENT, SERVER]),
    ] {
        let purpose = Purpose { extended_key_usage: given.clone(), ..Purpose::default() };
        let value = value.concat();
        let length = u8::try_from(value.len()).unwrap();
        let head = [0x06, 0x03, 0x55, 0x1d, 0x25, 0x04, length + 2, 0x30, length];
        for der in made(&named("n"), &purpose) {
            assert_eq!(count(&der, &[&head[..], &value].concat()), 1, "{given:?}");
        }
    }
    for der in made(&named("n"), &Purpose::default()) {
        assert_eq!(count(&der, b"\x06\x03\x55\x1d\x25"), 0);
    }
}
