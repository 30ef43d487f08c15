//! PKCS#12 key stores (RFC 7292; RFC 9579), read whoever wrote them and written as Java does.

mod assemble;
mod bag;
mod oid;
mod read;
mod write;

use std::fmt;

use crate::entry::Entry;
use crate::pbe::EncryptionScheme;
use crate::pbe::MacScheme;
use crate::pem::Note;

pub(crate) use self::read::is_pkcs12;
pub use self::read::read;
pub(crate) use self::read::read_within;
pub use self::write::Writer;
pub use crate::pbe::StoreProfile;

/// What a key store holds, and how it is protected.
#[derive(Clone)]
pub struct Store {
    /// Keys and certificates in the order of the file; certificates that are in the chain of a key
    /// and not trusted on their own are not listed again.
    pub entries: Vec<Entry>,
    /// How it is encrypted and authenticated.
    pub encryption: Encryption,
    /// What was tolerated.
    pub notes: Vec<Note>,
}

/// How a key store is encrypted and authenticated.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Encryption {
    /// Each separately encrypted part, in the order of the file.
    pub parts: Vec<EncryptedPart>,
    /// The authentication code; none when the key store has none.
    pub mac: Option<MacScheme>,
}

/// A part of a key store that is encrypted, or that is not.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EncryptedPart {
    /// What is in it.
    pub content: PartContent,
    /// How it is encrypted; none when it is not.
    pub scheme: Option<EncryptionScheme>,
}

/// What a part of a key store holds.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum PartContent {
    /// One private key.
    Key,
    /// A set of entries, most often all certificates.
    Safe,
}

impl fmt::Display for PartContent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Key => "private key",
            Self::Safe => "certificates",
        })
    }
}

#[cfg(test)]
mod tests;
