//! Makes a key in a token, which never leaves it.

use crosstrust_keystore::KeyType;
use std::ffi::c_ulong;

use cryptoki::error::{Error, RvError};
use cryptoki::mechanism::Mechanism;
use cryptoki::object::Attribute;
use cryptoki::session::Session;

use super::key;
use super::uri::TokenUri;
use super::words::Trouble;

/// Makes a pair of keys under the label of the URI, under which there may be none yet.
pub(super) fn pair(session: &Session, uri: &TokenUri, key_type: KeyType) -> Result<(), Trouble> {
    let Some(label) = uri.object.as_ref().filter(|label| !label.is_empty()) else {
        return Err(Trouble::new("the URI does not say what the new key is to be called")
            .hint("add object=LABEL to it"));
    };
    let there = TokenUri { object: uri.object.clone(), ..TokenUri::default() };
    let mut there = key::like(session, &there)?;
    if uri.id.is_some() {
        // Two keys of one id are not told apart by others.
        let alike = TokenUri { id: uri.id.clone(), ..TokenUri::default() };
        there.extend(key::like(session, &alike)?);
    }
    if !there.is_empty() {
        let what = format!("there is such a key: {}", key::listed(&there));
        return Err(Trouble::new(what)
            .hint("to use it, leave --generate out; else choose another label and id"));
    }
    generate(session, &names(session, uri, label)?, key_type)
}

/// What both halves are called.
fn names(session: &Session, uri: &TokenUri, label: &str) -> Result<Vec<Attribute>, Trouble> {
    let id = match &uri.id {
        Some(id) => id.clone(),
        None => session.generate_random_vec(ID_BYTES).map_err(|error| {
            Trouble::from(error).hint("choose an id for the key: add id=%01 to the URI")
        })?,
    };
    let label = Attribute::Label(label.as_bytes().to_vec());
    Ok(vec![Attribute::Token(true), label, Attribute::Id(id)])
}

fn generate(session: &Session, names: &[Attribute], key_type: KeyType) -> Result<(), Trouble> {
    let (mechanism, kind) = mechanism(key_type)?;
    let seen = [Attribute::Private(false), Attribute::Verify(true)];
    let kept = [
        Attribute::Private(true),
        Attribute::Sensitive(true),
        Attribute::Extractable(false),
        Attribute::Sign(true),
    ];
    let make = |denied_seen: &[Attribute], denied_kept: &[Attribute]| {
        let public = [names, &kind, &seen, denied_seen].concat();
        session.generate_key_pair(&mechanism, &public, &[names, &kept, denied_kept].concat())
    };
    // Tokens allow what nobody denies; some do not know what they are to deny.
    let pair = make(
        &[Attribute::Encrypt(false), Attribute::Wrap(false)],
        &[Attribute::Decrypt(false), Attribute::Unwrap(false), Attribute::Derive(false)],
    );
    match pair {
        Err(Error::Pkcs11(
            RvError::AttributeTypeInvalid
            | RvError::AttributeValueInvalid
            | RvError::TemplateInconsistent,
            _,
        )) => make(&[], &[])?,
        other => other?,
    };
    Ok(())
}

/// How a kind of key is made, and what says which one.
fn mechanism(key_type: KeyType) -> Result<(Mechanism<'static>, Vec<Attribute>), Trouble> {
    let rsa = |bits: c_ulong| {
        let exponent = Attribute::PublicExponent(vec![1, 0, 1]);
        (Mechanism::RsaPkcsKeyPairGen, vec![Attribute::ModulusBits(bits.into()), exponent])
    };
    let ec = |curve: &[u8]| (Mechanism::EccKeyPairGen, vec![Attribute::EcParams(curve.to_vec())]);
    Ok(match key_type {
        KeyType::Rsa2048 => rsa(2048),
        KeyType::Rsa3072 => rsa(3072),
        KeyType::Rsa4096 => rsa(4096),
        KeyType::EcP256 => ec(P256),
        KeyType::EcP384 => ec(P384),
        KeyType::RsaOther(_) => {
            return Err(Trouble::new("no token is asked for an RSA key of this size"));
        }
    })
}

const ID_BYTES: u32 = 8;
/// Object identifiers of curves, in DER (RFC 5480, section 2.1.1.1).
const P256: &[u8] = &[6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7];
const P384: &[u8] = &[6, 5, 0x2b, 0x81, 4, 0, 34];
