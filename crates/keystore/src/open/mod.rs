//! Opens key stores, certificate files and keys of any format, which is recognised from the bytes.

mod der;
mod pem;

use std::collections::BTreeSet;
use std::fmt;

use crosstrust_x509::Certificate;

use crate::entry::Entry;
use crate::entry::KeyEntry;
use crate::error::Error;
use crate::pbe::Budget;
use crate::pem::Note;
use crate::pem::is_pem;
use crate::pkcs12::Encryption;
use crate::secret::Password;

/// What a file holds, whatever its format.
#[derive(Clone)]
pub struct Contents {
    /// The format.
    pub format: Format,
    /// Keys and certificates in the order of the file. Certificates in the chain of a key are not
    /// listed again, unless they are trusted on their own.
    pub entries: Vec<Entry>,
    /// What was tolerated.
    pub notes: Vec<Note>,
    /// How a key store is encrypted; none for the other formats.
    pub encryption: Option<Encryption>,
    /// Whether the passwords with which it was opened are ASCII, which not every JVM goes beyond.
    pub ascii_password: bool,
    certificates: Vec<Certificate>,
}

/// The format of a file. Prints as `PKCS#12`, `PEM`…
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Format {
    /// One certificate in DER.
    Certificate,
    /// A certificate revocation list in DER.
    Crl,
    /// The key store of Java's cryptography extension, of before Java 9.
    Jceks,
    /// Java's own key store, of before Java 9.
    Jks,
    /// PEM blocks.
    Pem,
    /// PKCS#7 in DER.
    Pkcs7,
    /// PKCS#12.
    Pkcs12,
    /// One private key in DER.
    PrivateKey,
    /// One certificate signing request in DER.
    Request,
}

/// The certificates of a file that needs no password, of any format, in its order.
///
/// # Errors
///
/// Those of [`open`].
pub fn certificates(bytes: &[u8]) -> Result<Vec<Certificate>, Error> {
    Ok(open(bytes, &[])?.certificates().into_iter().cloned().collect())
}

/// Opens a file.
///
/// `passwords` are tried in order on what is encrypted. A PKCS#12 file that none of them opens is
/// an error; a private key that none of them opens is an entry that is locked, since there may be
/// certificates beside it. What all derivations of keys together may cost is bounded.
pub fn open(bytes: &[u8], passwords: &[Password]) -> Result<Contents, Error> {
    if bytes.trim_ascii().is_empty() {
        return Err(Error::Empty);
    }
    let mut budget = Budget::new();
    // An archive may hold PEM text that is not packed.
    let is_archive = bytes.starts_with(der::ZIP);
    let mut contents = if is_pem(bytes) && !is_archive {
        pem::open(bytes, passwords, &mut budget)?
    } else {
        der::open(bytes, passwords, None, &mut budget)?
    };
    contents.ascii_password = passwords.iter().all(Password::is_ascii);
    Ok(contents)
}

/// Whether a file begins as one with certificates does: a key store, a certificate in DER, PEM text. Takes its first
/// bytes, some hundred being enough. What is called a certificate by its name alone is not looked for.
pub fn begins_with_certificates(bytes: &[u8]) -> bool {
    let is_java = [JKS, JCEKS].iter().any(|magic| bytes.starts_with(magic));
    is_java || begins_as_der(bytes) || begins_as_pem(bytes)
}

/// PKCS#12 begins with a SEQUENCE and its version 3 (RFC 7292, section 4), a certificate with two SEQUENCEs and its
/// version 3 (RFC 5280, section 4.1).
fn begins_as_der(bytes: &[u8]) -> bool {
    let inner = |bytes: &'_ [u8]| {
        let (&length, rest) = bytes.strip_prefix(&[0x30])?.split_first()?;
        let more = length.checked_sub(0x80).map_or(0, usize::from);
        rest.get(more..).map(<[u8]>::to_vec)
    };
    let Some(first) = inner(bytes) else { return false };
    first.starts_with(&[2, 1, 3])
        || inner(&first).is_some_and(|second| second.starts_with(&[0xa0, 3, 2, 1, 2]))
}

/// What OpenSSL writes before a block counts, and so does any other text there.
fn begins_as_pem(bytes: &[u8]) -> bool {
    let mut lines = bytes.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    lines.any(|line| PEM_STARTS.iter().any(|start| line.starts_with(start.as_bytes())))
}

const JKS: [u8; 4] = [0xfe, 0xed, 0xfe, 0xed];
const JCEKS: [u8; 4] = [0xce, 0xce, 0xce, 0xce];
const PEM_STARTS: [&str; 4] = [
    "-----BEGIN CERTIFICATE-----",
    "-----BEGIN TRUSTED CERTIFICATE-----",
    "-----BEGIN X509 CERTIFICATE-----",
    "-----BEGIN PKCS7-----",
];

/// Opens a key store whose keys have a password of their own.
pub fn open_store(bytes: &[u8], store: &Password, keys: &Password) -> Result<Contents, Error> {
    let passwords = std::slice::from_ref(store);
    if bytes.is_empty() || is_pem(bytes) {
        return open(bytes, passwords);
    }
    let mut contents = der::open(bytes, passwords, Some(keys), &mut Budget::new())?;
    contents.ascii_password = store.is_ascii() && keys.is_ascii();
    Ok(contents)
}

impl Contents {
    fn new(format: Format, entries: Vec<Entry>) -> Self {
        let certificates = entries.iter().flat_map(Entry::certificates).cloned().collect();
        let (notes, encryption, ascii_password) = (Vec::new(), None, true);
        Self { format, entries, notes, encryption, ascii_password, certificates }
    }

    /// All certificates in the order of the file, each once.
    pub fn certificates(&self) -> Vec<&Certificate> {
        let mut seen = BTreeSet::new();
        self.certificates.iter().filter(|certificate| seen.insert(certificate.der())).collect()
    }

    /// The entries that are private keys.
    pub fn keys(&self) -> impl Iterator<Item = &KeyEntry> {
        self.entries.iter().filter_map(|entry| match entry {
            Entry::Key(key) => Some(key),
            _ => None,
        })
    }
}

impl Format {
    /// Whether it is a key store of Java's.
    pub fn is_key_store(self) -> bool {
        matches!(self, Self::Jceks | Self::Jks | Self::Pkcs12)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Certificate => "DER certificate",
            Self::Crl => "DER certificate revocation list",
            Self::Jceks => "JCEKS",
            Self::Jks => "JKS",
            Self::Pem => "PEM",
            Self::Pkcs7 => "PKCS#7",
            Self::Pkcs12 => "PKCS#12",
            Self::PrivateKey => "DER private key",
            Self::Request => "DER certificate signing request",
        })
    }
}

#[cfg(test)]
mod tests;
