//! Private keys: read from any of their forms, generated, signed with, written in any form.

mod dek_info;
mod generate;
pub(crate) mod parse;
mod pem;
mod public;
mod rsa_sizes;
mod sign;
mod write;

use crosstrust_x509::Certificate;
use crosstrust_x509::KeyKind;
use crosstrust_x509::PublicKey;

use crate::secret::Secret;

pub use self::generate::KeyType;
pub use self::generate::RsaSize;
pub(crate) use self::pem::encryption;
pub(crate) use self::pem::from_block;
pub(crate) use self::pem::is_key_label;
pub(crate) use self::pem::try_passwords;
pub use self::sign::SignatureScheme;
pub use self::sign::Signer;

/// A private key.
///
/// Kept as PKCS#8 DER and wiped from memory on drop. There is deliberately no `Debug` and no
/// comparison.
#[derive(Clone)]
pub struct PrivateKey {
    /// Version 0 and without attributes; `rsaEncryption` with NULL, EC keys with the public part.
    pkcs8: Secret,
    kind: KeyKind,
    public: Option<PublicKey>,
}

impl PrivateKey {
    /// The algorithm and size of the key.
    pub fn kind(&self) -> &KeyKind {
        &self.kind
    }

    /// The public key of the pair.
    ///
    /// Computed for RSA, for EC on P-256, P-384 and P-521, and for Ed25519. For keys on other
    /// curves it is what the key itself carries. For DSA and anything else there is none.
    pub fn public_key(&self) -> Option<&PublicKey> {
        self.public.as_ref()
    }

    /// The public key of the pair as DER SubjectPublicKeyInfo, where [`Self::public_key`] has one.
    pub fn public_key_der(&self) -> Option<&[u8]> {
        self.public.as_ref().map(PublicKey::der)
    }

    /// Whether this key and the certificate's public key are one pair. Never so for a key whose
    /// public part is not known.
    pub fn belongs_to(&self, certificate: &Certificate) -> bool {
        let theirs = certificate.public_key();
        self.public.as_ref().is_some_and(|ours| {
            // Algorithm parameters may be spelled in two ways, so the whole DER is not compared.
            ours.kind() == theirs.kind() && ours.key_bits() == theirs.key_bits()
        })
    }

    /// The PKCS#8 form (RFC 5208), unencrypted DER.
    pub fn to_pkcs8_der(&self) -> Secret {
        self.pkcs8.clone()
    }
}

const RSA_ENCRYPTION: &str = "1.2.840.113549.1.1.1";
const RSASSA_PSS: &str = "1.2.840.113549.1.1.10";
const EC_PUBLIC_KEY: &str = "1.2.840.10045.2.1";
const ED25519: &str = "1.3.101.112";
const ED448: &str = "1.3.101.113";
const DSA: &str = "1.2.840.10040.4.1";

#[cfg(test)]
mod tests;
