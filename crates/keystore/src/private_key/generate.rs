//! New private keys.

use std::fmt;
use std::str::FromStr;

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::encoding::Pkcs8V1Der;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa;
use aws_lc_rs::signature;
use aws_lc_rs::signature::EcdsaKeyPair;
use aws_lc_rs::signature::EcdsaSigningAlgorithm;
use zeroize::Zeroizing;

use super::PrivateKey;
use super::rsa_sizes;
use crate::error::Error;

/// A type of key that can be generated.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub enum KeyType {
    /// `rsa-2048`, the default.
    #[default]
    Rsa2048,
    /// `rsa-3072`.
    Rsa3072,
    /// `rsa-4096`.
    Rsa4096,
    /// `ec-p256`.
    EcP256,
    /// `ec-p384`.
    EcP384,
    /// RSA of another size, which [`KeyType::rsa`] makes.
    RsaOther(RsaSize),
}

/// Bits of an RSA key that can be generated, other than those that have a [`KeyType`] of their own.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct RsaSize {
    bits: usize,
}

impl KeyType {
    /// The types that have a name, in the order in which help texts name them.
    pub const ALL: [Self; 5] =
        [Self::Rsa2048, Self::Rsa3072, Self::Rsa4096, Self::EcP256, Self::EcP384];

    /// RSA keys of this size: a multiple of 512 bits from 512 to 8192, else
    /// [`Error::UnsupportedRsaSize`].
    ///
    /// Sizes below 2048 bits are weak: Java refuses those below 1024. They are for whoever must do
    /// as elasticsearch-certutil does, and have no name that [`FromStr`] would read.
    pub fn rsa(bits: usize) -> Result<Self, Error> {
        match bits {
            2048 => Ok(Self::Rsa2048),
            3072 => Ok(Self::Rsa3072),
            4096 => Ok(Self::Rsa4096),
            512..=8192 if bits.is_multiple_of(512) => Ok(Self::RsaOther(RsaSize { bits })),
            _ => Err(Error::UnsupportedRsaSize { bits }),
        }
    }

    /// Bits of the modulus of an RSA key; none for the other types.
    pub fn rsa_bits(self) -> Option<usize> {
        match self {
            Self::Rsa2048 => Some(2048),
            Self::Rsa3072 => Some(3072),
            Self::Rsa4096 => Some(4096),
            Self::RsaOther(size) => Some(size.bits),
            Self::EcP256 | Self::EcP384 => None,
        }
    }
}

impl fmt::Display for KeyType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rsa2048 => f.pad("rsa-2048"),
            Self::Rsa3072 => f.pad("rsa-3072"),
            Self::Rsa4096 => f.pad("rsa-4096"),
            Self::EcP256 => f.pad("ec-p256"),
            Self::EcP384 => f.pad("ec-p384"),
            Self::RsaOther(size) => f.pad(&format!("rsa-{}", size.bits)),
        }
    }
}

impl FromStr for KeyType {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::ALL
            .into_iter()
            .find(|key_type| key_type.to_string() == text)
            .ok_or_else(|| Error::UnknownKeyType { text: text.to_owned(), known: NAMES })
    }
}

impl PrivateKey {
    /// Generates a key. Takes about 0.1 s for `rsa-2048`, some ten seconds above 6000 bits, and
    /// microseconds for the EC types.
    pub fn generate(key_type: KeyType) -> Result<Self, Error> {
        match key_type {
            KeyType::Rsa2048 => rsa(rsa::KeySize::Rsa2048),
            KeyType::Rsa3072 => rsa(rsa::KeySize::Rsa3072),
            KeyType::Rsa4096 => rsa(rsa::KeySize::Rsa4096),
            KeyType::EcP256 => ec(&signature::ECDSA_P256_SHA256_ASN1_SIGNING),
            KeyType::EcP384 => ec(&signature::ECDSA_P384_SHA384_ASN1_SIGNING),
            KeyType::RsaOther(RsaSize { bits: 8192 }) => rsa(rsa::KeySize::Rsa8192),
            KeyType::RsaOther(RsaSize { bits }) => rsa_sizes::generate(bits),
        }
    }
}

fn rsa(size: rsa::KeySize) -> Result<PrivateKey, Error> {
    let pair = rsa::KeyPair::generate(size).map_err(|_| Error::Random)?;
    let pkcs8 = AsDer::<Pkcs8V1Der<'_>>::as_der(&pair).map_err(|_| Error::Random)?;
    PrivateKey::from_pkcs8_der(pkcs8.as_ref())
}

fn ec(algorithm: &'static EcdsaSigningAlgorithm) -> Result<PrivateKey, Error> {
    let document = EcdsaKeyPair::generate_pkcs8(algorithm, &SystemRandom::new());
    let document = document.map_err(|_| Error::Random)?;
    PrivateKey::from_pkcs8_der(&Zeroizing::new(document.as_ref().to_vec()))
}

const NAMES: &str = "`rsa-2048`, `rsa-3072`, `rsa-4096`, `ec-p256`, `ec-p384`";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn key_types_have_the_names_of_the_command_line() {
        for key_type in KeyType::ALL {
            assert_eq!(key_type.to_string().parse(), Ok(key_type));
            assert!(NAMES.contains(&key_type.to_string()));
        }
        assert!(matches!("rsa".parse::<KeyType>(), Err(Error::UnknownKeyType { .. })));
    }

    #[test]
    fn generated_keys_are_of_the_kind_asked_for() {
        for key_type in [KeyType::Rsa2048, KeyType::EcP256, KeyType::EcP384] {
            let key = PrivateKey::generate(key_type).unwrap();
            assert_eq!(key.kind().to_string(), key_type.to_string());
            assert!(key.public_key_der().is_some());
        }
    }

    /// B02 of elasticsearch-certutil's tests: RSA keys of 1024 and 2048 bits, among others.
    #[test]
    fn rsa_keys_have_exactly_the_bits_asked_for() {
        for bits in (512..=2560).step_by(512) {
            let key_type = KeyType::rsa(bits).unwrap();
            assert_eq!(key_type.rsa_bits(), Some(bits));
            let key = PrivateKey::generate(key_type).unwrap();
            assert_eq!(key.kind().to_string(), format!("rsa-{bits}"));
        }
    }

    #[test]
    fn other_rsa_sizes_are_refused() {
        for bits in [0, 256, 511, 513, 1000, 2047, 2304, 8191, 8704, 16384, usize::MAX] {
            assert_eq!(KeyType::rsa(bits), Err(Error::UnsupportedRsaSize { bits }));
        }
        assert!(matches!("rsa-1024".parse::<KeyType>(), Err(Error::UnknownKeyType { .. })));
    }
}
