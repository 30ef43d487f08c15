//! The seam of signing: whatever makes signatures with an authority's key, wherever that key is.

use crosstrust_keystore::{SignatureScheme, Signer};

use crate::error::Error;

/// Makes signatures with one private key: one that was read from a file, or one that stays in a token, a
/// service or on another machine.
///
/// It is not trusted. What it gives is checked with the public key of the certificate before it is used, so
/// a wrong signature is an error and no certificate.
pub trait Signing: Send + Sync {
    /// The algorithm of its signatures.
    fn scheme(&self) -> SignatureScheme;

    /// The signature of a message, which is not hashed yet: the contents of the BIT STRING of RFC 5280,
    /// section 4.1.1.3. For ECDSA that is `Ecdsa-Sig-Value` in DER (RFC 3279, section 2.2.3). Several
    /// threads may ask at a time.
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Error>;

    /// What is said where a signature of this does not verify; `subject` is that of the certificate that
    /// is signed.
    fn refused(&self, subject: &str) -> Error {
        Error::Inconsistent { subject: subject.to_owned() }
    }
}

/// Makes empty signatures, for what is only looked at.
pub(crate) struct Unsigned(pub(crate) SignatureScheme);

impl Signing for Unsigned {
    fn scheme(&self) -> SignatureScheme {
        self.0
    }

    fn sign(&self, _: &[u8]) -> Result<Vec<u8>, Error> {
        Ok(Vec::new())
    }
}

impl Signing for Signer {
    fn scheme(&self) -> SignatureScheme {
        Self::scheme(self)
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Error> {
        Ok(Self::sign(self, message)?)
    }
}
