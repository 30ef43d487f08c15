//! JKS and JCEKS, Java's own key stores of before Java 9: read, never written.
//!
//! Their certificates are in the clear. JKS hides a private key under a key stream of SHA-1; JCEKS
//! encrypts it with triple DES, whose key comes from the password in a way that nothing else uses.

use crosstrust_x509::Certificate;
use zeroize::Zeroizing;

use crate::der::AlgorithmIdentifier;
use crate::der::Reader;
use crate::der::is_one_sequence;
use crate::entry::CertificateEntry;
use crate::entry::Entry;
use crate::entry::KeyEntry;
use crate::entry::StoredKey;
use crate::error::Error;
use crate::error::FormatProblem;
use crate::pbe::Budget;
use crate::pbe::cipher::Cipher;
use crate::pbe::cipher::CipherKey;
use crate::pbe::digest::MD5;
use crate::pbe::digest::SHA1;
use crate::private_key::PrivateKey;
use crate::secret::Password;

/// Whether the bytes begin like one of these key stores.
pub(crate) fn is_jks(bytes: &[u8]) -> bool {
    bytes.starts_with(&JKS_MAGIC) || is_jceks(bytes)
}

/// Whether it is the later one of the two.
pub(crate) fn is_jceks(bytes: &[u8]) -> bool {
    bytes.starts_with(&JCEKS_MAGIC)
}

/// The entries of a key store, all of which a JVM lists.
pub(crate) fn read(
    bytes: &[u8],
    password: &Password,
    keys: &Password,
    budget: &mut Budget,
) -> Result<Vec<Entry>, Error> {
    let password = utf16(password);
    let length =
        bytes.len().checked_sub(SHA1.output_len).ok_or(damaged(FormatProblem::Truncated))?;
    let (content, digest) = bytes.split_at_checked(length).unwrap_or_default();
    let mut fields = Fields { rest: content };
    fields.take(JKS_MAGIC.len())?;
    let version = fields.number()?;
    let count = fields.number()?;
    let entries = entries(&mut fields, (version, count), keys, budget);
    // The digest is looked at last: a damaged structure is no matter of the password.
    if matches!(entries, Ok(_) | Err(Error::WrongPassword))
        && *SHA1.rounds(&Zeroizing::new([&password, WHITENER, content].concat()), 1) != digest
    {
        return Err(Error::WrongPassword);
    }
    entries
}

fn entries(
    fields: &mut Fields<'_>,
    (version, count): (u32, u32),
    password: &Password,
    budget: &mut Budget,
) -> Result<Vec<Entry>, Error> {
    let mut entries = Vec::new();
    for _ in 0..count {
        let kind = fields.number()?;
        let alias = Some(fields.text()?);
        fields.take(DATE_LEN)?;
        let java_alias = alias.clone();
        entries.push(match kind {
            PRIVATE_KEY => {
                let key = private_key(fields.block()?, password, budget);
                let length = fields.number()?;
                let chain = (0..length).map(|_| certificate(fields, version));
                let chain = chain.collect::<Result<_, _>>()?;
                // Neither way of hiding a key is one that a JVM lacks.
                let encryption = None;
                Entry::Key(KeyEntry { alias, java_alias, key, encryption, chain })
            }
            TRUSTED_CERTIFICATE => {
                let certificate = certificate(fields, version)?;
                Entry::TrustedCertificate(CertificateEntry { alias, java_alias, certificate })
            }
            // What follows has no length, so that nothing behind it can be found.
            SECRET_KEY => {
                return Err(Error::UnsupportedFeature { feature: "JCEKS with a secret key" });
            }
            _ => return Err(damaged(FormatProblem::InvalidValue { what: "kind of entry" })),
        });
    }
    Ok(entries)
}

fn certificate(fields: &mut Fields<'_>, version: u32) -> Result<Certificate, Error> {
    if version > 1 {
        fields.text()?;
    }
    Certificate::from_der(fields.block()?).map_err(Error::Certificate)
}

fn private_key(bytes: &[u8], password: &Password, budget: &mut Budget) -> StoredKey {
    match decrypt(bytes, password, budget) {
        Ok(key) => StoredKey::Open(Box::new(key)),
        Err(error) => StoredKey::Locked(error),
    }
}

fn decrypt(bytes: &[u8], password: &Password, budget: &mut Budget) -> Result<PrivateKey, Error> {
    let mut info = Reader::new(bytes, KEY).sequence()?;
    let algorithm = AlgorithmIdentifier::read(&mut info)?;
    match algorithm.oid.as_str() {
        KEY_PROTECTOR => without_key_stream(&info.octet_string()?, &utf16(password)),
        PBE_WITH_MD5_AND_TRIPLE_DES => {
            let mut parameters = algorithm.sequence(KEY)?;
            let salt = parameters.octet_string()?;
            let iterations = budget.spend(parameters.integer()?, SALT_HALVES, MD5.cost)?;
            let key = triple_des_key(&salt, iterations, &password.utf8())?;
            let plain = decrypt_triple_des(&key, &info.octet_string()?);
            // The padding of what another key gives may be right by chance.
            let plain = plain.filter(|plain| is_one_sequence(plain));
            PrivateKey::from_pkcs8_der(&plain.ok_or(Error::WrongPassword)?)
        }
        _ => Err(Error::UnsupportedAlgorithm {
            role: "encryption scheme",
            name: "unknown".to_owned(),
            oid: algorithm.oid,
        }),
    }
}

/// The key and the initialisation vector behind it, as `PBEWithMD5AndTripleDES` of Java makes them:
/// each half of the salt is digested with the password again and again.
fn triple_des_key(
    salt: &[u8],
    iterations: u32,
    password: &[u8],
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let (first, second) = salt.split_at_checked(SALT_HALF_LEN).unwrap_or_default();
    if second.len() != SALT_HALF_LEN {
        return Err(damaged(FormatProblem::InvalidValue { what: "salt" }));
    }
    let first = match first {
        // Of equal halves Java means to turn one round, and turns it so.
        [a, b, _, d] if first == second => vec![*d, *a, *b, *d],
        _ => first.to_vec(),
    };
    let mut key = Zeroizing::new(Vec::new());
    for half in [first.as_slice(), second] {
        let mut value = Zeroizing::new(half.to_vec());
        for _ in 0..iterations {
            value = MD5.rounds(&Zeroizing::new([&value, password].concat()), 1);
        }
        key.extend_from_slice(&value);
    }
    Ok(key)
}

fn decrypt_triple_des(key: &[u8], data: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let cipher = Cipher::by_name("DES-EDE3-CBC")?;
    let (key, iv) = key.split_at_checked(cipher.key_len)?;
    cipher.decrypt(&CipherKey { key, iv, effective_bits: 0 }, data)
}

/// Takes the key stream off a key and checks the digest behind it.
fn without_key_stream(data: &[u8], password: &[u8]) -> Result<PrivateKey, Error> {
    let truncated = damaged(FormatProblem::Truncated);
    let (salt, rest) = data.split_at_checked(SHA1.output_len).ok_or(truncated.clone())?;
    let length = rest.len().checked_sub(SHA1.output_len).ok_or(truncated)?;
    let (ciphertext, digest) = rest.split_at_checked(length).unwrap_or_default();
    let mut plain = Zeroizing::new(ciphertext.to_vec());
    let mut block = Zeroizing::new(salt.to_vec());
    for chunk in plain.chunks_mut(SHA1.output_len) {
        block = SHA1.rounds(&Zeroizing::new([password, &block].concat()), 1);
        chunk.iter_mut().zip(block.iter()).for_each(|(octet, mask)| *octet ^= mask);
    }
    if *SHA1.rounds(&Zeroizing::new([password, &plain].concat()), 1) != digest {
        return Err(Error::WrongPassword);
    }
    PrivateKey::from_pkcs8_der(&plain)
}

/// Big-endian UTF-16 without a terminator.
fn utf16(password: &Password) -> Zeroizing<Vec<u8>> {
    let mut bytes = password.bmp();
    let length = bytes.len().saturating_sub(2);
    bytes.truncate(length);
    bytes
}

/// The fields of a Java `DataInputStream`.
struct Fields<'a> {
    rest: &'a [u8],
}

impl<'a> Fields<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], Error> {
        let split = self.rest.split_at_checked(count);
        let (taken, rest) = split.ok_or(damaged(FormatProblem::Truncated))?;
        self.rest = rest;
        Ok(taken)
    }

    fn number(&mut self) -> Result<u32, Error> {
        let octets = self.take(size_of::<u32>())?;
        Ok(octets.iter().fold(0, |number, octet| (number << 8) | u32::from(*octet)))
    }

    /// Bytes behind their length.
    fn block(&mut self) -> Result<&'a [u8], Error> {
        let length = usize::try_from(self.number()?);
        self.take(length.map_err(|_| damaged(FormatProblem::InvalidLength))?)
    }

    /// A text behind its length in 16 bits.
    fn text(&mut self) -> Result<String, Error> {
        let octets = self.take(size_of::<u16>())?;
        let length = octets.iter().fold(0, |length, octet| (length << 8) | usize::from(*octet));
        Ok(String::from_utf8_lossy(self.take(length)?).into_owned())
    }
}

fn damaged(problem: FormatProblem) -> Error {
    Error::Damaged { part: "JKS key store", problem }
}

const JKS_MAGIC: [u8; 4] = [0xfe, 0xed, 0xfe, 0xed];
const JCEKS_MAGIC: [u8; 4] = [0xce, 0xce, 0xce, 0xce];
const PRIVATE_KEY: u32 = 1;
const TRUSTED_CERTIFICATE: u32 = 2;
const SECRET_KEY: u32 = 3;
const DATE_LEN: usize = 8;
/// What the digest of a key store covers besides password and content.
const WHITENER: &[u8] = b"Mighty Aphrodite";
/// Sun's identifier of the key stream.
const KEY_PROTECTOR: &str = "1.3.6.1.4.1.42.2.17.1.1";
/// Sun's identifier of the encryption of JCEKS.
const PBE_WITH_MD5_AND_TRIPLE_DES: &str = "1.3.6.1.4.1.42.2.19.1";
/// What a damaged key is a part of.
const KEY: &str = "private key of the JKS key store";
const SALT_HALVES: usize = 2;
const SALT_HALF_LEN: usize = 4;
