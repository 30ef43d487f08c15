//! A file as keys and values: what Elasticsearch's settings loader makes of the events.
//!
//! Keys of nested mappings are joined with dots. Values are text, numbers, booleans and lists of
//! these; anything else, and null anywhere, is refused, even under keys that nobody reads.

use std::collections::BTreeMap;

use crate::cursor::Span;
use crate::error::Error;
use crate::error::ErrorKind;
use crate::error::Found;
use crate::event::Event;
use crate::event::EventKind;
use crate::event::Fault;
use crate::event::ScalarEvent;
use crate::event::Style;
use crate::format::Format;
use crate::json::JsonReader;
use crate::limits::DEEPEST_NESTING;
use crate::limits::LONGEST_KEYS;
use crate::limits::MOST_VALUES;
use crate::place::Place;
use crate::source;
use crate::yaml;
use crate::yaml::Parser;
use crate::yaml::Resolved;

/// A file's keys and values, in file order, each with its place.
#[derive(Clone, Debug)]
pub struct Document {
    text: String,
    format: Format,
    entries: Vec<Entry>,
    keys: Vec<Place>,
    comments: Vec<Place>,
    braces: Vec<Place>,
    root: Option<Place>,
}

/// A key that has a value, and the value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key with its parents, joined with dots.
    pub key: String,
    /// Where the last part of the key stands.
    pub place: Place,
    /// What stands under it.
    pub value: Value,
}

/// What a key can have.
#[derive(Clone, Debug)]
pub enum Value {
    /// A list.
    List(List),
    /// A text, number or boolean.
    Text(Scalar),
}

impl Value {
    /// Where it stands.
    pub fn place(&self) -> Place {
        match self {
            Self::List(list) => list.place,
            Self::Text(scalar) => scalar.place,
        }
    }

    /// Whether it is a list.
    pub fn is_list(&self) -> bool {
        matches!(self, Self::List(_))
    }
}

/// A list, from its first bracket or item to its last.
#[derive(Clone, Debug)]
pub struct List {
    /// What is in it.
    pub items: Vec<Scalar>,
    /// From its first bracket or item to its last.
    pub place: Place,
}

/// A text, number or boolean.
#[derive(Clone, Debug)]
pub struct Scalar {
    /// The text as Elasticsearch hands it on: numbers and booleans as written.
    pub text: String,
    /// Where it stands, quotes included.
    pub place: Place,
    /// How it is written there.
    pub style: Style,
    /// What it is to YAML.
    pub resolved: Resolved,
    /// Whether an anchor or a tag stands before it.
    pub decorated: bool,
}

impl Document {
    /// Reads a file as Elasticsearch's settings loader does, up to its flat keys.
    ///
    /// Takes the name of the file, whose end decides between YAML and JSON, and its bytes.
    ///
    /// # Errors
    ///
    /// Whatever makes the loader refuse the file, with its place.
    pub fn parse(file_name: &str, bytes: &[u8]) -> Result<Self, Error> {
        let format = Format::of(file_name)?;
        let text = source::decode(bytes, format)?;
        let reader = match format {
            Format::Json => Reader::Json(JsonReader::new(text)),
            Format::Yaml => Reader::Yaml(Parser::new(text)),
        };
        let read = Builder::new(reader).read();
        let Parts { entries, keys, comments, mut braces, root } =
            read.map_err(|fault| source::error_in(text, fault).in_format(format))?;
        braces.retain(|place| text.get(place.start..).is_some_and(|rest| rest.starts_with('{')));
        Ok(Self { text: text.to_owned(), format, entries, keys, comments, braces, root })
    }

    /// The text of the file.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The language of the file.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The keys that have values, in file order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Where the keys stand, those of mappings included.
    pub fn keys(&self) -> &[Place] {
        &self.keys
    }

    /// Where the comments stand, from their `#`, `//` or `/*` to their end.
    pub fn comments(&self) -> &[Place] {
        &self.comments
    }

    /// The mappings that are written in braces, from one brace to the other; inner ones come first.
    pub fn braces(&self) -> &[Place] {
        &self.braces
    }

    /// The outermost mapping, if there is one.
    pub fn root(&self) -> Option<Place> {
        self.root
    }

    /// The error for a fault in the text.
    pub(crate) fn error(&self, fault: Fault) -> Error {
        source::error_in(&self.text, fault).in_format(self.format)
    }
}

/// Either reader.
#[derive(Debug)]
enum Reader<'a> {
    Json(JsonReader<'a>),
    Yaml(Parser<'a>),
}

impl Reader<'_> {
    fn next_event(&mut self) -> Result<Event, Fault> {
        match self {
            Self::Json(reader) => reader.next_event(),
            Self::Yaml(parser) => parser.next_event(),
        }
    }

    fn into_comments(self) -> Vec<Span> {
        match self {
            Self::Json(reader) => reader.into_comments(),
            Self::Yaml(parser) => parser.into_comments(),
        }
    }
}

/// A mapping that is not closed yet.
#[derive(Debug)]
struct Level {
    /// How much of the key is that of the parents.
    prefix: usize,
    /// The names met so far, and their lines.
    names: BTreeMap<String, usize>,
    /// What it begins with.
    start: Span,
}

/// What a document is made of.
#[derive(Debug)]
struct Parts {
    entries: Vec<Entry>,
    keys: Vec<Place>,
    comments: Vec<Place>,
    braces: Vec<Place>,
    root: Option<Place>,
}

#[derive(Debug)]
struct Builder<'a> {
    reader: Reader<'a>,
    levels: Vec<Level>,
    key: String,
    key_place: Place,
    key_bytes: usize,
    values: usize,
    entries: Vec<Entry>,
    keys: Vec<Place>,
    /// All mappings, whose first character may be a brace.
    mappings: Vec<Place>,
}

impl<'a> Builder<'a> {
    fn new(reader: Reader<'a>) -> Self {
        Self {
            reader,
            levels: Vec::new(),
            key: String::new(),
            key_place: Place::default(),
            key_bytes: 0,
            values: 0,
            entries: Vec::new(),
            keys: Vec::new(),
            mappings: Vec::new(),
        }
    }

    fn read(mut self) -> Result<Parts, Fault> {
        let first = self.reader.next_event()?;
        let root = match first.kind {
            EventKind::StreamEnd => None,
            EventKind::MappingStart => Some(self.read_root(first.span)?.place()),
            kind => return Err(not_a_mapping(&kind, first.span)),
        };
        let comments = self.reader.into_comments().iter().map(Span::place).collect();
        let Self { entries, keys, mappings: braces, .. } = self;
        Ok(Parts { entries, keys, comments, braces, root })
    }

    fn read_root(&mut self, start: Span) -> Result<Span, Fault> {
        self.open_level(start)?;
        let end = loop {
            let event = self.reader.next_event()?;
            match event.kind {
                EventKind::MappingEnd => {
                    self.close_level(event.span);
                    if self.levels.is_empty() {
                        break event.span.end;
                    }
                }
                EventKind::Scalar(name) => {
                    self.begin_key(name.text, event.span)?;
                    self.read_value()?;
                }
                kind => {
                    let found = found(&kind);
                    return Err(Fault::new(ErrorKind::KeyNotText { found }, event.span));
                }
            }
        };
        let after = self.reader.next_event()?;
        if after.kind != EventKind::StreamEnd {
            return Err(Fault::new(ErrorKind::MoreThanOneDocument, after.span));
        }
        Ok(Span::new(start.start, end))
    }

    fn open_level(&mut self, start: Span) -> Result<(), Fault> {
        if self.levels.len() >= DEEPEST_NESTING {
            let kind = ErrorKind::NestedTooDeep { limit: DEEPEST_NESTING };
            return Err(Fault::at(kind, start.start));
        }
        if !self.levels.is_empty() {
            self.key.push('.');
        }
        self.levels.push(Level { prefix: self.key.len(), names: BTreeMap::new(), start });
        Ok(())
    }

    /// An anchor or a tag may stand before the brace.
    fn close_level(&mut self, end: Span) {
        if let Some(Level { start, .. }) = self.levels.pop() {
            let place = Span::new(start.start, end.end).place();
            let brace = start.end.offset.saturating_sub(1).max(place.start);
            self.mappings.push(Place { start: brace, ..place });
        }
    }

    fn begin_key(&mut self, name: String, span: Span) -> Result<(), Fault> {
        let Some(level) = self.levels.last_mut() else { return Ok(()) };
        self.key.truncate(level.prefix);
        self.key.push_str(&name);
        self.key_place = span.place();
        self.keys.push(self.key_place);
        if let Some(&first_line) = level.names.get(&name) {
            return Err(Fault::new(ErrorKind::DuplicateKey { key: name, first_line }, span));
        }
        level.names.insert(name, self.key_place.line);
        self.key_bytes = self.key_bytes.saturating_add(self.key.len());
        if self.key_bytes > LONGEST_KEYS {
            return Err(Fault::new(ErrorKind::KeysTooLong { limit: LONGEST_KEYS }, span));
        }
        Ok(())
    }

    fn read_value(&mut self) -> Result<(), Fault> {
        let event = self.reader.next_event()?;
        let value = match event.kind {
            EventKind::MappingStart => return self.open_level(event.span),
            EventKind::SequenceStart => Value::List(self.read_list(event.span)?),
            kind => {
                let scalar = self.scalar(kind, event.span)?;
                let null = || ErrorKind::NullValue { key: self.key.clone() };
                Value::Text(scalar.ok_or_else(|| Fault::new(null(), event.span))?)
            }
        };
        self.entries.push(Entry { key: self.key.clone(), place: self.key_place, value });
        Ok(())
    }

    fn read_list(&mut self, start: Span) -> Result<List, Fault> {
        let mut items = Vec::new();
        let mut end = start;
        loop {
            let event = self.reader.next_event()?;
            let item_kind = found(&event.kind);
            match event.kind {
                EventKind::SequenceEnd => break,
                EventKind::Alias(_) | EventKind::Scalar(_) => {}
                _ => return Err(Fault::new(ErrorKind::ListItem { found: item_kind }, event.span)),
            }
            end = event.span;
            let null = Fault::new(ErrorKind::ListItem { found: Found::Null }, event.span);
            items.push(self.scalar(event.kind, event.span)?.ok_or(null)?);
        }
        Ok(List { items, place: Span::new(start.start, end.end).place() })
    }

    /// A scalar that is not null, or none.
    fn scalar(&mut self, kind: EventKind, span: Span) -> Result<Option<Scalar>, Fault> {
        self.values = self.values.saturating_add(1);
        if self.values > MOST_VALUES {
            return Err(Fault::new(ErrorKind::TooManyValues { limit: MOST_VALUES }, span));
        }
        let place = span.place();
        let (text, style, resolved, decorated) = match kind {
            EventKind::Alias(name) => (name, Style::Alias, Resolved::Text, false),
            EventKind::Scalar(scalar) => {
                let resolved = yaml::resolve(&scalar).map_err(|kind| Fault::new(kind, span))?;
                let ScalarEvent { text, style, decorated, tag: _ } = scalar;
                (text, style, resolved, decorated)
            }
            _ => return Ok(None),
        };
        Ok((resolved != Resolved::Null).then_some(Scalar {
            text,
            place,
            style,
            resolved,
            decorated,
        }))
    }
}

fn found(kind: &EventKind) -> Found {
    match kind {
        EventKind::Alias(_) => Found::Alias,
        EventKind::MappingEnd | EventKind::MappingStart => Found::Mapping,
        EventKind::SequenceEnd | EventKind::SequenceStart => Found::List,
        EventKind::Scalar(scalar) if yaml::resolve(scalar) != Ok(Resolved::Null) => Found::Text,
        EventKind::Scalar(_) | EventKind::StreamEnd => Found::Null,
    }
}

fn not_a_mapping(kind: &EventKind, span: Span) -> Fault {
    match kind {
        EventKind::Scalar(scalar) if scalar.text.is_empty() && !scalar.decorated => {
            Fault::new(ErrorKind::EmptyDocument, span)
        }
        kind => Fault::new(ErrorKind::RootNotMapping { found: found(kind) }, span),
    }
}
