//! Adds patterns to a file and leaves the rest of it as it is.

use std::collections::BTreeSet;

use crosstrust_pattern::Pattern;

use crate::error::Error;
use crate::loaded::KEY;
use crate::loaded::Loaded;
use crate::restrictions::Restrictions;
use crate::restrictions::valid_patterns;
use crate::rules::copied_along;
use crosstrust_settings::Entry;
use crosstrust_settings::Form;
use crosstrust_settings::Format;
use crosstrust_settings::List;
use crosstrust_settings::Scalar;
use crosstrust_settings::Value;
use crosstrust_settings::double_quoted;
use crosstrust_settings::quoted;

/// A file with patterns added.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Edited {
    /// The text of the file.
    pub text: String,
    /// The patterns that were not there before.
    pub added: Vec<String>,
}

/// Why a file is not edited.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum EditError {
    /// A pattern with something that came along when it was copied, and that no name has.
    #[error("the pattern `{pattern}` is not as it was meant: {problem}")]
    CopiedAlong {
        /// The pattern.
        pattern: String,
        /// What it is.
        problem: String,
    },
    /// The file that others are merged into is one that Elasticsearch refuses.
    #[error("{0}")]
    File(Error),
    /// A pattern that matches nothing at all.
    #[error("the pattern `{pattern}` matches no name, and would let nobody in")]
    MatchesNothing {
        /// The pattern.
        pattern: String,
    },
    /// The file that is merged into another is one that Elasticsearch refuses.
    #[error("{0}")]
    Other(Error),
    /// A pattern that Elasticsearch cannot build.
    #[error("the pattern `{pattern}` is invalid: {reason}")]
    Pattern {
        /// The pattern.
        pattern: String,
        /// Why, and where within it.
        reason: crosstrust_pattern::Error,
    },
    /// The list is written in a way that cannot be added to without rewriting it.
    #[error(
        "the list of `{KEY}` is written in a way that cannot be added to; write it as a list, an item a line"
    )]
    Unusual,
}

/// Adds patterns to the list of a file: at its end, in its own style, those that it has not got.
///
/// Takes the name of the file, whose end decides between YAML and JSON, its bytes, and the patterns.
///
/// # Errors
///
/// [`EditError::File`] if Elasticsearch refuses the file, [`EditError::Pattern`] if it would refuse
/// a pattern, [`EditError::MatchesNothing`] and [`EditError::CopiedAlong`] for one that would let
/// nobody in, and [`EditError::Unusual`] for a list that cannot be added to.
pub fn add<S: AsRef<str>>(
    file_name: &str,
    bytes: &[u8],
    patterns: &[S],
) -> Result<Edited, EditError> {
    let loaded = Loaded::parse(file_name, bytes).map_err(EditError::File)?;
    valid_patterns(&loaded).map_err(EditError::File)?;
    let old: Vec<String> = loaded.items().iter().map(|item| item.text.clone()).collect();
    let mut wanted = old.clone();
    for pattern in patterns.iter().map(AsRef::as_ref) {
        let invalid = |reason| EditError::Pattern { pattern: pattern.to_owned(), reason };
        if Pattern::parse(pattern).map_err(invalid)?.is_empty() {
            return Err(EditError::MatchesNothing { pattern: pattern.to_owned() });
        }
        if let Some(problem) = copied_along(pattern) {
            return Err(EditError::CopiedAlong { pattern: pattern.to_owned(), problem });
        }
        wanted.push(pattern.to_owned());
    }
    let mut seen: BTreeSet<String> = old.iter().cloned().collect();
    let added: Vec<String> =
        wanted.into_iter().skip(old.len()).filter(|pattern| seen.insert(pattern.clone())).collect();
    if added.is_empty() {
        return Ok(Edited { text: loaded.text().to_owned(), added });
    }
    let splice = Splicer { loaded: &loaded, added: &added }.splice().ok_or(EditError::Unusual)?;
    let text = splice.apply(loaded.text()).ok_or(EditError::Unusual)?;
    // Whatever was spliced, the result must mean what it should, or it is not handed out.
    let again = Loaded::parse(file_name, text.as_bytes()).map_err(|_| EditError::Unusual)?;
    let faithful = again.items().iter().map(|item| &item.text).eq(old.iter().chain(&added))
        && again
            .ignored_keys()
            .iter()
            .map(|ignored| &ignored.key)
            .eq(loaded.ignored_keys().iter().map(|ignored| &ignored.key));
    if faithful { Ok(Edited { text, added }) } else { Err(EditError::Unusual) }
}

/// Adds to the first file the patterns of the second that it has not got.
///
/// # Errors
///
/// As [`add`], and [`EditError::Other`] if Elasticsearch refuses the second file.
pub fn merge(
    file_name: &str,
    bytes: &[u8],
    other_name: &str,
    other: &[u8],
) -> Result<Edited, EditError> {
    let other = Restrictions::parse(other_name, other).map_err(EditError::Other)?;
    let patterns: Vec<&str> = other.items().iter().map(|item| item.text.as_str()).collect();
    add(file_name, bytes, &patterns)
}

/// Bytes of a text to be replaced.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Splice {
    start: usize,
    end: usize,
    insert: String,
}

impl Splice {
    fn at(position: usize, insert: String) -> Self {
        Self { start: position, end: position, insert }
    }

    fn apply(&self, text: &str) -> Option<String> {
        let Self { start, end, insert } = self;
        Some(format!("{}{insert}{}", text.get(..*start)?, text.get(*end..)?))
    }
}

/// Finds where in a file new patterns go, and how they are written there.
struct Splicer<'a> {
    loaded: &'a Loaded,
    added: &'a [String],
}

impl Splicer<'_> {
    fn splice(&self) -> Option<Splice> {
        match &self.loaded.form {
            Form::Absent => self.new_key(),
            Form::Entry(position) => match &self.entry(*position)?.value {
                Value::List(list) => self.longer_list(list),
                Value::Text(scalar) => self.scalar_as_list(scalar),
            },
            Form::Numbered(positions) => self.numbered(positions),
        }
    }

    fn entry(&self, position: usize) -> Option<&Entry> {
        self.loaded.document.entries().get(position)
    }

    fn text(&self) -> &str {
        self.loaded.text()
    }

    fn quoted(&self, text: &str) -> String {
        match self.loaded.format() {
            Format::Json => double_quoted(text),
            Format::Yaml => quoted(text),
        }
    }

    /// Texts for between brackets.
    fn listed<'t>(&self, texts: impl Iterator<Item = &'t String>) -> String {
        texts.map(|text| self.quoted(text)).collect::<Vec<_>>().join(", ")
    }

    fn line_end(&self) -> &'static str {
        if self.text().contains("\r\n") { "\r\n" } else { "\n" }
    }

    /// Lines for after a position: at the start of the next line, which is made if there is none.
    fn lines_after(&self, position: usize, lines: &[String]) -> Option<Splice> {
        let end = self.line_end();
        let before = self.text().get(..position)?;
        let mut insert = lines.join(end) + end;
        if before.is_empty() || before.ends_with('\n') || before == "\u{feff}" {
            return Some(Splice::at(position, insert));
        }
        let rest = self.text().get(position..)?;
        let Some(length) = rest.find('\n') else {
            insert.insert_str(0, end);
            return Some(Splice::at(self.text().len(), insert));
        };
        Some(Splice::at(position.checked_add(length)?.checked_add(1)?, insert))
    }

    fn longer_list(&self, list: &List) -> Option<Splice> {
        let start = self.text().get(list.place.start..)?;
        let block = start.starts_with('-') && self.loaded.format() == Format::Yaml;
        let last_item = list.items.last();
        if let Some(last_item) = last_item.filter(|_| block) {
            let indent = " ".repeat(list.place.column.checked_sub(1)?);
            let line = |pattern: &String| format!("{indent}- {}", self.quoted(pattern));
            let lines: Vec<String> = self.added.iter().map(line).collect();
            return self.lines_after(last_item.place.end, &lines);
        }
        let patterns = self.listed(self.added.iter());
        if let Some(last_item) = last_item {
            return Some(Splice::at(last_item.place.end, format!(", {patterns}")));
        }
        let bracket = list.place.start.checked_add(start.find('[')?)?;
        Some(Splice::at(bracket.checked_add(1)?, patterns))
    }

    fn scalar_as_list(&self, scalar: &Scalar) -> Option<Splice> {
        let old = self.loaded.items().iter().map(|item| &item.text);
        let mut insert = format!("[{}]", self.listed(old.chain(self.added)));
        let (start, end) = (scalar.place.start, scalar.place.end);
        // A block of text ends where the next line begins.
        if self.text().get(start..end)?.ends_with('\n') {
            insert.push_str(self.line_end());
        }
        Some(Splice { start, end, insert })
    }

    fn numbered(&self, positions: &[usize]) -> Option<Splice> {
        let last = self.entry(*positions.last()?)?;
        let Value::Text(value) = &last.value else { return None };
        let name = last.key.get(last.key.rfind('.')?.checked_add(1)?..)?;
        let written = self.text().get(last.place.start..last.place.end)?;
        let written = written.trim_matches(['"', '\'']).strip_suffix(name)?;
        let numbers = positions.len()..;
        let pair = |(number, pattern): (usize, &String)| {
            let key = format!("{written}{number}");
            let key = if self.is_json() { double_quoted(&key) } else { quoted(&key) };
            format!("{key}: {}", self.quoted(pattern))
        };
        let pairs: Vec<String> = numbers.zip(self.added).map(pair).collect();
        let line_start =
            self.text().get(..last.place.start)?.rfind('\n').map_or(0, |at| at.saturating_add(1));
        let before = self.text().get(line_start..last.place.start)?;
        if self.is_json() || !before.trim_start_matches('\u{feff}').trim().is_empty() {
            return Some(Splice::at(value.place.end, format!(", {}", pairs.join(", "))));
        }
        let indent = " ".repeat(last.place.column.checked_sub(1)?);
        let lines: Vec<String> = pairs.iter().map(|pair| format!("{indent}{pair}")).collect();
        self.lines_after(value.place.end, &lines)
    }

    fn is_json(&self) -> bool {
        self.loaded.format() == Format::Json
    }

    fn new_key(&self) -> Option<Splice> {
        let Some(root) = self.loaded.document.root() else {
            if self.is_json() {
                let object = format!("{{\"{KEY}\": [{}]}}\n", self.listed(self.added.iter()));
                return Some(Splice::at(self.text().len(), object));
            }
            return self.lines_after(self.text().len(), &self.key_lines(0));
        };
        let start = self.text().get(root.start..)?;
        if !start.starts_with('{') {
            return self.lines_after(root.end, &self.key_lines(root.column.checked_sub(1)?));
        }
        let pair = format!("{}: [{}]", double_quoted(KEY), self.listed(self.added.iter()));
        let alone = self.loaded.document.entries().is_empty();
        let pair = if alone { pair } else { format!("{pair}, ") };
        Some(Splice::at(root.start.checked_add(1)?, pair))
    }

    fn key_lines(&self, indent: usize) -> Vec<String> {
        let indent = " ".repeat(indent);
        let items =
            self.added.iter().map(|pattern| format!("{indent}  - {}", self.quoted(pattern)));
        std::iter::once(format!("{indent}{KEY}:")).chain(items).collect()
    }
}

#[cfg(test)]
mod tests;
