//! What keeps a JVM from opening a file, and which JVMs.

use std::fmt;

use crosstrust_x509::KeyKind;

use super::store_type::StoreType;
use crate::error::Error;
use crate::open::Format;

/// Something for which a JVM does not take a file, so that Elasticsearch does not start with it.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("{refused_by} it: {reason}")]
pub struct Obstacle {
    /// What stands in the way.
    pub reason: Reason,
    /// Which releases of Java it stops.
    pub refused_by: RefusedBy,
}

/// The releases of Java that do not take a file. Prints as the beginning of a sentence.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum RefusedBy {
    /// All that Elasticsearch runs on.
    All,
    /// All before Java 26.
    Before26,
    /// Java 17; Java 25 takes it.
    Java17,
    /// Java 25; Java 17 takes it.
    Java25,
}

/// What stands in the way.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Reason {
    /// A certificate that is not readable, or a block that holds something else.
    #[error("block {position} is no certificate ({problem})")]
    Block {
        /// Which block, from 1.
        position: usize,
        /// What is wrong with it.
        problem: Error,
    },
    /// A private key stands among the certificates of a file.
    #[error("block {position} is a private key, and every block is read as a certificate")]
    KeyAmongCertificates {
        /// Which block, from 1.
        position: usize,
    },
    /// The first block of a key file is something else.
    #[error("its first PEM block is `{label}`, and Elasticsearch looks at no other for the key")]
    KeyNotFirst {
        /// What stands between `-----BEGIN ` and `-----`.
        label: String,
    },
    /// The key does not come out with the password.
    #[error("the password does not open {what}")]
    KeyPassword {
        /// The key: `the private key`, or that of an alias.
        what: String,
    },
    /// A key that cannot be read, whatever the password.
    #[error("{what} cannot be read ({problem})")]
    Key {
        /// The key.
        what: String,
        /// What is wrong with it.
        problem: Error,
    },
    /// A kind of key that is not read.
    #[error("the private key is {kind}")]
    KeyKind {
        /// The kind.
        kind: KeyKind,
    },
    /// A line of PEM text that Java's reader does not take, although others do.
    #[error("{0}")]
    Layout(Layout),
    /// No certificate is in a file of certificates.
    #[error("it holds no certificate")]
    NoCertificate,
    /// A key file without a PEM block.
    #[error("no line of it begins with `-----BEGIN`")]
    NoBlock,
    /// A key store in which a JVM sees no private key.
    #[error("it contains no private key entry{}", if *.plain { ", because its key is not encrypted" } else { "" })]
    NoKeyEntry {
        /// Whether it has a key that is not encrypted, which a JVM passes over.
        plain: bool,
    },
    /// Key entries without a certificate, of which none is presented.
    #[error("no certificate belongs to its private key, so nothing is presented")]
    NoChain,
    /// A trust store in which a JVM sees nothing that is trusted.
    #[error("it contains no trusted certificate entry{}", if *.keys { ": its entry is a private key" } else { "" })]
    NoTrustedEntry {
        /// Whether it has a private key, whose certificate counts only beside a trusted entry.
        keys: bool,
    },
    /// Another format than that of a key store.
    #[error("it is {format}, and no key store")]
    NotAKeyStore {
        /// The format.
        format: Format,
    },
    /// The password has characters that are not ASCII.
    #[error("its password has characters beyond ASCII, and it is protected with {scheme}")]
    Password {
        /// How it is protected.
        scheme: String,
    },
    /// An algorithm that a JVM lacks.
    #[error("{what} is protected with {scheme}")]
    Scheme {
        /// What is protected so.
        what: &'static str,
        /// The algorithms.
        scheme: String,
    },
    /// A key store that is read as one of another type.
    #[error("{}", wrong_type(*.format, *.read))]
    StoreType {
        /// The format.
        format: Format,
        /// The type.
        read: StoreType,
    },
    /// A certificate of a key store that cannot be read.
    #[error("a certificate in it cannot be read ({problem})")]
    UnreadableCertificate {
        /// What is wrong with it.
        problem: Error,
    },
}

/// What is odd in the layout of a PEM file.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Layout {
    /// A byte order mark stands before the first block.
    #[error("it begins with a byte order mark")]
    ByteOrderMark,
    /// Two blocks share a line.
    #[error("a line ends one PEM block and begins the next")]
    Glued,
    /// Blocks are indented.
    #[error("its PEM blocks are indented")]
    Indented,
    /// The text is not as the reader of PEM expects it.
    #[error("its PEM text is not as Java's reader expects it")]
    Other,
    /// The text is UTF-16.
    #[error("its text is UTF-16")]
    Utf16,
}

/// What is said of a key store that is read as one of another type.
fn wrong_type(format: Format, read: StoreType) -> String {
    if (format, read) == (Format::Jceks, StoreType::Dual) {
        return "it is a JCEKS key store, which Java opens only where the settings name its type"
            .to_owned();
    }
    format!("it is {format}, and is read as {read}")
}

impl RefusedBy {
    /// Whether no release that Elasticsearch supports today was found to take it.
    pub fn is_final(self) -> bool {
        matches!(self, Self::All | Self::Before26)
    }
}

impl fmt::Display for RefusedBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::All => "Java does not open",
            Self::Before26 => "Java before 26 does not open",
            Self::Java17 => "Java 17 does not open",
            Self::Java25 => "Java 25 does not open",
        })
    }
}

impl Obstacle {
    pub(super) fn all(reason: Reason) -> Self {
        Self { reason, refused_by: RefusedBy::All }
    }
}
