//! Damaged and malicious files: an error within bounded time, never a panic.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::time::Duration;
use std::time::Instant;

use crosstrust_keystore::Error;
use crosstrust_keystore::Password;
use crosstrust_keystore::open::open;
use crosstrust_testkit::fixture;

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

/// An element of ASN.1 with a definite length, in DER.
fn element(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let octets = content.len().to_be_bytes();
    let digits: Vec<u8> = octets.into_iter().skip_while(|octet| *octet == 0).collect();
    let length = match content.len() {
        short @ ..0x80 => vec![u8::try_from(short).unwrap()],
        _ => [&[0x80 | u8::try_from(digits.len()).unwrap()], &digits[..]].concat(),
    };
    [&[tag], &length[..], &content].concat()
}

fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    element(0x30, parts)
}

fn integer(value: u64) -> Vec<u8> {
    element(0x02, &[&[0], &value.to_be_bytes()])
}

const DATA: &[u8] = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01";
const ENCRYPTED_DATA: &[u8] = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x06";
const PBES2: &[u8] = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x05\x0d";
const PBKDF2: &[u8] = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x05\x0c";
const SCRYPT: &[u8] = b"\x06\x09\x2b\x06\x01\x04\x01\xda\x47\x04\x0b";
const PBE_3DES: &[u8] = b"\x06\x0a\x2a\x86\x48\x86\xf7\x0d\x01\x0c\x01\x03";
const AES_256_CBC: &[u8] = b"\x06\x09\x60\x86\x48\x01\x65\x03\x04\x01\x2a";
const SHA_256: &[u8] = b"\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00";
const SALT: &[u8] = b"\x04\x08saltsalt";

/// A key store without an authentication code and with these parts (RFC 7292, section 4).
fn store(parts: &[u8], mac: &[u8]) -> Vec<u8> {
    let safe = element(0x04, &[&sequence(&[parts])]);
    let content = sequence(&[DATA, &element(0xa0, &[&safe])]);
    sequence(&[&[2, 1, 3], &content, mac])
}

/// A key store with one part that is encrypted in this way.
fn encrypted(algorithm: &[u8]) -> Vec<u8> {
    let info = sequence(&[DATA, algorithm, &element(0x80, &[&[0; 64]])]);
    let data = element(0xa0, &[&sequence(&[&[2, 1, 0], &info])]);
    store(&sequence(&[ENCRYPTED_DATA, &data]), &[])
}

fn pbes2(derivation: &[u8]) -> Vec<u8> {
    let cipher = sequence(&[AES_256_CBC, &element(0x04, &[&[0; 16]])]);
    encrypted(&sequence(&[PBES2, &sequence(&[derivation, &cipher])]))
}

fn pbkdf2(iterations: u64) -> Vec<u8> {
    pbes2(&sequence(&[PBKDF2, &sequence(&[SALT, &integer(iterations)])]))
}

fn scrypt(cost: u64, block_size: u64, parallelism: u64) -> Vec<u8> {
    let numbers = [cost, block_size, parallelism].map(integer).concat();
    pbes2(&sequence(&[SCRYPT, &sequence(&[SALT, &numbers])]))
}

/// Sequences in one another, written from the inside and back to front, since each level would copy
/// all those in it otherwise.
fn nested(depth: usize) -> Vec<u8> {
    let mut reversed = vec![0x00, 0x30];
    for _ in 1..depth {
        let octets = reversed.len().to_be_bytes();
        let digits: Vec<u8> = octets.into_iter().skip_while(|octet| *octet == 0).collect();
        reversed.extend(digits.iter().rev());
        reversed.extend([0x80 | u8::try_from(digits.len()).unwrap(), 0x30]);
    }
    reversed.reverse();
    reversed
}

/// Files that ask for more work than there is time: each is the error of its kind, at once.
#[test]
fn files_that_ask_for_endless_work_are_refused_within_a_second() {
    #[track_caller]
    fn check(what: &str, bytes: &[u8], expected: impl Fn(&Error) -> bool) {
        let start = Instant::now();
        let error = attempt(bytes);
        let elapsed = start.elapsed();
        assert!(error.as_ref().is_some_and(expected), "{what}: {error:?}");
        assert!(elapsed < Duration::from_secs(1), "{what}: {elapsed:?}");
    }
    let iterations = |count: u64| move |error: &Error| matches!(error, Error::TooManyIterations { iterations, limit: 5_000_000 } if *iterations == count);
    let scrypt_cost = |error: &Error| matches!(error, Error::ScryptCost { limit_mib: 256, .. });
    let damaged = |error: &Error| matches!(error, Error::Damaged { .. });
    let too_deep = |error: &Error| matches!(error, Error::TooDeep { .. });

    let most = 0x7fff_ffff;
    check("PBKDF2", &pbkdf2(most), iterations(most));
    check("PBKDF2, 2^64-1", &pbkdf2(u64::MAX), iterations(u64::MAX));
    let pbes1 = encrypted(&sequence(&[PBE_3DES, &sequence(&[SALT, &integer(most)])]));
    check("PBES1", &pbes1, iterations(most));
    let digest = sequence(&[&sequence(&[SHA_256]), &element(0x04, &[&[0; 32]])]);
    let mac = sequence(&[&digest, SALT, &integer(most)]);
    check("MAC", &store(&[], &mac), iterations(most));

    check("scrypt N=0", &scrypt(0, 8, 1), scrypt_cost);
    check("scrypt N=2^40", &scrypt(1 << 40, 8, 1), scrypt_cost);
    check("scrypt r=2^30", &scrypt(2, 1 << 30, 1), scrypt_cost);
    check("scrypt p=2^30", &scrypt(2, 1, 1 << 30), scrypt_cost);

    let four_gib = [0x04, 0x84, 0xff, 0xff, 0xff, 0xff];
    check("store of 4 GiB", &[&[0x30], &four_gib[1..], &[2, 1, 3]].concat(), damaged);
    let inside = sequence(&[&[2, 1, 3], &sequence(&[DATA, &element(0xa0, &[&four_gib])])]);
    check("content of 4 GiB", &inside, damaged);
    let salt = pbes2(&sequence(&[PBKDF2, &sequence(&[&four_gib, &integer(1)])]));
    check("salt of 4 GiB", &salt, damaged);
    let jks = [0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0, 1, 0x61];
    let jks = [&jks[..], &[0; 8], &[0, 5], b"X.509", &[0xff; 4], &[0; 40]].concat();
    check("JKS certificate of 4 GiB", &jks, damaged);

    let hundred_thousand = nested(100_000);
    check("nested sequences in a store", &store(&hundred_thousand, &[]), |error| {
        damaged(error) || too_deep(error)
    });
    check("nested sequences alone", &hundred_thousand, |error| {
        damaged(error) || too_deep(error) || matches!(error, Error::Certificate(_))
    });
    let end = [0, 0].repeat(100_000);
    let octets = [&[0x24, 0x80].repeat(100_000)[..], &end].concat();
    let content = [&[0xa0, 0x80][..], &octets, &[0, 0]].concat();
    let indefinite = [&[0x30, 0x80, 2, 1, 3, 0x30, 0x80][..], DATA, &content, &[0; 4]].concat();
    check("nested strings of indefinite length", &indefinite, too_deep);
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
