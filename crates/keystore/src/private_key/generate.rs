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
}

impl KeyType {
    /// All types, in the order in which help texts name them.
    pub const ALL: [Self; 5] =
        [Self::Rsa2048, Self::Rsa3072, Self::Rsa4096, Self::EcP256, Self::EcP384];

    /// Its name, as in `rsa-2048`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rsa2048 => "rsa-2048",
            Self::Rsa3072 => "rsa-3072",
            Self::Rsa4096 => "rsa-4096",
            Self::EcP256 => "ec-p256",
            Self::EcP384 => "ec-p384",
        }
    }
}

impl fmt::Display for KeyType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for KeyType {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::ALL
            .into_iter()
            .find(|key_type| key_type.name() == text)
            .ok_or_else(|| Error::UnknownKeyType { text: text.to_owned(), known: NAMES })
    }
}

impl PrivateKey {
    /// Generates a key. Takes about 0.1 s for `rsa-2048`, and microseconds for the EC types.
    pub fn generate(key_type: KeyType) -> Result<Self, Error> {
        match key_type {
            KeyType::Rsa2048 => rsa(rsa::KeySize::Rsa2048),
            KeyType::Rsa3072 => rsa(rsa::KeySize::Rsa3072),
            KeyType::Rsa4096 => rsa(rsa::KeySize::Rsa4096),
            KeyType::EcP256 => ec(&signature::ECDSA_P256_SHA256_ASN1_SIGNING),
            KeyType::EcP384 => ec(&signature::ECDSA_P384_SHA384_ASN1_SIGNING),
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
            assert!(NAMES.contains(key_type.name()));
        }
        assert!(matches!("rsa".parse::<KeyType>(), Err(Error::UnknownKeyType { .. })));
    }

    #[test]
    fn generated_keys_are_of_the_kind_asked_for() {
        for key_type in [KeyType::Rsa2048, KeyType::EcP256, KeyType::EcP384] {
            let key = PrivateKey::generate(key_type).unwrap();
            assert_eq!(key.kind().to_string(), key_type.name());
            assert!(key.public_key_der().is_some());
        }
    }
}
