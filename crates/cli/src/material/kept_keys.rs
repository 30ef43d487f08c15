//! The private keys that nodes keep: where they are, and whether they stay encrypted.

use std::collections::BTreeMap;
use std::path::Path;
use std::ptr;

use crosstrust_keystore::open::Contents;
use crosstrust_keystore::{KeyEntry, PrivateKey, StoredKey};
use crosstrust_x509::Certificate;

use super::keys::{KeyFile, key_in, key_unreadable, open_unlocked};
use super::sources::Opened;
use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::input::is_file;
use crate::password::Source;

/// The keys of files that were read together.
pub(crate) struct Entries<'a> {
    by_key: BTreeMap<*const StoredKey, &'a KeyEntry>,
    /// The first one of each file.
    by_path: BTreeMap<&'a Path, &'a KeyEntry>,
}

impl<'a> Entries<'a> {
    pub(crate) fn of(opened: &'a [Opened]) -> Self {
        let (mut by_key, mut by_path) = (BTreeMap::new(), BTreeMap::new());
        for file in opened {
            for entry in file.contents.keys() {
                by_key.insert(ptr::from_ref(&entry.key), entry);
                by_path.entry(Path::new(&file.path)).or_insert(entry);
            }
        }
        Self { by_key, by_path }
    }
}

/// A node whose key is looked for.
pub(crate) struct Keyed<'a> {
    /// What it is called in messages; the path of its certificate where the key is not in the same file.
    pub(crate) label: &'a str,
    /// Its certificate.
    pub(crate) leaf: &'a Certificate,
    /// The key in the same file.
    pub(crate) stored: Option<&'a StoredKey>,
}

/// A key that is kept.
pub(crate) struct KeptKey {
    /// The key.
    pub(crate) key: PrivateKey,
    /// Whether it was encrypted.
    pub(crate) was_encrypted: bool,
}

impl Keyed<'_> {
    /// The private key: beside the certificate, or for `NAME.crt` in `NAME.key`, be it in an archive.
    pub(crate) fn key(
        &self,
        entries: &Entries<'_>,
        source: &Source<'_>,
        context: &mut Context,
    ) -> Result<KeptKey, Failure> {
        let Self { label, leaf, stored } = self;
        let beside = Path::new(label).with_extension("key");
        let entry = stored.and_then(|key| entries.by_key.get(&ptr::from_ref(key)));
        let kept = if let Some(entry) = entry.or_else(|| entries.by_path.get(&*beside)) {
            open(label, entry, source)?
        } else {
            let input = context.read(&beside.to_string_lossy())?;
            let KeyFile { key, is_encrypted, .. } = key_in(&input, source, context)?;
            KeptKey { key, was_encrypted: is_encrypted }
        };
        if !kept.key.belongs_to(leaf) {
            return Err(Message::new("the key does not belong to it").at(label).into());
        }
        Ok(kept)
    }
}

fn open(label: &str, entry: &KeyEntry, source: &Source<'_>) -> Result<KeptKey, Failure> {
    match &entry.key {
        StoredKey::Open(key) => {
            Ok(KeptKey { key: key.as_ref().clone(), was_encrypted: entry.encryption.is_some() })
        }
        StoredKey::Locked(error) => Err(key_unreadable(label, error, source)),
    }
}

/// Warns of a key `NAME.key` beside `NAME.crt` that is known to be another one's.
pub(crate) fn warn_of_stranger(path: &str, certificate: &Certificate, context: &mut Context) {
    let beside = Path::new(path).with_extension("key").to_string_lossy().into_owned();
    if !is_file(&beside) {
        return;
    }
    let contents = context.read(&beside).ok().and_then(|file| open_unlocked(&file.bytes, &[]).ok());
    let keys = contents.iter().flat_map(Contents::keys).filter_map(|entry| entry.key.open());
    let keys: Vec<&PrivateKey> = keys.collect();
    if !keys.is_empty() && !keys.iter().any(|key| key.belongs_to(certificate)) {
        context.warn(&format!("{beside}: is not the key of {path} beside it"));
    }
}

/// Warns of keys that were encrypted and are written as PEM without a password.
pub(crate) fn warn_of_plain<'a>(
    kept: impl IntoIterator<Item = (&'a str, bool)>,
    output: &Source<'_>,
    context: &mut Context,
) -> Result<(), Failure> {
    let is_encrypted = context.given(output)?.is_some_and(|password| !password.is_empty());
    let labels = kept.into_iter().filter(|(_, was_encrypted)| *was_encrypted && !is_encrypted);
    let labels = labels.map(|(label, _)| label).collect::<Vec<_>>();
    if let [first, others @ ..] = labels.as_slice() {
        let others =
            if others.is_empty() { String::new() } else { format!(" and {} more", others.len()) };
        let what = "the key that is kept was encrypted, and the new file of it is not: --pass sets a password";
        context.warn(&format!("{first}{others}: {what}"));
    }
    Ok(())
}
