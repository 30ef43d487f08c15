//! Makes a key in a token, which never leaves it.

use crosstrust_keystore::KeyType;
use std::ffi::c_ulong;

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
    let there = key::like(session, &there)?;
    if !there.is_empty() {
        let what = format!("there is such a key: {}", key::listed(&there));
        return Err(Trouble::new(what).hint("to use it, leave --generate out"));
    }
    let id = match &uri.id {
        Some(id) => id.clone(),
        None => session.generate_random_vec(ID_BYTES).map_err(|error| {
            Trouble::from(error).hint("choose an id for the key: add id=%01 to the URI")
        })?,
    };
    let both =
        [Attribute::Token(true), Attribute::Label(label.clone().into_bytes()), Attribute::Id(id)];
    let Made { mechanism, kind, public, private } = Made::of(key_type)?;
    let seen = [Attribute::Private(false), Attribute::Verify(true)];
    let kept = [
        Attribute::Private(true),
        Attribute::Sensitive(true),
        Attribute::Extractable(false),
        Attribute::Sign(true),
    ];
    let public = [&both[..], &kind, &seen, &public].concat();
    session.generate_key_pair(&mechanism, &public, &[&both[..], &kept, &private].concat())?;
    Ok(())
}

/// What a kind of key asks of the token, and what it is not for: tokens allow what nobody denies.
struct Made {
    mechanism: Mechanism<'static>,
    kind: Vec<Attribute>,
    public: Vec<Attribute>,
    private: Vec<Attribute>,
}

impl Made {
    fn of(key_type: KeyType) -> Result<Self, Trouble> {
        Ok(match key_type {
            KeyType::Rsa2048 => Self::rsa(2048),
            KeyType::Rsa3072 => Self::rsa(3072),
            KeyType::Rsa4096 => Self::rsa(4096),
            KeyType::EcP256 => Self::ec(P256),
            KeyType::EcP384 => Self::ec(P384),
            KeyType::RsaOther(_) => {
                return Err(Trouble::new("no token is asked for an RSA key of this size"));
            }
        })
    }

    fn rsa(bits: c_ulong) -> Self {
        let exponent = Attribute::PublicExponent(vec![1, 0, 1]);
        Self {
            mechanism: Mechanism::RsaPkcsKeyPairGen,
            kind: vec![Attribute::ModulusBits(bits.into()), exponent],
            public: vec![Attribute::Encrypt(false), Attribute::Wrap(false)],
            private: vec![Attribute::Decrypt(false), Attribute::Unwrap(false)],
        }
    }

    fn ec(curve: &[u8]) -> Self {
        Self {
            mechanism: Mechanism::EccKeyPairGen,
            kind: vec![Attribute::EcParams(curve.to_vec())],
            public: Vec::new(),
            private: vec![Attribute::Derive(false)],
        }
    }
}

const ID_BYTES: u32 = 8;
/// Object identifiers of curves, in DER (RFC 5480, section 2.1.1.1).
const P256: &[u8] = &[6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7];
const P384: &[u8] = &[6, 5, 0x2b, 0x81, 4, 0, 34];
