//! Private keys in files and key stores, and what keeps a JVM from them.

use crosstrust_keystore::java::{self, Obstacle, Reason};
use crosstrust_keystore::open::{self, Contents};
use crosstrust_keystore::{Error, KeyEntry, Password, PrivateKey, StoredKey};

use super::file_kind::no_key;
use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::input::Input;
use crate::password::{Source, Tried, unreadable};

/// Reads the one private key of a file.
pub(crate) fn read_key(
    path: &str,
    source: &Source<'_>,
    context: &mut Context,
) -> Result<PrivateKey, Failure> {
    Ok(read_node_key(path, source, context)?.0)
}

/// The same, with what keeps a JVM from it.
pub(crate) fn read_node_key(
    path: &str,
    source: &Source<'_>,
    context: &mut Context,
) -> Result<(PrivateKey, Vec<Obstacle>), Failure> {
    let KeyFile { key, obstacles, .. } = key_in(&context.read(path)?, source, context)?;
    Ok((key, obstacles))
}

/// The private key of a file.
pub(crate) struct KeyFile {
    /// The key.
    pub(crate) key: PrivateKey,
    /// What keeps a JVM from it.
    pub(crate) obstacles: Vec<Obstacle>,
    /// Whether it is encrypted.
    pub(crate) is_encrypted: bool,
}

/// The one private key of a file that was read.
pub(crate) fn key_in(
    input: &Input,
    source: &Source<'_>,
    context: &mut Context,
) -> Result<KeyFile, Failure> {
    let Input { path, bytes } = input;
    let source = source.of_file(bytes);
    let contents =
        context.with_password(path, &source, |passwords| open_unlocked(bytes, passwords))?;
    let open = |entry: &'_ KeyEntry| Some((entry.key.open()?.clone(), entry.encryption.is_some()));
    let mut keys: Vec<(PrivateKey, bool)> = contents.keys().filter_map(open).collect();
    match (keys.pop(), keys.len()) {
        (Some((key, is_encrypted)), 0) => {
            Ok(KeyFile { key, obstacles: key_obstacles(bytes, &contents), is_encrypted })
        }
        (None, _) => Err(no_key(path, &contents).into()),
        (found, others) => {
            let count = others + usize::from(found.is_some());
            let message = format!("holds {count} private keys, where one is expected");
            Err(Message::new(message).at(path).into())
        }
    }
}

/// What a person can do about a key that has another password than its store.
pub(crate) fn key_unreadable(label: &str, error: &Error, source: &Source<'_>) -> Failure {
    let tried = if source.is_given() { Tried::Given(None) } else { Tried::Empty };
    unreadable(&format!("{label}: its key"), error, source, tried)
}

/// What keeps a JVM from the key of a file that `key` names, its password aside.
pub(crate) fn key_obstacles(bytes: &[u8], contents: &Contents) -> Vec<Obstacle> {
    let read = java::key_file(bytes, &Password::empty());
    let mut found = read.map_or_else(|obstacles| obstacles, |(_, obstacles)| obstacles);
    found.extend(java::key_obstacles(contents));
    let mut once = Vec::new();
    for one in without_passwords(found) {
        if !once.contains(&one) {
            once.push(one);
        }
    }
    once
}

/// The obstacles that are in a file whatever the password: which one the node uses is not known here.
pub(crate) fn without_passwords(mut obstacles: Vec<Obstacle>) -> Vec<Obstacle> {
    obstacles.retain(|one| !matches!(one.reason, Reason::KeyPassword { .. }));
    obstacles
}

/// Opens a file, its keys too.
pub(crate) fn open_unlocked(bytes: &[u8], passwords: &[Password]) -> Result<Contents, Error> {
    let contents = open::open(bytes, passwords)?;
    locked(&contents).map_or(Ok(contents), Err)
}

/// Why a key is not open, if one is not.
pub(crate) fn locked(contents: &Contents) -> Option<Error> {
    contents.keys().find_map(|entry| match &entry.key {
        StoredKey::Locked(error) => Some(error.clone()),
        StoredKey::Open(_) => None,
    })
}
