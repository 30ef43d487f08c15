//! The list of trusted names as Elasticsearch ends up with it, before any pattern is built.

use std::collections::BTreeMap;

use crosstrust_settings::Document;
use crosstrust_settings::Entry;
use crosstrust_settings::Form;
use crosstrust_settings::Format;
use crosstrust_settings::Item;
use crosstrust_settings::Place;

use crate::error::Error;

/// A file that Elasticsearch's settings loader takes, and the names it trusts.
#[derive(Clone, Debug)]
pub struct Loaded {
    pub(crate) document: Document,
    pub(crate) form: Form,
    items: Vec<Item>,
    ignored_keys: Vec<IgnoredKey>,
}

/// A key that Elasticsearch reads over.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct IgnoredKey {
    /// The key with its parents, joined with dots.
    pub key: String,
    /// Where its last part stands.
    pub place: Place,
}

impl Loaded {
    /// Reads a file as Elasticsearch does, up to the list of texts it makes patterns of.
    ///
    /// Takes the name of the file, whose end decides between YAML and JSON, and its bytes.
    ///
    /// # Errors
    ///
    /// Whatever makes Elasticsearch refuse the file, with its place; invalid patterns aside.
    pub fn parse(file_name: &str, bytes: &[u8]) -> Result<Self, Error> {
        Ok(Self::read(file_name, bytes)?)
    }

    pub(crate) fn read(file_name: &str, bytes: &[u8]) -> Result<Self, crosstrust_settings::Error> {
        let document = Document::parse(file_name, bytes)?;
        let mut folded = document.folded()?;
        let form = folded.remove(KEY).unwrap_or(Form::Absent);
        let items = document.items(&form)?;
        let ignored_keys = ignored(document.entries(), folded);
        Ok(Self { document, form, items, ignored_keys })
    }

    /// The text of the file.
    pub(crate) fn text(&self) -> &str {
        self.document.text()
    }

    /// The trusted names, in the order Elasticsearch has them.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The keys that Elasticsearch reads over, in file order.
    pub fn ignored_keys(&self) -> &[IgnoredKey] {
        &self.ignored_keys
    }

    /// Where the comments stand, from their `#`, `//` or `/*` to their end.
    pub fn comments(&self) -> &[Place] {
        self.document.comments()
    }

    /// The language of the file.
    pub fn format(&self) -> Format {
        self.document.format()
    }

    /// Whether the file is too large for Elasticsearch, whose YAML parser stops at 3 Mi characters.
    ///
    /// Such files are read here nevertheless, up to 16 MiB.
    pub fn is_beyond_elasticsearch(&self) -> bool {
        let most = ELASTICSEARCH_MOST_CHARACTERS;
        self.format() == Format::Yaml
            && self.text().len() > most
            && self.text().chars().count() > most
    }

    pub(crate) fn into_parts(self) -> (Vec<Item>, Vec<IgnoredKey>) {
        (self.items, self.ignored_keys)
    }
}

fn ignored(entries: &[Entry], folded: BTreeMap<String, Form>) -> Vec<IgnoredKey> {
    let mut keys: Vec<(Option<usize>, String)> =
        folded.into_iter().map(|(key, form)| (form.first(), key)).collect();
    keys.sort();
    keys.into_iter()
        .map(|(position, key)| {
            let entry = position.and_then(|position| entries.get(position));
            IgnoredKey { key, place: entry.map(|entry| entry.place).unwrap_or_default() }
        })
        .collect()
}

/// The one key that Elasticsearch reads.
pub(crate) const KEY: &str = "trust.subject_name";

/// How many characters of YAML Elasticsearch's parser takes.
const ELASTICSEARCH_MOST_CHARACTERS: usize = 3 << 20;
