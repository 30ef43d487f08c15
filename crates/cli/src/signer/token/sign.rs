//! Signatures of a token's key, in the form that certificates have.

use std::collections::BTreeSet;
use std::ffi::c_ulong;

use crosstrust_issue::{Error, Signing};
use crosstrust_keystore::SignatureScheme;
use crosstrust_x509::der;
use cryptoki::context::Pkcs11;
use cryptoki::mechanism::{Mechanism, MechanismType};
use cryptoki::session::{Session, UserType};
use cryptoki::slot::Slot;
use cryptoki::types::AuthPin;

use super::key::Key;
use super::pool::Pool;
use super::public::unsigned;
use super::words::Trouble;

/// Signs with a key of a token.
pub(super) struct TokenSigner {
    pub(super) shown: String,
    pub(super) scheme: SignatureScheme,
    pub(super) way: Way,
    pub(super) key: Key,
    pub(super) pool: Pool,
    /// For a key that wants the PIN for each signature.
    pub(super) pin: Option<AuthPin>,
}

/// Who hashes, and what comes back.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Way {
    /// The token hashes and pads.
    RsaMessage,
    /// It pads what is hashed.
    RsaDigestInfo,
    /// It gets a hash, and gives two numbers.
    EcHash,
    /// It hashes, and gives two numbers.
    EcMessage,
}

impl Way {
    /// The best of those that the token has. Only those in which it hashes come in parts, between which a
    /// PIN can be given once more.
    pub(super) fn choose(
        module: &Pkcs11,
        slot: Slot,
        scheme: SignatureScheme,
        key: &Key,
    ) -> Result<Self, Trouble> {
        let ways: &[Self] = match scheme {
            SignatureScheme::RsaPkcs1Sha256 => &[Self::RsaMessage, Self::RsaDigestInfo],
            SignatureScheme::EcdsaSha256 | SignatureScheme::EcdsaSha384 => {
                &[Self::EcHash, Self::EcMessage]
            }
            other => return Err(Trouble::new(format!("no token is asked for {other}")).hint(KINDS)),
        };
        let has: BTreeSet<c_ulong> =
            module.get_mechanism_list(slot)?.into_iter().map(|kind| *kind).collect();
        let in_parts = key.always_authenticate;
        let fits = |way: &&Self| {
            let hashes = matches!(way, Self::RsaMessage | Self::EcMessage);
            let mechanism = way.mechanism_type(scheme);
            (hashes || !in_parts) && has.contains(&mechanism) && key.allows(mechanism)
        };
        ways.iter().find(fits).copied().ok_or_else(|| {
            let parts = if in_parts { " in a form that can be given a PIN between" } else { "" };
            Trouble::new(format!("the token does not sign with {scheme} by this key{parts}"))
                .hint("use a key of the token that it signs with, such as an RSA key")
        })
    }

    fn mechanism(self, scheme: SignatureScheme) -> Mechanism<'static> {
        match self {
            Self::RsaMessage => Mechanism::Sha256RsaPkcs,
            Self::RsaDigestInfo => Mechanism::RsaPkcs,
            Self::EcHash => Mechanism::Ecdsa,
            Self::EcMessage if scheme == SignatureScheme::EcdsaSha384 => Mechanism::EcdsaSha384,
            Self::EcMessage => Mechanism::EcdsaSha256,
        }
    }

    fn mechanism_type(self, scheme: SignatureScheme) -> c_ulong {
        let kind: MechanismType = self.mechanism(scheme).mechanism_type();
        *kind
    }
}

impl TokenSigner {
    /// The signature as the token gives it.
    fn raw(&self, session: &Session, message: &[u8]) -> Result<Vec<u8>, Trouble> {
        let mechanism = self.way.mechanism(self.scheme);
        let hash = || self.scheme.hash(message).map(|(_, hash)| hash).unwrap_or_default();
        let data = match self.way {
            Way::RsaMessage | Way::EcMessage => message.to_vec(),
            Way::RsaDigestInfo => [SHA256_DIGEST_INFO, &hash()].concat(),
            Way::EcHash => hash(),
        };
        if !self.key.always_authenticate {
            return Ok(session.sign(&mechanism, self.key.handle, &data)?);
        }
        session.sign_init(&mechanism, self.key.handle)?;
        session.login(UserType::ContextSpecific, self.pin.as_ref())?;
        session.sign_update(&data)?;
        Ok(session.sign_final()?)
    }

    fn signature(&self, message: &[u8]) -> Result<Vec<u8>, Trouble> {
        let raw = self.pool.with(|session| self.raw(session, message))?;
        let half = match self.scheme {
            SignatureScheme::EcdsaSha256 => 32,
            SignatureScheme::EcdsaSha384 => 48,
            _ => return Ok(raw),
        };
        ecdsa(&raw, half).ok_or_else(|| {
            Trouble::new(format!("the token gives a signature of {} bytes", raw.len()))
        })
    }
}

/// `Ecdsa-Sig-Value` of the two numbers of a signature, which have so many bytes each.
fn ecdsa(raw: &[u8], half: usize) -> Option<Vec<u8>> {
    let (r, s) = raw.split_at_checked(half).filter(|(_, s)| s.len() == half)?;
    Some(der::encode(der::SEQUENCE, &[unsigned(r), unsigned(s)].concat()))
}

impl Signing for TokenSigner {
    fn scheme(&self) -> SignatureScheme {
        self.scheme
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Error> {
        self.signature(message).map_err(|Trouble { what, hint }| Error::Signing {
            signer: self.shown.clone(),
            detail: what,
            hint,
        })
    }

    fn refused(&self, subject: &str) -> Error {
        Error::Signing {
            signer: self.shown.clone(),
            detail: format!("the signature for `{subject}` is not one of the certificate's key"),
            hint: Some(
                "the token has another key under this name than that of the certificate".to_owned(),
            ),
        }
    }
}

/// RFC 8017, section 9.2, note 1: what comes before a SHA-256 hash.
const SHA256_DIGEST_INFO: &[u8] =
    &[0x30, 0x31, 0x30, 0x0d, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1, 5, 0, 4, 0x20];
const KINDS: &str = "CAs in tokens have RSA, P-256 or P-384 keys";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_numbers_become_a_sequence() {
        let raw = [&[0u8; 31][..], &[1], &[0x80; 32]].concat();
        let expected = [&[0x30, 38, 2, 1, 1, 2, 33, 0][..], &[0x80; 32]].concat();
        assert_eq!(ecdsa(&raw, 32), Some(expected));
        assert_eq!(ecdsa(&raw[1..], 32), None);
        assert_eq!(ecdsa(&[raw.as_slice(), &[0]].concat(), 32), None);
        assert_eq!(ecdsa(&[], 32), None);
    }
}
