//! Public keys: SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7).

use std::fmt;

use crate::der;

/// A subject's public key.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PublicKey {
    der: Vec<u8>,
    key_bits: Vec<u8>,
    kind: KeyKind,
}

/// The algorithm and size of a key. Prints as `rsa-2048`, `ec-p256`, `ed25519`…
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum KeyKind {
    /// DSA, with the size of its prime in bits.
    Dsa {
        /// Bits of the prime `p`; 0 where the parameters are inherited.
        bits: usize,
    },
    /// An elliptic curve key.
    Ec {
        /// Its curve.
        curve: Curve,
    },
    /// Ed25519 (RFC 8410).
    Ed25519,
    /// Ed448 (RFC 8410).
    Ed448,
    /// RSA, `rsaEncryption`.
    Rsa {
        /// Bits of the modulus.
        bits: usize,
    },
    /// RSA, `id-RSASSA-PSS`: the key says that it makes RSASSA-PSS signatures alone.
    RsaPss {
        /// Bits of the modulus.
        bits: usize,
    },
    /// Any other algorithm.
    Other {
        /// Its dotted object identifier.
        oid: String,
    },
}

/// A named elliptic curve (RFC 5480, section 2.1.1.1).
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Curve {
    /// Parameters written out instead of a name, which RFC 5480 forbids in certificates.
    Explicit,
    /// secp224r1.
    P224,
    /// secp256r1.
    P256,
    /// secp384r1.
    P384,
    /// secp521r1.
    P521,
    /// Another named curve.
    Other {
        /// Its dotted object identifier.
        oid: String,
    },
}

impl PublicKey {
    /// From a DER SubjectPublicKeyInfo. Nothing if it is malformed.
    pub fn from_der(bytes: &[u8]) -> Option<Self> {
        let (algorithm, rest) = der::read(der::read_one(bytes, der::SEQUENCE)?.contents)?;
        let bit_string = der::read_one(rest, 0x03)?;
        let (_unused_bits, key_bits) = bit_string.contents.split_first()?;
        let kind = kind(algorithm.contents, key_bits)?;
        Some(Self { der: bytes.to_vec(), key_bits: key_bits.to_vec(), kind })
    }

    /// The SubjectPublicKeyInfo as encoded.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The contents of the subjectPublicKey BIT STRING: what subject key identifiers are hashed of.
    pub fn key_bits(&self) -> &[u8] {
        &self.key_bits
    }

    /// The algorithm and size.
    pub fn kind(&self) -> &KeyKind {
        &self.kind
    }

    /// The public exponent of an RSA key, big endian without leading zeros.
    pub fn rsa_exponent(&self) -> Option<&[u8]> {
        matches!(self.kind, KeyKind::Rsa { .. } | KeyKind::RsaPss { .. }).then_some(())?;
        let fields = der::read_all(der::read_one(&self.key_bits, der::SEQUENCE)?.contents)?;
        Some(significant(fields.get(1)?.contents))
    }

    /// The encoded parameters of a key for RSASSA-PSS alone; empty where it allows all.
    pub(crate) fn pss_parameters(&self) -> Option<&[u8]> {
        matches!(self.kind, KeyKind::RsaPss { .. }).then_some(())?;
        let (algorithm, _) = der::read(der::read_one(&self.der, der::SEQUENCE)?.contents)?;
        der::read(algorithm.contents).map(|(_, parameters)| parameters)
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

impl fmt::Display for KeyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dsa { bits } => write!(f, "dsa-{bits}"),
            Self::Ec { curve } => write!(f, "ec-{curve}"),
            Self::Ed25519 => f.write_str("ed25519"),
            Self::Ed448 => f.write_str("ed448"),
            Self::Rsa { bits } => write!(f, "rsa-{bits}"),
            Self::RsaPss { bits } => write!(f, "rsa-pss-{bits}"),
            Self::Other { oid } => f.write_str(oid),
        }
    }
}

impl fmt::Display for Curve {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Explicit => f.write_str("explicit-parameters"),
            Self::P224 => f.write_str("p224"),
            Self::P256 => f.write_str("p256"),
            Self::P384 => f.write_str("p384"),
            Self::P521 => f.write_str("p521"),
            Self::Other { oid } => f.write_str(oid),
        }
    }
}

fn kind(algorithm: &[u8], key_bits: &[u8]) -> Option<KeyKind> {
    let (oid, parameters) = der::read(algorithm)?;
    let oid = der::object_identifier(oid.contents)?;
    Some(match oid.as_str() {
        "1.2.840.113549.1.1.1" => KeyKind::Rsa { bits: rsa_bits(key_bits)? },
        "1.2.840.113549.1.1.10" => KeyKind::RsaPss { bits: rsa_bits(key_bits)? },
        "1.2.840.10045.2.1" => KeyKind::Ec { curve: curve(parameters)? },
        "1.2.840.10040.4.1" => KeyKind::Dsa { bits: dsa_bits(parameters) },
        "1.3.101.112" => KeyKind::Ed25519,
        "1.3.101.113" => KeyKind::Ed448,
        _ => KeyKind::Other { oid },
    })
}

/// The modulus is the first INTEGER of an `RSAPublicKey` (RFC 8017, appendix A.1.1).
fn rsa_bits(key_bits: &[u8]) -> Option<usize> {
    let (modulus, _) = der::read(der::read_one(key_bits, der::SEQUENCE)?.contents)?;
    Some(bit_length(modulus.contents))
}

fn dsa_bits(parameters: &[u8]) -> usize {
    der::read(parameters)
        .and_then(|(sequence, _)| der::read(sequence.contents))
        .map_or(0, |(prime, _)| bit_length(prime.contents))
}

fn curve(parameters: &[u8]) -> Option<Curve> {
    let (element, _) = der::read(parameters)?;
    if element.tag != der::OBJECT_IDENTIFIER {
        return Some(Curve::Explicit);
    }
    let oid = der::object_identifier(element.contents)?;
    Some(match oid.as_str() {
        "1.3.132.0.33" => Curve::P224,
        "1.2.840.10045.3.1.7" => Curve::P256,
        "1.3.132.0.34" => Curve::P384,
        "1.3.132.0.35" => Curve::P521,
        _ => Curve::Other { oid },
    })
}

fn bit_length(integer: &[u8]) -> usize {
    let bytes = significant(integer);
    let leading = bytes.first().map_or(0, |byte| byte.leading_zeros());
    (bytes.len() * 8).saturating_sub(usize::try_from(leading).unwrap_or(0))
}

fn significant(integer: &[u8]) -> &[u8] {
    let zeros = integer.iter().take_while(|byte| **byte == 0).count();
    integer.get(zeros..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_counted_from_the_first_one() {
        for (integer, bits) in
            [(&[0u8, 0x80, 0][..], 16), (&[0x01, 0], 9), (&[0x7f], 7), (&[0], 0), (&[], 0)]
        {
            assert_eq!(bit_length(integer), bits, "{integer:?}");
        }
    }

    #[test]
    fn malformed_keys_are_refused() {
        assert_eq!(PublicKey::from_der(&[0x30, 0]), None);
        assert_eq!(PublicKey::from_der(b"no key"), None);
    }
}
