//! `--skip-existing` for files of which the contents are known: whether what is there is what would be
//! written.

use crosstrust_keystore::open::{Contents, open_store};
use crosstrust_keystore::{Entry, Error, KeyEntry, Password};

use super::listing::{Action, Fate};
use super::place::Place;
use crate::context::Context;
use crate::failure::{Failure, Message, chain};
use crate::material::keys::locked;
use crate::output::NewFile;
use crate::password::Source;

/// How what is there is looked at.
pub(crate) struct Compare<'a> {
    /// Where it is.
    pub(crate) place: &'a Place,
    /// Its password, where it comes from.
    pub(crate) source: Source<'a>,
    /// The password of what would be written.
    pub(crate) password: &'a Password,
    /// The password of the keys in it, where it is a key store.
    pub(crate) keys: &'a Password,
    /// Whether what is not right is replaced.
    pub(crate) force: bool,
}

impl Compare<'_> {
    /// What becomes of a file, at a path. What is there and holds something else is an error, unless it may
    /// be replaced; what does not open always is, since it may be the only copy of a key.
    pub(crate) fn decide(
        &self,
        path: &str,
        new: &NewFile<'_>,
        context: &mut Context,
    ) -> Result<Fate, Failure> {
        if !self.place.has(path) {
            return Ok(Fate::created());
        }
        let there = self.place.read(path, context)?;
        if *there.bytes == *new.contents {
            return Ok(Fate::kept());
        }
        let source = self.source.of_file(&there.bytes);
        let found = context.with_password(path, &source, |passwords| {
            self.open(&there.bytes, passwords.first().unwrap_or(self.password))
        })?;
        let wanted = self.open(new.contents, self.password);
        let wanted = wanted.map_err(|error| Message::new(chain(&error)).at(path))?;
        match difference(&found, &wanted) {
            None => Ok(Fate::kept()),
            Some(fault) if self.force => Ok(Fate::new(Action::Replaced, fault)),
            Some(fault) => {
                let message = Message::new(format!("is there and not as it should be: {fault}"));
                Err(message.at(path).hint("replace it with --force").into())
            }
        }
    }
}

impl Compare<'_> {
    fn open(&self, bytes: &[u8], password: &Password) -> Result<Contents, Error> {
        let keys = if self.keys.is_same_as(self.password) { password } else { self.keys };
        let contents = open_store(bytes, password, keys)?;
        locked(&contents).map_or(Ok(contents), Err)
    }
}

/// What one file has otherwise than the other one.
fn difference(is: &Contents, wanted: &Contents) -> Option<&'static str> {
    let keys = |contents| Contents::keys(contents).collect::<Vec<_>>();
    let (is_keys, wanted_keys) = (keys(is), keys(wanted));
    let pairs = || is_keys.iter().zip(&wanted_keys);
    if is.format != wanted.format {
        return Some("it has another format");
    }
    if is_keys.len() != wanted_keys.len() || !pairs().all(|(one, other)| is_same_key(one, other)) {
        return Some("its key is another one");
    }
    if pairs().any(|(one, other)| one.alias != other.alias) || names(is) != names(wanted) {
        return Some("its aliases are others");
    }
    if is.certificates() != wanted.certificates() {
        return Some("its certificates are others");
    }
    if is.encryption != wanted.encryption
        || pairs().any(|(one, other)| one.encryption != other.encryption)
    {
        return Some("it is encrypted in another way");
    }
    // An unencrypted key of the same value is written in one way only, for each format of a key.
    let is_plain = |entry: &&KeyEntry| entry.encryption.is_none();
    let is_plain_key = is.encryption.is_none() && is_keys.iter().any(is_plain);
    is_plain_key.then_some("its key is encoded in another way")
}

fn is_same_key(one: &KeyEntry, other: &KeyEntry) -> bool {
    match (one.key.open(), other.key.open()) {
        (Some(one), Some(other)) => {
            one.to_pkcs8_der().as_bytes() == other.to_pkcs8_der().as_bytes()
        }
        _ => false,
    }
}

fn names(contents: &Contents) -> Vec<Option<&str>> {
    contents.entries.iter().map(Entry::alias).collect()
}
