//! Settings by their keys: the later of two wins, and numbered keys are one list.

use std::collections::BTreeMap;

use crate::document::Document;
use crate::document::Entry;
use crate::document::Value;
use crate::error::Error;
use crate::error::ErrorKind;
use crate::event::Fault;
use crate::item::Item;
use crate::item::single_item;
use crate::item::split;

/// How a setting is written, by the positions of the entries that make it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Form {
    /// The key is not there.
    Absent,
    /// A list or a scalar under the key.
    Entry(usize),
    /// Keys that end in `.0`, `.1` and so on.
    Numbered(Vec<usize>),
}

impl Form {
    /// The position of the entry that stands first.
    pub fn first(&self) -> Option<usize> {
        match self {
            Self::Absent => None,
            Self::Entry(position) => Some(*position),
            Self::Numbered(positions) => positions.first().copied(),
        }
    }
}

impl Document {
    /// The keys that remain when the later of two has won and numbered keys are folded into lists.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::MixedNumberedKeys`].
    pub fn folded(&self) -> Result<BTreeMap<String, Form>, Error> {
        fold(self.entries()).map_err(|fault| self.error(fault))
    }

    /// The texts of a value, as a setting that is a list takes them.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::TooManyValues`] for a text with too many commas.
    pub fn items(&self, form: &Form) -> Result<Vec<Item>, Error> {
        items(self.text(), self.entries(), form).map_err(|fault| self.error(fault))
    }
}

/// The keys that remain when the later of two has won and numbered keys are folded into lists.
fn fold(entries: &[Entry]) -> Result<BTreeMap<String, Form>, Fault> {
    let mut keys = BTreeMap::new();
    for (position, entry) in entries.iter().enumerate() {
        keys.insert(entry.key.clone(), Form::Entry(position));
    }
    let heads: Vec<String> = keys.keys().filter(|key| key.ends_with(".0")).cloned().collect();
    for head in heads {
        let Some(key) = head.strip_suffix(".0") else { continue };
        if keys.contains_key(key) {
            return Err(mixed(key, entries, keys.get(&head)));
        }
        let numbered =
            (0_usize..).map_while(|number| match keys.remove(&format!("{key}.{number}")) {
                Some(Form::Entry(position)) => Some(position),
                _ => None,
            });
        let numbered = Form::Numbered(numbered.collect());
        keys.insert(key.to_owned(), numbered);
    }
    // Elasticsearch folds twice, and trips over a list that the first time left under such a key.
    match keys.iter().find(|(key, _)| key.ends_with(".0")) {
        Some((key, form)) => {
            let shorter = key.strip_suffix(".0").unwrap_or(key);
            Err(mixed(shorter, entries, Some(form)))
        }
        None => Ok(keys),
    }
}

fn mixed(key: &str, entries: &[Entry], form: Option<&Form>) -> Fault {
    let position = form.and_then(Form::first);
    let place = position.and_then(|position| entries.get(position)).map(|entry| entry.place);
    let kind = ErrorKind::MixedNumberedKeys { key: key.to_owned() };
    Fault { kind, place: place.unwrap_or_default() }
}

/// The texts of a value, as a setting that is a list takes them.
fn items(text: &str, entries: &[Entry], form: &Form) -> Result<Vec<Item>, Fault> {
    let entry = |position: &usize| entries.get(*position);
    Ok(match form {
        Form::Absent => Vec::new(),
        Form::Entry(position) => match entry(position).map(|entry| &entry.value) {
            Some(Value::List(list)) => list.items.iter().map(Item::from).collect(),
            Some(Value::Text(scalar)) => split(text, scalar)?,
            None => Vec::new(),
        },
        Form::Numbered(positions) => {
            positions.iter().filter_map(entry).map(|entry| single_item(&entry.value)).collect()
        }
    })
}
