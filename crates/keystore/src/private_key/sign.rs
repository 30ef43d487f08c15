//! Signatures.

use std::fmt;

use aws_lc_rs::digest;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature;
use aws_lc_rs::signature::EcdsaKeyPair;
use aws_lc_rs::signature::Ed25519KeyPair;
use aws_lc_rs::signature::RsaKeyPair;
use crosstrust_x509::Curve;
use crosstrust_x509::KeyKind;

use super::PrivateKey;
use super::rsa_sizes::SmallKey;
use crate::error::Error;

/// A signature algorithm.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum SignatureScheme {
    /// ECDSA with SHA-256, for P-256.
    EcdsaSha256,
    /// ECDSA with SHA-384, for P-384.
    EcdsaSha384,
    /// ECDSA with SHA-512, for P-521.
    EcdsaSha512,
    /// Ed25519.
    Ed25519,
    /// PKCS#1 v1.5 with SHA-256.
    RsaPkcs1Sha256,
}

impl SignatureScheme {
    /// The one with which a kind of key signs here; none for kinds that do not.
    pub fn of(kind: &KeyKind) -> Option<Self> {
        match kind {
            KeyKind::Ec { curve: Curve::P256 } => Some(Self::EcdsaSha256),
            KeyKind::Ec { curve: Curve::P384 } => Some(Self::EcdsaSha384),
            KeyKind::Ec { curve: Curve::P521 } => Some(Self::EcdsaSha512),
            KeyKind::Ed25519 => Some(Self::Ed25519),
            KeyKind::Rsa { .. } => Some(Self::RsaPkcs1Sha256),
            _ => None,
        }
    }

    /// Its AlgorithmIdentifier in DER (RFC 4055, section 5; RFC 5758, section 3.2; RFC 8410,
    /// section 3).
    pub fn algorithm_identifier_der(self) -> &'static [u8] {
        match self {
            Self::EcdsaSha256 => &[0x30, 10, 6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2],
            Self::EcdsaSha384 => &[0x30, 10, 6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 3],
            Self::EcdsaSha512 => &[0x30, 10, 6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 4],
            Self::Ed25519 => &[0x30, 5, 6, 3, 0x2b, 0x65, 0x70],
            Self::RsaPkcs1Sha256 => {
                &[0x30, 13, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 11, 5, 0]
            }
        }
    }
}

impl SignatureScheme {
    /// The hash of a message that is signed, and the name of the hash function, such as `sha256`. None for
    /// Ed25519, which signs the message as it is.
    pub fn hash(self, message: &[u8]) -> Option<(&'static str, Vec<u8>)> {
        let (name, function) = match self {
            Self::EcdsaSha256 | Self::RsaPkcs1Sha256 => ("sha256", &digest::SHA256),
            Self::EcdsaSha384 => ("sha384", &digest::SHA384),
            Self::EcdsaSha512 => ("sha512", &digest::SHA512),
            Self::Ed25519 => return None,
        };
        Some((name, digest::digest(function, message).as_ref().to_vec()))
    }
}

impl fmt::Display for SignatureScheme {
    /// The name of the identifier, as `openssl x509 -text` prints it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::EcdsaSha256 => "ecdsa-with-SHA256",
            Self::EcdsaSha384 => "ecdsa-with-SHA384",
            Self::EcdsaSha512 => "ecdsa-with-SHA512",
            Self::Ed25519 => "ED25519",
            Self::RsaPkcs1Sha256 => "sha256WithRSAEncryption",
        })
    }
}

/// A private key made ready to sign, which is worth keeping for more than one signature.
pub struct Signer {
    pair: Pair,
    scheme: SignatureScheme,
}

enum Pair {
    Ec(EcdsaKeyPair),
    Ed25519(Ed25519KeyPair),
    Rsa(RsaKeyPair),
    SmallRsa(Box<SmallKey>),
}

impl PrivateKey {
    /// Makes the key ready to sign.
    ///
    /// Takes RSA up to 8192 bits, EC on P-256, P-384 and P-521, and Ed25519; any other key is
    /// [`Error::SigningKeyRefused`].
    pub fn signer(&self) -> Result<Signer, Error> {
        let scheme = self.signature_scheme()?;
        let pkcs8 = self.pkcs8.as_bytes();
        let pair = match scheme {
            SignatureScheme::Ed25519 => {
                Ed25519KeyPair::from_pkcs8_maybe_unchecked(pkcs8).ok().map(Pair::Ed25519)
            }
            SignatureScheme::RsaPkcs1Sha256 => self.rsa_pair(),
            ecdsa => {
                let algorithm = match ecdsa {
                    SignatureScheme::EcdsaSha384 => &signature::ECDSA_P384_SHA384_ASN1_SIGNING,
                    SignatureScheme::EcdsaSha512 => &signature::ECDSA_P521_SHA512_ASN1_SIGNING,
                    _ => &signature::ECDSA_P256_SHA256_ASN1_SIGNING,
                };
                EcdsaKeyPair::from_pkcs8(algorithm, pkcs8).ok().map(Pair::Ec)
            }
        };
        Ok(Signer { pair: pair.ok_or_else(|| self.refused())?, scheme })
    }

    /// Signs one message.
    pub fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Error> {
        self.signer()?.sign(message)
    }

    /// The algorithm with which this key signs.
    pub fn signature_scheme(&self) -> Result<SignatureScheme, Error> {
        SignatureScheme::of(&self.kind).ok_or_else(|| self.refused())
    }

    /// The crypto library signs with RSA keys from 2048 bits.
    fn rsa_pair(&self) -> Option<Pair> {
        if matches!(self.kind, KeyKind::Rsa { bits } if bits < 2048) {
            let key = self.to_pkcs1_der().ok()?;
            return SmallKey::from_pkcs1_der(key.as_bytes()).map(Box::new).map(Pair::SmallRsa);
        }
        RsaKeyPair::from_pkcs8(self.pkcs8.as_bytes()).ok().map(Pair::Rsa)
    }

    fn refused(&self) -> Error {
        Error::SigningKeyRefused { key: self.kind.to_string() }
    }
}

impl Signer {
    /// The signature of a message: the contents of an X.509 signature's BIT STRING.
    pub fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Error> {
        let random = SystemRandom::new();
        match &self.pair {
            Pair::Ec(pair) => {
                let signature = pair.sign(&random, message).map_err(|_| Error::Random)?;
                Ok(signature.as_ref().to_vec())
            }
            Pair::Ed25519(pair) => Ok(pair.sign(message).as_ref().to_vec()),
            Pair::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&signature::RSA_PKCS1_SHA256, &random, message, &mut signature)
                    .map_err(|_| Error::Random)?;
                Ok(signature)
            }
            Pair::SmallRsa(key) => key.sign(message),
        }
    }

    /// The algorithm of its signatures.
    pub fn scheme(&self) -> SignatureScheme {
        self.scheme
    }
}
