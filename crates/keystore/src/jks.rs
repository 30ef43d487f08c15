//! JKS and JCEKS, Java's own key stores of before Java 9: read, never written.
//!
//! Their certificates are in the clear. JKS hides a private key under a key stream of SHA-1; the
//! keys of JCEKS have an encryption of their own that nothing else uses, and stay locked.

use crosstrust_x509::Certificate;
use zeroize::Zeroizing;

use crate::der::AlgorithmIdentifier;
use crate::der::Reader;
use crate::entry::CertificateEntry;
use crate::entry::Entry;
use crate::entry::KeyEntry;
use crate::entry::StoredKey;
use crate::error::Error;
use crate::error::Problem;
use crate::pbe::digest::SHA1;
use crate::private_key::PrivateKey;
use crate::secret::Password;

/// Whether the bytes begin like one of these key stores.
pub(crate) fn is_jks(bytes: &[u8]) -> bool {
    bytes.starts_with(&JKS_MAGIC) || is_jceks(bytes)
}

/// Whether they begin like that of JCEKS.
pub(crate) fn is_jceks(bytes: &[u8]) -> bool {
    bytes.starts_with(&JCEKS_MAGIC)
}

/// The entries of a key store, all of which a JVM lists.
pub(crate) fn read(
    bytes: &[u8],
    password: &Password,
    keys: &Password,
) -> Result<Vec<Entry>, Error> {
    let (password, keys) = (utf16(password), utf16(keys));
    let length = bytes.len().checked_sub(SHA1.output_len).ok_or(damaged(Problem::Truncated))?;
    let (content, digest) = bytes.split_at_checked(length).unwrap_or_default();
    let mut fields = Fields { rest: content };
    fields.take(JKS_MAGIC.len())?;
    let version = fields.number()?;
    let count = fields.number()?;
    let entries = entries(&mut fields, (version, count), &keys);
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
    password: &[u8],
) -> Result<Vec<Entry>, Error> {
    let mut entries = Vec::new();
    for _ in 0..count {
        let kind = fields.number()?;
        let alias = Some(fields.text()?);
        fields.take(DATE_LEN)?;
        let java_alias = alias.clone();
        entries.push(match kind {
            PRIVATE_KEY => {
                let key = private_key(fields.block()?, password);
                let length = fields.number()?;
                let chain = (0..length).map(|_| certificate(fields, version));
                let chain = chain.collect::<Result<_, _>>()?;
                // The key stream of JKS is no encryption that a JVM lacks.
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
            _ => return Err(damaged(Problem::InvalidValue { what: "kind of entry" })),
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

fn private_key(bytes: &[u8], password: &[u8]) -> StoredKey {
    match decrypt(bytes, password) {
        Ok(key) => StoredKey::Open(Box::new(key)),
        Err(error) => StoredKey::Locked(error),
    }
}

/// Takes the key stream off a key and checks the digest behind it.
fn decrypt(bytes: &[u8], password: &[u8]) -> Result<PrivateKey, Error> {
    let mut info = Reader::new(bytes, "private key of the JKS key store").sequence()?;
    let algorithm = AlgorithmIdentifier::read(&mut info)?;
    if algorithm.oid != KEY_PROTECTOR {
        let (role, name) = ("encryption scheme", "PBEWithMD5AndTripleDES".to_owned());
        return Err(Error::UnsupportedAlgorithm { role, name, oid: algorithm.oid });
    }
    let data = info.octet_string()?;
    let truncated = info.damaged(Problem::Truncated);
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
        let (taken, rest) = split.ok_or(damaged(Problem::Truncated))?;
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
        self.take(length.map_err(|_| damaged(Problem::InvalidLength))?)
    }

    /// A text behind its length in 16 bits.
    fn text(&mut self) -> Result<String, Error> {
        let octets = self.take(size_of::<u16>())?;
        let length = octets.iter().fold(0, |length, octet| (length << 8) | usize::from(*octet));
        Ok(String::from_utf8_lossy(self.take(length)?).into_owned())
    }
}

fn damaged(problem: Problem) -> Error {
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
