//! An encryption scheme as an AlgorithmIdentifier names it, and decryption with it.

use std::fmt;

use zeroize::Zeroizing;

use super::budget::Budget;
use super::cipher::Cipher;
use super::cipher::CipherKey;
use super::derive;
use super::derive::Purpose;
use super::name_of;
use super::parameters::CipherParameters;
use super::parameters::Kdf;
use super::parameters::invalid;
use super::pbes1::Derivation;
use super::pbes1::Pbes1;
use crate::der::AlgorithmIdentifier;
use crate::der::Reader;
use crate::der::is_one_sequence;
use crate::error::Error;
use crate::secret::Password;

/// How something is encrypted, for showing it.
///
/// Prints as `PBES2, PBKDF2 with HMAC-SHA-256, AES-256-CBC, 10000 iterations`.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct EncryptionScheme {
    /// The scheme: `PBES2`, or the name of a PBES1 combination.
    pub name: String,
    /// The derivation of the key: `PBKDF2 with HMAC-SHA-256`.
    pub derivation: String,
    /// The cipher: `AES-256-CBC`.
    pub cipher: String,
    /// Iterations of the derivation; scrypt has none.
    pub iterations: Option<u64>,
}

impl EncryptionScheme {
    /// The scheme of PEM blocks with a `DEK-Info` header.
    pub const DEK_INFO: &'static str = "PEM encryption";
}

impl fmt::Display for EncryptionScheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, derivation, cipher, iterations } = self;
        write!(f, "{name}, {derivation}, {cipher}")?;
        iterations.map_or(Ok(()), |iterations| write!(f, ", {iterations} iterations"))
    }
}

/// A scheme with all its parameters.
pub(crate) enum Scheme {
    /// One of the fixed combinations.
    Pbes1 { row: &'static Pbes1, cipher: &'static Cipher, salt: Vec<u8>, iterations: u64 },
    /// RFC 8018, section 6.2.
    Pbes2 { kdf: Kdf, key_len: usize, cipher: CipherParameters },
}

impl Scheme {
    /// The scheme that an AlgorithmIdentifier names.
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, Error> {
        let algorithm = AlgorithmIdentifier::read(reader)?;
        if algorithm.oid == PBES2 {
            return Self::pbes2(&mut algorithm.sequence("PBES2 parameters")?);
        }
        let unsupported = |oid: &str| Error::UnsupportedAlgorithm {
            role: "encryption scheme",
            name: name_of(oid),
            oid: oid.to_owned(),
        };
        let row = Pbes1::by_oid(&algorithm.oid).ok_or_else(|| unsupported(&algorithm.oid))?;
        let cipher = Cipher::by_name(row.cipher).ok_or_else(|| unsupported(row.oid))?;
        let mut parameters = algorithm.sequence("PBES1 parameters")?;
        let salt = parameters.octet_string()?.into_owned();
        let iterations = parameters.integer()?;
        Ok(Self::Pbes1 { row, cipher, salt, iterations })
    }

    fn pbes2(parameters: &mut Reader<'_>) -> Result<Self, Error> {
        let kdf = Kdf::read(parameters)?;
        let cipher = CipherParameters::read(parameters)?;
        let key_len = kdf.key_len.or(cipher.key_len).unwrap_or(cipher.cipher.key_len);
        let (least, most) = cipher.cipher.key_range;
        if !(least..=most).contains(&key_len) {
            return Err(invalid("key length"));
        }
        Ok(Self::Pbes2 { kdf, key_len, cipher })
    }

    /// Decrypts one SEQUENCE. That nothing sensible comes out means that the password is wrong.
    pub(crate) fn open(
        &self,
        data: &[u8],
        password: &Password,
        budget: &mut Budget,
    ) -> Result<Zeroizing<Vec<u8>>, Error> {
        for form in self.forms(password) {
            let plain = self.decrypt(data, &form, budget)?;
            if let Some(plain) = plain.filter(|plain| is_one_sequence(plain)) {
                return Ok(plain);
            }
        }
        Err(Error::WrongPassword)
    }

    /// What to show of it.
    pub(crate) fn describe(&self) -> EncryptionScheme {
        match self {
            Self::Pbes1 { row, cipher, iterations, .. } => EncryptionScheme {
                name: row.name.to_owned(),
                derivation: match row.derivation {
                    Derivation::Pkcs12 => format!("PKCS#12 derivation with {}", row.digest.name),
                    Derivation::Pkcs5 => format!("PBKDF1 with {}", row.digest.name),
                },
                cipher: cipher.name.to_owned(),
                iterations: Some(*iterations),
            },
            Self::Pbes2 { kdf, cipher, .. } => EncryptionScheme {
                name: "PBES2".to_owned(),
                derivation: kdf.name(),
                cipher: cipher.cipher.name.to_owned(),
                iterations: kdf.iterations(),
            },
        }
    }

    fn forms(&self, password: &Password) -> Vec<Zeroizing<Vec<u8>>> {
        match self {
            Self::Pbes1 { row, .. } if row.derivation == Derivation::Pkcs12 => {
                password.pkcs12_forms()
            }
            Self::Pbes1 { .. } => vec![password.utf8()],
            Self::Pbes2 { .. } => password.pbes2_forms(),
        }
    }

    fn decrypt(
        &self,
        data: &[u8],
        password: &[u8],
        budget: &mut Budget,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, Error> {
        match self {
            Self::Pbes1 { row, cipher, salt, iterations } => {
                let iterations = budget.spend(*iterations, PBES1_BLOCKS, row.digest.cost)?;
                let (key, iv) = pbes1_key(row, cipher, (password, salt), iterations);
                let effective_bits = row.key_len * 8;
                Ok(cipher.decrypt(&CipherKey { key: &key, iv: &iv, effective_bits }, data))
            }
            Self::Pbes2 { kdf, key_len, cipher } => {
                let key = kdf.derive(password, *key_len, budget)?;
                let CipherParameters { cipher, iv, effective_bits, .. } = cipher;
                let effective_bits = *effective_bits;
                Ok(cipher.decrypt(&CipherKey { key: &key, iv, effective_bits }, data))
            }
        }
    }
}

/// Key and initialisation vector of a fixed combination.
pub(crate) fn pbes1_key(
    row: &Pbes1,
    cipher: &Cipher,
    (password, salt): (&[u8], &[u8]),
    iterations: u32,
) -> (Zeroizing<Vec<u8>>, Zeroizing<Vec<u8>>) {
    if row.derivation == Derivation::Pkcs12 {
        let derive = |purpose, length| {
            derive::pkcs12(row.digest, purpose, (password, salt), iterations, length)
        };
        return (
            derive(Purpose::EncryptionKey, row.key_len),
            derive(Purpose::InitialisationVector, cipher.iv_len),
        );
    }
    let both = derive::pbkdf1(row.digest, password, salt, iterations);
    let (key, rest) = both.split_at_checked(row.key_len).unwrap_or_default();
    let iv = rest.get(..cipher.iv_len).unwrap_or_default();
    (Zeroizing::new(key.to_vec()), Zeroizing::new(iv.to_vec()))
}

pub(crate) const PBES2: &str = "1.2.840.113549.1.5.13";
/// Two blocks of SHA-1 for the longest key, one for the vector.
const PBES1_BLOCKS: usize = 3;
