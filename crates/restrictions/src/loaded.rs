//! The list of trusted names as Elasticsearch ends up with it, before any pattern is built.

use std::collections::BTreeMap;

use crate::cursor::Fault;
use crate::document::Document;
use crate::document::Entry;
use crate::document::Format;
use crate::document::MOST_VALUES;
use crate::document::Scalar;
use crate::document::Value;
use crate::error::Error;
use crate::error::ErrorKind;
use crate::event::Style;
use crate::place::Place;
use crate::source;
use crate::yaml::Resolved;

/// A file that Elasticsearch's settings loader takes, and the names it trusts.
#[derive(Clone, Debug)]
pub struct Loaded {
    pub(crate) text: String,
    pub(crate) format: Format,
    pub(crate) document: Document,
    pub(crate) form: Form,
    items: Vec<Item>,
    ignored_keys: Vec<IgnoredKey>,
}

/// One trusted name, pattern or not, as loaded.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Item {
    /// The text that Elasticsearch makes a pattern of.
    pub text: String,
    /// Where it stands in the file.
    pub place: Place,
    /// How it is written there.
    pub style: Style,
    /// Whether an anchor or a tag stands before it.
    pub decorated: bool,
    /// What it is to YAML.
    pub(crate) resolved: Resolved,
}

/// A key that Elasticsearch reads over.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct IgnoredKey {
    /// The key with its parents, joined with dots.
    pub key: String,
    /// Where its last part stands.
    pub place: Place,
}

/// How the list is written, by the positions of the entries that make it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Form {
    /// The key is not there.
    Absent,
    /// A list or a scalar under the key.
    Entry(usize),
    /// Keys that end in `.0`, `.1` and so on.
    Numbered(Vec<usize>),
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
        let format = Format::of(file_name)?;
        let text = source::decode(bytes, format)?;
        let read = Document::read(text, format).and_then(|document| {
            let mut folded = fold(&document.entries)?;
            let form = folded.remove(KEY).unwrap_or(Form::Absent);
            let items = items(text, &document.entries, &form)?;
            let ignored_keys = ignored(&document.entries, folded);
            Ok(Self { text: text.to_owned(), format, document, form, items, ignored_keys })
        });
        read.map_err(|fault| source::error_in(text, fault).in_format(format))
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
        &self.document.comments
    }

    /// The language of the file.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Whether the file is too large for Elasticsearch, whose YAML parser stops at 3 Mi characters.
    ///
    /// Such files are read here nevertheless, up to 16 MiB.
    pub fn is_beyond_elasticsearch(&self) -> bool {
        let most = ELASTICSEARCH_MOST_CHARACTERS;
        self.format == Format::Yaml && self.text.len() > most && self.text.chars().count() > most
    }

    pub(crate) fn into_parts(self) -> (Vec<Item>, Vec<IgnoredKey>) {
        (self.items, self.ignored_keys)
    }
}

/// Each key of a settings file, and the values that Elasticsearch would make a list of.
pub(crate) fn settings(text: &str) -> Result<BTreeMap<String, Vec<Item>>, Fault> {
    let document = Document::read(text, Format::Yaml)?;
    let folded = fold(&document.entries)?.into_iter();
    let values = folded.map(|(key, form)| Ok((key, items(text, &document.entries, &form)?)));
    values.collect()
}

/// The keys that remain when the later of two has won and numbered keys are folded into lists.
pub(crate) fn fold(entries: &[Entry]) -> Result<BTreeMap<String, Form>, Fault> {
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

impl Form {
    /// The position of the entry that stands first.
    pub(crate) fn first(&self) -> Option<usize> {
        match self {
            Self::Absent => None,
            Self::Entry(position) => Some(*position),
            Self::Numbered(positions) => positions.first().copied(),
        }
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

/// The texts of a value, as a setting that is a list takes them.
pub(crate) fn items(text: &str, entries: &[Entry], form: &Form) -> Result<Vec<Item>, Fault> {
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

impl From<&Scalar> for Item {
    fn from(scalar: &Scalar) -> Self {
        let Scalar { text, place, style, resolved, decorated } = scalar;
        let (place, style, decorated, resolved) = (*place, *style, *decorated, *resolved);
        Self { text: text.clone(), place, style, decorated, resolved }
    }
}

/// The value of a key that is no list, such as a numbered one: a list there is written out as Java
/// does.
pub(crate) fn single_item(value: &Value) -> Item {
    match value {
        Value::Text(scalar) => Item { text: spelled(scalar), ..Item::from(scalar) },
        Value::List(list) => {
            let texts: Vec<&str> = list.items.iter().map(|item| item.text.as_str()).collect();
            let text = format!("[{}]", texts.join(", "));
            let (place, style, decorated) = (list.place, Style::Plain, false);
            Item { text, place, style, decorated, resolved: Resolved::Text }
        }
    }
}

/// The text of a scalar that is a key's whole value: booleans are spelled anew.
fn spelled(scalar: &Scalar) -> String {
    match scalar.resolved {
        Resolved::Boolean(value) => value.to_string(),
        _ => scalar.text.clone(),
    }
}

/// A scalar split at its commas: parts trimmed, empty ones at the end dropped.
fn split(source: &str, scalar: &Scalar) -> Result<Vec<Item>, Fault> {
    let spelled = spelled(scalar);
    // Only what is empty before trimming counts as empty at the end.
    let kept = spelled.trim_end_matches(',');
    if kept.is_empty() {
        return Ok(Vec::new());
    }
    if kept.matches(',').count() >= MOST_VALUES {
        let (kind, place) = (ErrorKind::TooManyValues { limit: MOST_VALUES }, scalar.place);
        return Err(Fault { kind, place });
    }
    let (style, decorated) = (scalar.style, scalar.decorated);
    let mut written = Item::from(scalar).written_as_it_is(source);
    let parts = kept.split(',').map(|part| {
        let text = part.trim_matches(|character| character <= ' ').to_owned();
        let place = written.as_mut().map_or(scalar.place, |rest| take_part(rest, part, &text));
        Item { text, place, style, decorated, resolved: scalar.resolved }
    });
    Ok(parts.collect())
}

/// Where a part stands at the start of the rest, which then begins after it and its comma.
fn take_part(rest: &mut Place, part: &str, trimmed: &str) -> Place {
    let leading = part.find(trimmed).unwrap_or_default();
    let start = rest.start.saturating_add(leading);
    let place = Place {
        line: rest.line,
        column: rest.column.saturating_add(leading),
        start,
        end: start.saturating_add(trimmed.len()),
    };
    rest.start = rest.start.saturating_add(part.len()).saturating_add(1);
    rest.column = rest.column.saturating_add(part.chars().count()).saturating_add(1);
    place
}

impl Item {
    /// Where the text stands itself, without quotes; none if it is written in another way.
    fn written_as_it_is(&self, source: &str) -> Option<Place> {
        let Self { text, place, .. } = self;
        let inner = Place {
            line: place.line,
            column: place.column.saturating_add(1),
            start: place.start.saturating_add(1),
            end: place.end.saturating_sub(1),
        };
        let candidates = [*place, inner];
        candidates.into_iter().find(|place| source.get(place.start..place.end) == Some(text))
    }

    /// Where a character of the text stands; the whole text if that cannot be told.
    pub(crate) fn character(&self, source: &str, position: usize) -> Place {
        let Some(written) = self.written_as_it_is(source) else { return self.place };
        let before: usize = self.text.chars().take(position).map(char::len_utf8).sum();
        let start = written.start.saturating_add(before);
        let length = self.text.chars().nth(position).map_or(0, char::len_utf8);
        Place {
            line: written.line,
            column: written.column.saturating_add(position),
            start,
            end: start.saturating_add(length),
        }
    }
}

/// The one key that Elasticsearch reads.
pub(crate) const KEY: &str = "trust.subject_name";

/// How many characters of YAML Elasticsearch's parser takes.
const ELASTICSEARCH_MOST_CHARACTERS: usize = 3 << 20;
