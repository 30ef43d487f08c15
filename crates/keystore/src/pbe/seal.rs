//! Encryption and authentication as they are written.

use zeroize::Zeroizing;

use super::cipher::Cipher;
use super::cipher::CipherKey;
use super::derive;
use super::derive::Purpose;
use super::digest::SHA1;
use super::digest::SHA256;
use super::pbes1::SHA1_3DES;
use super::scheme::PBES2;
use super::scheme::pbes1_key;
use crate::der;
use crate::error::Error;
use crate::random;
use crate::secret::Password;

/// Which algorithms a key store is written with.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum StoreProfile {
    /// For readers that know nothing newer, such as Windows Server 2016: triple DES, HMAC-SHA-1.
    LegacyDes,
    /// As Java since version 16: PBES2 with AES-256 and HMAC-SHA-256, 10,000 iterations.
    #[default]
    Modern,
}

/// Something encrypted.
pub(crate) struct Sealed {
    /// The AlgorithmIdentifier of the scheme.
    pub(crate) algorithm: Vec<u8>,
    /// The ciphertext.
    pub(crate) data: Vec<u8>,
}

/// Encrypts `plain` under a fresh salt.
pub(crate) fn seal(
    profile: StoreProfile,
    plain: &[u8],
    password: &Password,
) -> Result<Sealed, Error> {
    match profile {
        StoreProfile::Modern => pbes2(plain, password),
        StoreProfile::LegacyDes => pbes1(plain, password),
    }
}

/// The `MacData` of `content` under a fresh salt (RFC 7292, section 4).
pub(crate) fn mac(
    profile: StoreProfile,
    content: &[u8],
    password: &Password,
) -> Result<Vec<u8>, Error> {
    let digest = match profile {
        StoreProfile::Modern => SHA256,
        StoreProfile::LegacyDes => SHA1,
    };
    let salt = random::bytes::<SALT_LEN>()?;
    let form = password.bmp();
    let input = (form.as_slice(), salt.as_slice());
    let key = derive::pkcs12(digest, Purpose::MacKey, input, ITERATIONS, digest.output_len);
    let algorithm = der::sequence(&[&der::object_identifier(digest.oid), &der::null()]);
    let value = der::octet_string(&digest.hmac(&key, content));
    Ok(der::sequence(&[
        &der::sequence(&[&algorithm, &value]),
        &der::octet_string(&salt),
        &der::integer(ITERATIONS.into()),
    ]))
}

fn pbes2(plain: &[u8], password: &Password) -> Result<Sealed, Error> {
    let cipher = Cipher::by_oid(AES_256_CBC)?;
    let salt = random::bytes::<SALT_LEN>()?;
    let iv = random::bytes::<AES_BLOCK>()?;
    let mut key = Zeroizing::new(vec![0; cipher.key_len]);
    SHA256.pbkdf2(&password.utf8(), &salt, ITERATIONS, &mut key);
    let data = cipher.encrypt(&CipherKey { key: &key, iv: &iv, effective_bits: 0 }, plain)?;
    Ok(Sealed { algorithm: pbes2_algorithm(&salt, &iv), data })
}

/// The same octets that a Java key store has, field for field.
fn pbes2_algorithm(salt: &[u8], iv: &[u8]) -> Vec<u8> {
    let prf = der::sequence(&[&der::object_identifier(HMAC_SHA256), &der::null()]);
    let parameters = der::sequence(&[
        &der::octet_string(salt),
        &der::integer(ITERATIONS.into()),
        &der::integer(AES_256_KEY),
        &prf,
    ]);
    let kdf = der::sequence(&[&der::object_identifier(PBKDF2), &parameters]);
    let cipher = der::sequence(&[&der::object_identifier(AES_256_CBC), &der::octet_string(iv)]);
    der::sequence(&[&der::object_identifier(PBES2), &der::sequence(&[&kdf, &cipher])])
}

fn pbes1(plain: &[u8], password: &Password) -> Result<Sealed, Error> {
    let cipher = Cipher::by_oid(DES_EDE3_CBC)?;
    let salt = random::bytes::<SALT_LEN>()?;
    let form = password.bmp();
    let (key, iv) = pbes1_key(SHA1_3DES, cipher, (&form, &salt), ITERATIONS);
    let data = cipher.encrypt(&CipherKey { key: &key, iv: &iv, effective_bits: 0 }, plain)?;
    let parameters = der::sequence(&[&der::octet_string(&salt), &der::integer(ITERATIONS.into())]);
    let algorithm = der::sequence(&[&der::object_identifier(SHA1_3DES.oid), &parameters]);
    Ok(Sealed { algorithm, data })
}

/// What the JVM writes since version 16.
const ITERATIONS: u32 = 10_000;
const SALT_LEN: usize = 20;
const AES_BLOCK: usize = 16;
const AES_256_KEY: u64 = 32;
const AES_256_CBC: &str = "2.16.840.1.101.3.4.1.42";
const DES_EDE3_CBC: &str = "1.2.840.113549.3.7";
const HMAC_SHA256: &str = "1.2.840.113549.2.9";
const PBKDF2: &str = "1.2.840.113549.1.5.12";
