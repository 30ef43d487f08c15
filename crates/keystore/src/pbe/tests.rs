//! Vectors of specifications and of other implementations.

use super::Budget;
use super::Scheme;
use super::derive;
use super::derive::Purpose;
use super::digest::MD5;
use super::digest::SHA1;
use super::digest::SHA256;
use crate::der;
use crate::der::Reader;
use crate::error::Error;
use crate::error::FormatProblem;
use crate::hexadecimal;
use crate::secret::Password;

fn octets(text: &str) -> Vec<u8> {
    hexadecimal::decode(text).unwrap()
}

#[test]
fn the_derivation_of_pkcs12_gives_the_keys_of_openssls_test_data() {
    #[track_caller]
    fn check(password: &str, purpose: Purpose, salt: &str, iterations: u32, expected: &str) {
        let form = Password::new(password).bmp();
        let salt = octets(salt);
        let length = expected.len() / 2;
        let key = derive::pkcs12(SHA1, purpose, (&form, &salt), iterations, length);
        assert_eq!(*key, octets(expected));
    }
    use Purpose::EncryptionKey;
    use Purpose::InitialisationVector;
    use Purpose::MacKey;

    let key = "8aaae6297b6cb04642ab5b077851284eb7128f1a2a7fbca3";
    check("smeg", EncryptionKey, "0a58cf64530d823f", 1, key);
    check("smeg", InitialisationVector, "0a58cf64530d823f", 1, "79993dfe048d3b76");
    let key = "8d967d88f6caa9d714800ab3d48051d63f73a312";
    check("smeg", MacKey, "3d83c0e4546ac140", 1, key);
    let key = "ed2034e36328830ff09df1e1a07dd357185dac0d4f9eb3d4";
    check("queeg", EncryptionKey, "05dec959acff72f7", 1000, key);
    check("queeg", InitialisationVector, "05dec959acff72f7", 1000, "11dedad7758d4860");
    let key = "5ec4c7a80df652294c3925b6489a7ab857c83476";
    check("queeg", MacKey, "263216fcc2fab31c", 1000, key);
}

#[test]
fn pbkdf2_gives_the_keys_of_rfc_6070_and_rfc_7914() {
    let mut key = [0; 20];
    SHA1.pbkdf2(b"password", b"salt", 4096, &mut key);
    assert_eq!(key[..], octets("4b007901b765489abead49d926f721d065a429c1"));
    let mut key = [0; 16];
    SHA1.pbkdf2(b"pass\0word", b"sa\0lt", 4096, &mut key);
    assert_eq!(key[..], octets("56fa6aa75548099dcc37d7f03425e0c3"));
    let mut key = [0; 64];
    SHA256.pbkdf2(b"passwd", b"salt", 1, &mut key);
    assert_eq!(
        key[..],
        octets(
            "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc\
         49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783"
        )
    );
}

#[test]
fn the_traditional_derivation_is_one_round_of_md5() {
    // `openssl enc -aes-128-cbc -md md5 -P -pass pass:changeit -S 0102030405060708`
    let key = derive::openssl(MD5, b"changeit", &[1, 2, 3, 4, 5, 6, 7, 8], 16);
    assert_eq!(*key, octets(EVP_BYTES_TO_KEY));
}

/// The key that the command above prints.
const EVP_BYTES_TO_KEY: &str = "adea38067cd4060a485b36fabdf11c05";

fn pbes2(kdf: &[u8], cipher: &str, parameters: &[u8]) -> Vec<u8> {
    let cipher = der::sequence(&[&der::object_identifier(cipher), parameters]);
    let parameters = der::sequence(&[kdf, &cipher]);
    der::sequence(&[&der::object_identifier("1.2.840.113549.1.5.13"), &parameters])
}

fn scrypt(cost: u64, block_size: u64, parallelism: u64) -> Vec<u8> {
    let parameters = der::sequence(&[
        &der::octet_string(b"salt"),
        &der::integer(cost),
        &der::integer(block_size),
        &der::integer(parallelism),
    ]);
    der::sequence(&[&der::object_identifier("1.3.6.1.4.1.11591.4.11"), &parameters])
}

fn pbkdf2(iterations: u64, key_len: Option<u64>, prf: &str) -> Vec<u8> {
    let parameters = der::sequence(&[
        &der::octet_string(b"salt"),
        &der::integer(iterations),
        &key_len.map(der::integer).unwrap_or_default(),
        &der::sequence(&[&der::object_identifier(prf), &der::null()]),
    ]);
    der::sequence(&[&der::object_identifier("1.2.840.113549.1.5.12"), &parameters])
}

fn open(algorithm: &[u8]) -> Option<Error> {
    let scheme = match Scheme::read(&mut Reader::new(algorithm, "test")) {
        Ok(scheme) => scheme,
        Err(error) => return Some(error),
    };
    scheme.open(&[0; 16], &Password::new("x"), &mut Budget::new()).err()
}

const AES_256_CBC: &str = "2.16.840.1.101.3.4.1.42";
const HMAC_SHA256: &str = "1.2.840.113549.2.9";

#[test]
fn costs_beyond_the_limits_are_refused_before_any_work() {
    let iv = der::octet_string(&[0; 16]);
    for (cost, block_size, parallelism) in
        [(0, 8, 1), (1, 8, 1), (3, 8, 1), (16, 0, 1), (16, 8, 0), (1 << 30, 8, 1), (1 << 14, 8, 17)]
    {
        let error = open(&pbes2(&scrypt(cost, block_size, parallelism), AES_256_CBC, &iv));
        let limit_mib = 256;
        let expected = Error::ScryptCost { cost, block_size, parallelism, limit_mib };
        assert_eq!(error, Some(expected));
    }
    for iterations in [5_000_001, 2_147_483_647, u64::MAX] {
        let error = open(&pbes2(&pbkdf2(iterations, None, HMAC_SHA256), AES_256_CBC, &iv));
        assert_eq!(error, Some(Error::TooManyIterations { iterations, limit: 5_000_000 }));
    }
}

#[test]
fn unknown_algorithms_are_named_with_their_role() {
    #[track_caller]
    fn check(algorithm: &[u8], role: &'static str, name: &str, oid: &str) {
        let (name, oid) = (name.to_owned(), oid.to_owned());
        assert_eq!(open(algorithm), Some(Error::UnsupportedAlgorithm { role, name, oid }));
    }

    let iv = der::octet_string(&[0; 16]);
    let kdf = pbkdf2(1, None, HMAC_SHA256);
    let seed = "1.2.410.200004.1.4";
    check(&pbes2(&kdf, seed, &iv), "cipher", "SEED-CBC", seed);
    let streebog = "1.2.643.7.1.1.4.2";
    let kdf = pbkdf2(1, None, streebog);
    check(&pbes2(&kdf, AES_256_CBC, &iv), "pseudo-random function", "unknown", streebog);
    let other = der::sequence(&[&der::object_identifier("1.2.3.4")]);
    check(&pbes2(&other, AES_256_CBC, &iv), "key derivation function", "unknown", "1.2.3.4");
    check(&other, "encryption scheme", "unknown", "1.2.3.4");
}

#[test]
fn key_lengths_and_vectors_must_fit_the_cipher() {
    let invalid = |what| {
        let part = "encryption parameters";
        Some(Error::Damaged { part, problem: FormatProblem::InvalidValue { what } })
    };
    let iv = der::octet_string(&[0; 16]);
    let kdf = pbkdf2(1, Some(16), HMAC_SHA256);
    assert_eq!(open(&pbes2(&kdf, AES_256_CBC, &iv)), invalid("key length"));
    let kdf = pbkdf2(1, Some(1 << 40), HMAC_SHA256);
    assert_eq!(open(&pbes2(&kdf, AES_256_CBC, &iv)), invalid("key length"));
    let short = der::octet_string(&[0; 8]);
    let kdf = pbkdf2(1, None, HMAC_SHA256);
    assert_eq!(open(&pbes2(&kdf, AES_256_CBC, &short)), invalid("initialisation vector"));
}
