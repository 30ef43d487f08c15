//! What signs with a CA's key that is in no file.

pub(crate) mod process;
#[cfg(feature = "pkcs11")]
mod token;
#[cfg(not(feature = "pkcs11"))]
#[path = "without_tokens.rs"]
mod token;

use crosstrust_issue::{ElsewhereKey, Error, Signing};
use crosstrust_keystore::{KeyType, SignatureScheme};
use crosstrust_x509::Certificate;

use crate::context::Context;
use crate::failure::Failure;
use crate::password::Source;

/// What a run does with an authority.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Duty {
    /// It signs.
    Signs,
    /// It is looked at, as in a dry run: a key that is elsewhere stays alone, and nobody is asked for a PIN.
    IsSeen,
}

impl Duty {
    /// That of a run that may be a dry one.
    pub(crate) fn unless_dry(dry_run: bool) -> Self {
        if dry_run { Self::IsSeen } else { Self::Signs }
    }
}

/// Whether `--ca-key` or its like names a key in a token instead of a file.
pub(crate) fn is_in_token(key: &str) -> bool {
    key.get(..SCHEME.len()).is_some_and(|start| start.eq_ignore_ascii_case(SCHEME))
}

/// What signs with the key in a token that belongs to a certificate.
pub(crate) fn in_token(
    key: &str,
    certificate: &Certificate,
    source: &Source<'_>,
    context: &mut Context,
) -> Result<Box<dyn Signing>, Failure> {
    token::signer_of(key, certificate, source, context)
}

/// Says what is wrong with a URI; the token is left alone.
pub(crate) fn check_uri(key: &str, context: &mut Context) -> Result<(), Failure> {
    token::check(key, context)
}

/// Stands for what signs for a certificate, where nothing is signed.
pub(crate) fn unopened(key: &str, certificate: &Certificate) -> Result<Box<dyn Signing>, Error> {
    let kind = certificate.public_key().kind();
    let scheme = SignatureScheme::of(kind)
        .ok_or_else(|| Error::UnsupportedKey { kind: kind.to_string() })?;
    Ok(Box::new(Unopened { signer: key.to_owned(), scheme }))
}

/// The key in a token for a new certificate or a request; with a kind of key, one that is made first.
pub(crate) fn key_in_token(
    key: &str,
    made: Option<KeyType>,
    source: &Source<'_>,
    context: &mut Context,
) -> Result<ElsewhereKey, Failure> {
    token::key_of(key, made, source, context)
}

/// Stands for a signer of a run that signs nothing.
pub(crate) struct Unopened {
    pub(crate) signer: String,
    pub(crate) scheme: SignatureScheme,
}

impl Signing for Unopened {
    fn scheme(&self) -> SignatureScheme {
        self.scheme
    }

    fn sign(&self, _: &[u8]) -> Result<Vec<u8>, Error> {
        let detail = "not opened, because nothing is to be signed".to_owned();
        Err(Error::Signing { signer: self.signer.clone(), detail, hint: None })
    }
}

const SCHEME: &str = "pkcs11:";
