//! The entries of key stores and certificate files, whatever their format.

use std::fmt;

use crosstrust_x509::Certificate;

use crate::error::Error;
use crate::pbe::EncryptionScheme;
use crate::private_key::PrivateKey;

/// Something that a key store or certificate file holds.
#[derive(Clone)]
#[non_exhaustive]
pub enum Entry {
    /// A certificate that is there without a key and without being marked as trusted.
    Certificate(CertificateEntry),
    /// A private key with its chain.
    Key(KeyEntry),
    /// Anything else.
    Other(OtherEntry),
    /// A certificate that a JVM trusts when it is given the key store as a trust store.
    TrustedCertificate(CertificateEntry),
}

/// A private key and the certificates that belong to it.
#[derive(Clone)]
pub struct KeyEntry {
    /// The name in the file, as written.
    pub alias: Option<String>,
    /// The name under which a JVM lists the entry; none when it does not see it.
    pub java_alias: Option<String>,
    /// The key.
    pub key: StoredKey,
    /// How the key is encrypted; none where it is not, or in a way that is not known here.
    pub encryption: Option<EncryptionScheme>,
    /// Its certificate first, then each one's issuer, as far as the file has them.
    pub chain: Vec<Certificate>,
}

/// A private key that could be decrypted, or not.
#[derive(Clone)]
pub enum StoredKey {
    /// Not decrypted, and why: most often another password than that of the file.
    Locked(Error),
    /// The key itself.
    Open(Box<PrivateKey>),
}

/// A certificate that stands for itself.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CertificateEntry {
    /// The name in the file, as written.
    pub alias: Option<String>,
    /// The name under which a JVM lists the entry; none when it does not see it.
    pub java_alias: Option<String>,
    /// The certificate.
    pub certificate: Certificate,
}

/// An entry that is neither a key nor a certificate, listed so that nothing is passed over.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OtherEntry {
    /// The name in the file, as written.
    pub alias: Option<String>,
    /// What it is.
    pub kind: OtherKind,
}

/// What an [`OtherEntry`] is. Prints as a noun phrase.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum OtherKind {
    /// A certificate revocation list.
    Crl,
    /// A public key.
    PublicKey,
    /// A certificate signing request.
    Request {
        /// PKCS#10 DER.
        der: Vec<u8>,
    },
    /// A secret of the application, such as a symmetric key.
    Secret,
    /// A kind of bag or block that is not known.
    Unknown {
        /// The object identifier of the bag, or the label of the block.
        name: String,
    },
    /// A certificate that could not be read, and why.
    UnreadableCertificate(Error),
}

impl Entry {
    /// The name in the file, as written.
    pub fn alias(&self) -> Option<&str> {
        match self {
            Self::Certificate(entry) | Self::TrustedCertificate(entry) => entry.alias.as_deref(),
            Self::Key(entry) => entry.alias.as_deref(),
            Self::Other(entry) => entry.alias.as_deref(),
        }
    }

    /// The name under which a JVM lists the entry; none when it does not see it.
    pub fn java_alias(&self) -> Option<&str> {
        match self {
            Self::Certificate(entry) | Self::TrustedCertificate(entry) => {
                entry.java_alias.as_deref()
            }
            Self::Key(entry) => entry.java_alias.as_deref(),
            Self::Other(_) => None,
        }
    }

    /// Its certificates: the chain of a key, the certificate itself, or none.
    pub fn certificates(&self) -> &[Certificate] {
        match self {
            Self::Certificate(entry) | Self::TrustedCertificate(entry) => {
                std::slice::from_ref(&entry.certificate)
            }
            Self::Key(entry) => &entry.chain,
            Self::Other(_) => &[],
        }
    }
}

impl StoredKey {
    /// The key, when it could be decrypted.
    pub fn open(&self) -> Option<&PrivateKey> {
        match self {
            Self::Locked(_) => None,
            Self::Open(key) => Some(key),
        }
    }
}

impl fmt::Display for OtherKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Crl => f.write_str("certificate revocation list"),
            Self::PublicKey => f.write_str("public key"),
            Self::Request { .. } => f.write_str("certificate signing request"),
            Self::Secret => f.write_str("secret"),
            Self::Unknown { name } => write!(f, "unknown content `{name}`"),
            Self::UnreadableCertificate(error) => write!(f, "unreadable certificate ({error})"),
        }
    }
}
