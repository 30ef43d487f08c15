//! A file as the rules see it.

use std::collections::BTreeSet;

use crosstrust_pattern::Matcher;
use crosstrust_pattern::Pattern;

use super::Edit;
use super::Known;
use super::Patch;
use crate::loaded::Loaded;
use crosstrust_settings::Entry;
use crosstrust_settings::Form;
use crosstrust_settings::Format;
use crosstrust_settings::Item;
use crosstrust_settings::Place;
use crosstrust_settings::Scalar;
use crosstrust_settings::Style;
use crosstrust_settings::Value;
use crosstrust_settings::double_quoted;
use crosstrust_settings::quoted;

/// A file that is loaded, its patterns, and what else is known.
#[derive(Debug)]
pub(crate) struct Subject<'a> {
    pub(crate) loaded: &'a Loaded,
    /// The pattern of each item, or why it has none.
    pub(crate) patterns: Vec<Result<Pattern, crosstrust_pattern::Error>>,
    /// The names of the anchors in the text, and of what looks like one.
    anchors: BTreeSet<&'a str>,
    /// What is known besides the file.
    pub(crate) known: &'a Known,
    /// What was mended before the file could be read.
    patch: &'a Patch,
}

impl<'a> Subject<'a> {
    pub(crate) fn new(loaded: &'a Loaded, known: &'a Known, patch: &'a Patch) -> Self {
        let patterns = Pattern::parse_all(loaded.items());
        let words = loaded.text().split([' ', '\t', '\n', '\r', '[', ',', '{']);
        let anchors = words.filter_map(|word| word.strip_prefix('&')).collect();
        Self { loaded, patterns, anchors, known, patch }
    }

    /// The items, valid or not.
    pub(crate) fn items(&self) -> &'a [Item] {
        self.loaded.items()
    }

    /// The items that are valid patterns.
    pub(crate) fn valid(&self) -> impl Iterator<Item = (&'a Item, &Pattern)> {
        let patterns = self.items().iter().zip(&self.patterns);
        patterns.filter_map(|(item, pattern)| Some((item, pattern.as_ref().ok()?)))
    }

    /// The items that are wildcard patterns, by their text.
    pub(crate) fn wildcards(&self) -> impl Iterator<Item = &'a Item> {
        self.items().iter().filter(|item| !item.text.starts_with('/'))
    }

    /// The items that are regular expressions, valid or not, with what stands between the slashes.
    pub(crate) fn expressions(&self) -> impl Iterator<Item = (&'a Item, &'a str)> {
        self.items().iter().filter_map(|item| {
            let expression = item.text.strip_prefix('/')?.strip_suffix('/')?;
            Some((item, expression))
        })
    }

    /// Judges names by the valid patterns.
    pub(crate) fn matcher(&self) -> Matcher {
        let patterns: Vec<Pattern> = self.valid().map(|(_, pattern)| pattern.clone()).collect();
        Matcher::new(&patterns)
    }

    /// Whether an anchor of a name stands somewhere in the file.
    pub(crate) fn has_anchor(&self, name: &str) -> bool {
        self.anchors.contains(name)
    }

    /// A stretch of the text.
    pub(crate) fn text(&self, place: Place) -> &'a str {
        self.loaded.text().get(place.start..place.end).unwrap_or_default()
    }

    /// Whether a stretch of the text is as the user wrote it, and not mended to be readable.
    pub(crate) fn is_written(&self, place: Place) -> bool {
        !self.patch.touches(place.start, place.end)
    }

    /// Whether the file is JSON, which has other quotes than YAML.
    pub(crate) fn is_json(&self) -> bool {
        self.loaded.format() == Format::Json
    }

    /// The line up to a place.
    pub(crate) fn line_before(&self, place: Place) -> &'a str {
        let before = self.loaded.text().get(..place.start).unwrap_or_default();
        before.rsplit('\n').next().unwrap_or_default()
    }

    /// Where the list is named, or nothing if it is not.
    pub(crate) fn key_place(&self) -> Option<Place> {
        match &self.loaded.form {
            Form::Absent => None,
            Form::Entry(position) => self.entry(*position).map(|entry| entry.place),
            Form::Numbered(positions) => self.entry(*positions.first()?).map(|entry| entry.place),
        }
    }

    pub(crate) fn entries(&self) -> &'a [Entry] {
        self.loaded.document.entries()
    }

    fn entry(&self, position: usize) -> Option<&'a Entry> {
        self.entries().get(position)
    }

    /// Whether the list is written as one, an item for each pattern.
    pub(crate) fn is_list(&self) -> bool {
        match &self.loaded.form {
            Form::Entry(position) => {
                self.entry(*position).is_some_and(|entry| matches!(entry.value, Value::List(_)))
            }
            Form::Absent | Form::Numbered(_) => false,
        }
    }

    /// A value that is no list and has a comma in it, and the items it is cut into.
    pub(crate) fn comma_scalar(&self) -> Option<(&'a Scalar, &'a [Item])> {
        let scalar = self.scalar().filter(|scalar| scalar.text.contains(','))?;
        Some((scalar, self.items()))
    }

    /// The value of the key, if it is no list.
    pub(crate) fn scalar(&self) -> Option<&'a Scalar> {
        let Form::Entry(position) = &self.loaded.form else { return None };
        match &self.entry(*position)?.value {
            Value::Text(scalar) => Some(scalar),
            Value::List(_) => None,
        }
    }

    /// Where an item stands with its quotes, if nothing else stands in them.
    fn alone(&self, item: &Item) -> Option<Place> {
        match self.scalar() {
            Some(scalar) => (!scalar.text.contains(',')).then_some(scalar.place),
            None => Some(item.place),
        }
    }

    /// Text in the quotes that the file's language has.
    pub(crate) fn quoted(&self, text: &str) -> String {
        match self.loaded.format() {
            Format::Json => double_quoted(text),
            Format::Yaml => quoted(text),
        }
    }

    /// Writes an item anew, in quotes; nothing if it does not stand alone, or if a certificate that is
    /// known would no longer match it.
    pub(crate) fn rewrite(&self, item: &Item, text: &str) -> Option<Edit> {
        if self.loses_a_name(item, text) {
            return None;
        }
        let place = self.alone(item).filter(|_| !item.decorated)?;
        let block = matches!(item.style, Style::Folded | Style::Literal);
        let line_end = if block && self.text(place).ends_with('\n') { "\n" } else { "" };
        Some(Edit::new(place.start, place.end, format!("{}{line_end}", self.quoted(text))))
    }

    /// Writes an item anew if the certificates that are known show that this is meant: a name
    /// matches then.
    pub(crate) fn rewrite_safely(&self, item: &Item, text: &str) -> Option<Edit> {
        let names = self.known.names();
        // Such a pattern may take long to build, and others like it may follow.
        if names.is_empty() || text.contains('?') {
            return None;
        }
        let after = Pattern::parse(text).ok()?;
        let meant = names.iter().any(|name| after.matches(name));
        meant.then(|| self.rewrite(item, text)).flatten()
    }

    /// Whether a name that is known matches an item, and does not match the text in its place.
    fn loses_a_name(&self, item: &Item, text: &str) -> bool {
        let names = self.known.names();
        let Some(before) = self.pattern(item).filter(|_| !names.is_empty()) else { return false };
        let mut matched = names.iter().filter(|name| before.matches(name)).peekable();
        if matched.peek().is_none() {
            return false;
        }
        // A pattern with `?` may take long to build, and others like it may follow.
        let after = if text.contains('?') { None } else { Pattern::parse(text).ok() };
        after.is_none_or(|after| matched.any(|name| !after.matches(name)))
    }

    /// The pattern of an item, if it is valid.
    fn pattern(&self, item: &Item) -> Option<&Pattern> {
        let position = self.items().iter().position(|other| other.place == item.place)?;
        self.patterns.get(position)?.as_ref().ok()
    }

    /// Takes an item out, line and all; nothing if it shares its line.
    pub(crate) fn remove(&self, item: &Item) -> Option<Edit> {
        let Place { start, end, .. } = item.place;
        let before = self.loaded.text().get(..start)?.trim_end_matches(BLANKS).strip_suffix('-')?;
        let line_start = before.trim_end_matches(BLANKS).len();
        let first = !before.trim_end_matches(BLANKS).ends_with('\n');
        let rest = self.loaded.text().get(end..)?;
        let after = rest.trim_start_matches(BLANKS);
        let line_end = ["\r\n", "\n"].into_iter().find(|line_end| after.starts_with(line_end));
        let blanks = rest.len().saturating_sub(after.len());
        let length = blanks.saturating_add(line_end.map_or(0, str::len));
        let alone = !first && (line_end.is_some() || after.is_empty());
        // The list must not become empty: then it would let nobody in.
        let stays = |other: &Item| !other.text.is_empty() && other.place.start != start;
        let more = self.items().iter().any(stays);
        (self.is_list() && alone && more && !self.text(item.place).contains('\n'))
            .then(|| Edit::new(line_start, end.saturating_add(length), ""))
    }
}

/// What may stand around the dash of an item.
const BLANKS: [char; 2] = [' ', '\t'];
