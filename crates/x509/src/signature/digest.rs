//! The digests that signature algorithms name.

use aws_lc_rs::digest;
use sha2::{Digest as _, Sha224, Sha256, Sha384, Sha512, Sha512_224, Sha512_256};
use sha3::{Sha3_224, Sha3_256, Sha3_384, Sha3_512};

/// A digest with which Java verifies signatures.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Digest {
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
    Sha512To224,
    Sha512To256,
    Sha3To224,
    Sha3To256,
    Sha3To384,
    Sha3To512,
}

impl Digest {
    /// By its name; nothing for those that Java has disabled.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        ROWS.iter().find(|row| row.1 == name).map(|row| row.0)
    }

    /// By its object identifier.
    pub(super) fn from_oid(oid: &str) -> Option<Self> {
        ROWS.iter().find(|row| row.2 == oid).map(|row| row.0)
    }

    fn row(self) -> &'static (Self, &'static str, &'static str) {
        ROWS.iter().find(|row| row.0 == self).unwrap_or(&ROWS[0])
    }

    /// `sha1`, `sha256`, `sha3-256`…
    pub(super) fn name(self) -> &'static str {
        self.row().1
    }

    /// The dotted object identifier.
    pub(super) fn oid(self) -> &'static str {
        self.row().2
    }

    /// The digest of parts, one after the other.
    pub(super) fn of(self, parts: &[&[u8]]) -> Vec<u8> {
        let message = parts.concat();
        match self {
            Self::Sha1 => {
                digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, &message).as_ref().to_vec()
            }
            Self::Sha224 => Sha224::digest(&message).to_vec(),
            Self::Sha256 => Sha256::digest(&message).to_vec(),
            Self::Sha384 => Sha384::digest(&message).to_vec(),
            Self::Sha512 => Sha512::digest(&message).to_vec(),
            Self::Sha512To224 => Sha512_224::digest(&message).to_vec(),
            Self::Sha512To256 => Sha512_256::digest(&message).to_vec(),
            Self::Sha3To224 => Sha3_224::digest(&message).to_vec(),
            Self::Sha3To256 => Sha3_256::digest(&message).to_vec(),
            Self::Sha3To384 => Sha3_384::digest(&message).to_vec(),
            Self::Sha3To512 => Sha3_512::digest(&message).to_vec(),
        }
    }
}

/// Name and object identifier of each (RFC 8017, appendix B.1; FIPS 202).
static ROWS: [(Digest, &str, &str); 11] = [
    (Digest::Sha1, "sha1", "1.3.14.3.2.26"),
    (Digest::Sha224, "sha224", "2.16.840.1.101.3.4.2.4"),
    (Digest::Sha256, "sha256", "2.16.840.1.101.3.4.2.1"),
    (Digest::Sha384, "sha384", "2.16.840.1.101.3.4.2.2"),
    (Digest::Sha512, "sha512", "2.16.840.1.101.3.4.2.3"),
    (Digest::Sha512To224, "sha512-224", "2.16.840.1.101.3.4.2.5"),
    (Digest::Sha512To256, "sha512-256", "2.16.840.1.101.3.4.2.6"),
    (Digest::Sha3To224, "sha3-224", "2.16.840.1.101.3.4.2.7"),
    (Digest::Sha3To256, "sha3-256", "2.16.840.1.101.3.4.2.8"),
    (Digest::Sha3To384, "sha3-384", "2.16.840.1.101.3.4.2.9"),
    (Digest::Sha3To512, "sha3-512", "2.16.840.1.101.3.4.2.10"),
];
