//! Key stores as a JVM loads them, and what Elasticsearch asks of them.

use crosstrust_x509::{Certificate, Curve, KeyKind};

use super::alias_order::{hash_order, rank};
use super::obstacle::{Obstacle, Reason, RefusedBy};
use super::scheme::{mac_refused_by, scheme_refused_by};
use super::store_type::StoreType;
use crate::entry::{Entry, KeyEntry, OtherEntry, OtherKind, StoredKey};
use crate::error::Error;
use crate::open::Contents;
use crate::pkcs12::{Encryption, PartContent};

/// What keeps a key store from giving a node its certificate and key, where no settings name its
/// type.
pub fn key_store_obstacles(contents: &Contents) -> Vec<Obstacle> {
    key_store_obstacles_as(contents, Some(StoreType::Dual))
}

/// The same of a key store of a type that settings name; nothing where Java has no such type.
pub fn key_store_obstacles_as(contents: &Contents, read: Option<StoreType>) -> Vec<Obstacle> {
    let mut found = loading(contents, read);
    if found.iter().any(|one| one.refused_by.is_final()) {
        return found;
    }
    let visible: Vec<&KeyEntry> = visible_keys(contents).collect();
    let secret = contents.entries.iter().any(is_secret);
    if visible.is_empty() && !secret {
        let plain = contents.keys().any(|entry| entry.encryption.is_none());
        found.push(Obstacle::all(Reason::NoKeyEntry { plain }));
    } else if !visible.iter().any(|entry| !entry.chain.is_empty()) {
        found.push(Obstacle::all(Reason::NoChain));
    }
    found.extend(visible.into_iter().flat_map(|entry| key(entry, contents)));
    found
}

/// What keeps a key store from being a trust store, where no settings name its type.
pub fn trust_store_obstacles(contents: &Contents) -> Vec<Obstacle> {
    trust_store_obstacles_as(contents, Some(StoreType::Dual))
}

/// The same of a trust store of a type that settings name; nothing where Java has no such type.
pub fn trust_store_obstacles_as(contents: &Contents, read: Option<StoreType>) -> Vec<Obstacle> {
    let mut found = loading(contents, read);
    let is_loaded = !found.iter().any(|one| one.refused_by.is_final());
    let is_trusted =
        |entry: &Entry| matches!(entry, Entry::TrustedCertificate(one) if one.java_alias.is_some());
    if is_loaded && !contents.entries.iter().any(is_trusted) {
        let keys = contents.keys().next().is_some();
        found.push(Obstacle::all(Reason::NoTrustedEntry { keys }));
    }
    found
}

/// What keeps a JVM from opening the private keys of a file, whatever its format.
pub fn key_obstacles(contents: &Contents) -> Vec<Obstacle> {
    contents.keys().flat_map(|entry| key(entry, contents)).collect()
}

/// The certificates that Java trusts when it is given the key store: those marked as trusted, and the
/// first certificate of each key entry.
pub fn anchors(contents: &Contents) -> Vec<&Certificate> {
    let seen = contents.entries.iter().filter(|entry| entry.java_alias().is_some());
    seen.filter_map(|entry| entry.certificates().first()).collect()
}

/// The key entries that a key manager has to choose from, the one that a node presents first.
///
/// The type of key decides, EC before RSA, and among keys of one type Java's order of the aliases.
pub fn presented(contents: &Contents) -> Vec<&KeyEntry> {
    let usable = visible_keys(contents).filter(|entry| !entry.chain.is_empty()).collect();
    let mut ordered: Vec<&KeyEntry> =
        hash_order(usable, |entry| entry.java_alias.clone().unwrap_or_default());
    ordered.sort_by_key(|entry| {
        entry.chain.first().map_or(u8::MAX, |leaf| rank(leaf.public_key().kind()))
    });
    ordered
}

fn visible_keys(contents: &Contents) -> impl Iterator<Item = &KeyEntry> {
    contents.keys().filter(|entry| entry.java_alias.is_some())
}

fn is_secret(entry: &Entry) -> bool {
    matches!(entry, Entry::Other(OtherEntry { kind: OtherKind::Secret, .. }))
}

/// What keeps the file as a whole from being loaded: keys are decrypted later, one by one.
fn loading(contents: &Contents, read: Option<StoreType>) -> Vec<Obstacle> {
    let format = contents.format;
    if !format.is_key_store() {
        return vec![Obstacle::all(Reason::NotAKeyStore { format })];
    }
    if let Some(read) = read.filter(|read| !read.takes(format)) {
        return vec![Obstacle::all(Reason::StoreType { format, read })];
    }
    let mut found = content_obstacles(contents);
    found.extend(contents.entries.iter().find_map(|entry| match entry {
        Entry::Other(OtherEntry { kind: OtherKind::UnreadableCertificate(problem), .. }) => {
            let problem = problem.clone();
            Some(Obstacle::all(Reason::UnreadableCertificate { problem }))
        }
        _ => None,
    }));
    found
}

/// What keeps a JVM from the content of a key store, its keys aside.
pub(crate) fn content_obstacles(contents: &Contents) -> Vec<Obstacle> {
    let ascii = contents.ascii_password;
    let mut found = Vec::new();
    if let Some(Encryption { parts, mac }) = &contents.encryption {
        let safes = parts.iter().filter(|part| part.content == PartContent::Safe);
        let schemes = safes.filter_map(|part| part.scheme.as_ref());
        found.extend(schemes.filter_map(|scheme| {
            protection("its content", scheme, |ascii| scheme_refused_by(scheme, ascii), ascii)
        }));
        found.extend(mac.iter().filter_map(|mac| {
            protection("its content", mac, |ascii| mac_refused_by(mac, ascii), ascii)
        }));
    }
    found
}

/// What keeps a JVM from one key.
fn key(entry: &KeyEntry, contents: &Contents) -> Vec<Obstacle> {
    let is_store = contents.format.is_key_store();
    let (what, ascii) = (if is_store { STORED } else { ALONE }, contents.ascii_password);
    let protected = entry.encryption.as_ref().and_then(|scheme| {
        protection(what, scheme, |ascii| scheme_refused_by(scheme, ascii), ascii)
    });
    let is_final = protected.as_ref().is_some_and(|one| one.refused_by.is_final());
    let locked = Some(()).filter(|()| !is_final).and_then(|()| unread(entry)).map(Obstacle::all);
    protected.into_iter().chain(locked).collect()
}

/// Why a key is not read, whatever the JVM.
fn unread(entry: &KeyEntry) -> Option<Reason> {
    let what = entry
        .alias
        .as_ref()
        .map_or_else(|| "the private key".to_owned(), |alias| format!("the private key `{alias}`"));
    match &entry.key {
        StoredKey::Open(open) => match open.kind() {
            kind @ KeyKind::Ec { curve } if !is_known(curve) => {
                Some(Reason::KeyKind { kind: kind.clone() })
            }
            _ => None,
        },
        StoredKey::Locked(Error::WrongPassword | Error::PasswordRequired { .. }) => {
            Some(Reason::KeyPassword { what })
        }
        StoredKey::Locked(problem) => Some(Reason::Key { what, problem: problem.clone() }),
    }
}

/// Whether Java has a curve; what it makes of a key on another is no key.
fn is_known(curve: &Curve) -> bool {
    match curve {
        Curve::P224 | Curve::P256 | Curve::P384 | Curve::P521 => true,
        Curve::Other { oid } => NAMED_CURVES.iter().any(|(arc, numbers)| {
            let number = oid.strip_prefix(arc).and_then(|number| number.parse::<u8>().ok());
            number.is_some_and(|number| numbers.contains(&number))
        }),
        _ => false,
    }
}

/// The curves that `sun.security.util.CurveDB` of Java 17 and 25 has a name for: of ANSI X9.62, Brainpool and
/// SEC 2. Java loads keys on all of them, and signs handshakes with few.
const NAMED_CURVES: [(&str, &[u8]); 4] = [
    ("1.2.840.10045.3.0.", &[5, 6, 7, 11, 12, 13, 18, 20]),
    ("1.2.840.10045.3.1.", &[1, 2, 3, 4, 5, 6]),
    ("1.3.36.3.3.2.8.1.1.", &[1, 3, 5, 7, 9, 11, 13]),
    (
        "1.3.132.0.",
        &[
            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 16, 17, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32,
            36, 37, 38, 39,
        ],
    ),
];

/// What is wrong with how something is protected, where `refused_by` knows who does not open it with
/// a password that is ASCII, or is not.
fn protection(
    what: &'static str,
    scheme: &impl ToString,
    refused_by: impl Fn(bool) -> Option<RefusedBy>,
    ascii: bool,
) -> Option<Obstacle> {
    let scheme = scheme.to_string();
    if let Some(refused_by) = refused_by(true) {
        return Some(Obstacle { reason: Reason::Scheme { what, scheme }, refused_by });
    }
    let refused_by = refused_by(ascii)?;
    Some(Obstacle { reason: Reason::Password { scheme }, refused_by })
}

/// What the private key of a key store is called, and one in a file of its own.
const STORED: &str = "its private key";
const ALONE: &str = "the private key";
