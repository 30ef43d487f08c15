//! Damaged and malicious files: an error within bounded time, never a panic.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]
#![allow(clippy::disallowed_methods, reason = "tests read the fixtures")]

use std::fs;
use std::path::PathBuf;

use crosstrust_keystore::Error;
use crosstrust_keystore::Password;
use crosstrust_keystore::open::open;

fn fixture(path: &str) -> Vec<u8> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fixtures");
    fs::read(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn attempt(bytes: &[u8]) -> Option<Error> {
    open(bytes, &[Password::new("changeit")]).err()
}

/// Files of each format whose keys are cheap to derive.
const FILES: [&str; 9] = [
    "p12/openssl/one-iteration.p12",
    "p12/openssl/plain-bags-no-mac.p12",
    "p12/keytool/truststore.jks",
    "p12/keytool/ca.jks",
    "pem/ca.der",
    "pem/chain.p7b.der",
    "pem/keys/rsa-pkcs8.der",
    "pem/keys/ec-sec1.key",
    "pem/bundle-with-text.crt",
];

#[test]
fn files_that_are_cut_off_are_no_panic() {
    for path in FILES {
        let bytes = fixture(path);
        for length in (0..bytes.len()).step_by(1 + bytes.len() / 400) {
            attempt(&bytes[..length]);
        }
    }
}

#[test]
fn files_with_a_changed_octet_are_no_panic() {
    for path in FILES {
        let bytes = fixture(path);
        for position in (0..bytes.len()).step_by(1 + bytes.len() / 400) {
            for value in [0x00, 0x7f, 0x80, 0xff, bytes[position] ^ 0x01] {
                let mut changed = bytes.clone();
                changed[position] = value;
                attempt(&changed);
            }
        }
    }
}

#[test]
fn lengths_of_four_gibibytes_are_refused() {
    for bytes in [
        &[0x30, 0x84, 0xff, 0xff, 0xff, 0xff, 0x02, 0x01, 0x03][..],
        &[0x30, 0x88, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff][..],
        // A JKS key store of four thousand million entries, and one with a huge certificate.
        &[0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 2, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0][..],
    ] {
        assert!(matches!(attempt(bytes), Some(Error::Damaged { .. })), "{bytes:?}");
    }
}

#[test]
fn nesting_without_end_is_refused() {
    for level in [&[0x30, 0x80][..], &[0x24, 0x80][..], &[0xa0, 0x80][..]] {
        let nested = level.repeat(100_000);
        let begin = [0x30, 0x80, 0x02, 0x01, 0x03, 0x30, 0x80, 0x06, 0x03, 0x2a, 0x03, 0x04];
        assert!(attempt(&[&begin[..], &nested].concat()).is_some());
        assert!(attempt(&nested).is_some());
    }
}

#[test]
fn what_is_in_no_format_is_told_so() {
    for bytes in [&b"hello"[..], &[0, 1, 2, 3][..], &[0xff; 100][..]] {
        assert!(matches!(attempt(bytes), Some(Error::UnknownFormat { .. })), "{bytes:?}");
    }
    for bytes in [&b""[..], &b" \r\n"[..]] {
        assert_eq!(attempt(bytes), Some(Error::Empty));
    }
}
