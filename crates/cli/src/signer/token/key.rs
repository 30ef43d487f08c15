//! Finds the private key that a URI means.

use std::collections::BTreeSet;
use std::ffi::c_ulong;

use cryptoki::object::{Attribute, AttributeType, KeyType, ObjectClass, ObjectHandle};
use cryptoki::session::Session;

use super::uri::TokenUri;
use super::words::Trouble;

/// A private key of a token.
#[derive(Clone, Debug)]
pub(super) struct Key {
    pub(super) handle: ObjectHandle,
    pub(super) label: Vec<u8>,
    pub(super) id: Vec<u8>,
    pub(super) kind: Option<KeyType>,
    /// Whether each signature wants the PIN once more.
    pub(super) always_authenticate: bool,
    /// The only mechanisms that it is for, if it is not for all that the token has.
    pub(super) allowed: Option<BTreeSet<c_ulong>>,
}

impl Key {
    fn read(session: &Session, handle: ObjectHandle) -> Result<Self, Trouble> {
        let asked = [
            AttributeType::Label,
            AttributeType::Id,
            AttributeType::KeyType,
            AttributeType::AlwaysAuthenticate,
        ];
        let mut key = Self {
            handle,
            label: Vec::new(),
            id: Vec::new(),
            kind: None,
            always_authenticate: false,
            allowed: allowed(session, handle),
        };
        for attribute in session.get_attributes(handle, &asked)? {
            match attribute {
                Attribute::Label(label) => key.label = label,
                Attribute::Id(id) => key.id = id,
                Attribute::KeyType(kind) => key.kind = Some(kind),
                Attribute::AlwaysAuthenticate(always) => key.always_authenticate = always,
                _ => {}
            }
        }
        Ok(key)
    }

    /// Whether it is for a mechanism.
    pub(super) fn allows(&self, mechanism: c_ulong) -> bool {
        self.allowed.as_ref().is_none_or(|allowed| allowed.contains(&mechanism))
    }

    /// The attributes of a URI that name it.
    fn spelled(&self) -> String {
        let kind = match self.kind {
            Some(KeyType::RSA) => "RSA",
            Some(KeyType::EC) => "EC",
            _ => "of another kind",
        };
        let mut parts = Vec::new();
        if !self.label.is_empty() {
            parts.push(format!("object={}", encoded(&self.label)));
        }
        if !self.id.is_empty() {
            let id = self.id.iter().map(|byte| format!("%{byte:02X}")).collect::<String>();
            parts.push(format!("id={id}"));
        }
        if parts.is_empty() {
            parts.push("without label and id".to_owned());
        }
        format!("`{}` ({kind})", parts.join(";"))
    }
}

/// The mechanisms of `CKA_ALLOWED_MECHANISMS`, which many tokens do not have.
fn allowed(session: &Session, handle: ObjectHandle) -> Option<BTreeSet<c_ulong>> {
    let read = session.get_attributes(handle, &[AttributeType::AllowedMechanisms]).ok()?;
    let named = read.into_iter().find_map(|attribute| match attribute {
        Attribute::AllowedMechanisms(named) => Some(named),
        _ => None,
    })?;
    let allowed: BTreeSet<c_ulong> = named.into_iter().map(|kind| *kind).collect();
    Some(allowed).filter(|allowed| !allowed.is_empty())
}

/// The one private key that has the label and the id that the URI asks for.
pub(super) fn find(session: &Session, uri: &TokenUri) -> Result<Key, Trouble> {
    let mut found = like(session, uri)?;
    if found.len() > 1 {
        let what = format!("several private keys are like that: {}", listed(&found));
        return Err(Trouble::new(what).hint("add object=… or id=… to the URI"));
    }
    if let Some(key) = found.pop() {
        return Ok(key);
    }
    let others = like(session, &TokenUri::default())?;
    if others.is_empty() {
        return Err(Trouble::new("the token has no private key").hint(GENERATE));
    }
    let what = format!("the token has no private key like that; it has {}", listed(&others));
    Err(Trouble::new(what).hint("write object=… or id=… of one of them"))
}

/// The private keys that have what the URI asks for.
pub(super) fn like(session: &Session, uri: &TokenUri) -> Result<Vec<Key>, Trouble> {
    let mut template = vec![Attribute::Class(ObjectClass::PRIVATE_KEY)];
    template.extend(uri.object.as_ref().map(|label| Attribute::Label(label.clone().into_bytes())));
    template.extend(uri.id.as_ref().map(|id| Attribute::Id(id.clone())));
    let handles = session.find_objects(&template)?;
    handles.into_iter().map(|handle| Key::read(session, handle)).collect()
}

pub(super) fn listed(keys: &[Key]) -> String {
    let more = keys.len().saturating_sub(MOST);
    let mut listed: Vec<String> = keys.iter().take(MOST).map(Key::spelled).collect();
    if more > 0 {
        listed.push(format!("{more} more"));
    }
    listed.join(", ")
}

/// Text as the value of an attribute of a URI.
fn encoded(text: &[u8]) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    text.iter()
        .map(
            |byte| {
                if plain(*byte) { char::from(*byte).to_string() } else { format!("%{byte:02X}") }
            },
        )
        .collect()
}

/// So many are told.
const MOST: usize = 10;
const GENERATE: &str = "`crosstrust ca --generate --key 'pkcs11:…;object=LABEL'` makes one";
