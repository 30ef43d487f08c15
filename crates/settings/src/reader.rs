//! Reads the mappings of a tree key by key, and collects everything that is wrong with them.

use std::collections::{BTreeMap, BTreeSet};

use crosstrust_report::closest;

use crate::tree::{LineColumn, Node, Problem, Value};

/// What was found so far: problems, and where each key stands.
#[derive(Debug, Default)]
pub struct Reader {
    /// Everything that is wrong.
    pub problems: Vec<Problem>,
    /// By path, such as `local.version`, the place of its value.
    pub places: BTreeMap<String, LineColumn>,
    /// What is written at keys that must be there, for those who left one out.
    usual: &'static [(&'static str, &'static str)],
}

/// A mapping of a file, and the path that leads to it.
#[derive(Clone, Copy, Debug)]
pub struct Section<'a> {
    path: &'a str,
    place: LineColumn,
    pairs: &'a [(Node, Node)],
}

impl<'a> Section<'a> {
    /// The place of the mapping.
    pub fn place(&self) -> LineColumn {
        self.place
    }

    /// The value of a key, unless nothing is written there.
    pub fn get(&self, key: &str) -> Option<&'a Node> {
        let found = self.pairs.iter().find(|(name, _)| name.text() == Some(key));
        found.map(|(_, value)| value).filter(|node| !is_null(node))
    }
}

impl Reader {
    /// Takes what is written at each key that must be there, by the key's name.
    pub fn new(usual: &'static [(&'static str, &'static str)]) -> Self {
        Self { usual, ..Self::default() }
    }

    /// Adds a problem.
    pub fn tell(&mut self, place: LineColumn, message: impl Into<String>) {
        self.problems.push(Problem::new(place, message));
    }

    /// Adds a problem that has a remedy.
    pub fn tell_with(&mut self, place: LineColumn, message: impl Into<String>, help: &str) {
        self.problems.push(Problem::new(place, message).with_help(help));
    }

    /// A node as a mapping with no keys but these, each once.
    pub fn section<'a>(
        &mut self,
        path: &'a str,
        node: &'a Node,
        known: &[&str],
    ) -> Option<Section<'a>> {
        let Value::Mapping(pairs) = &node.value else {
            let what = if path.is_empty() { "the file" } else { path };
            self.tell(node.place, format!("`{what}` is not a mapping of keys and values"));
            return None;
        };
        let mut seen = BTreeSet::new();
        for (key, value) in pairs {
            let Some(text) = key.text() else {
                self.tell(key.place, "a key is not a word");
                continue;
            };
            if !known.contains(&text) {
                self.unknown(key.place, text, known);
            }
            if !seen.insert(text) {
                self.tell(key.place, format!("the key `{text}` is given twice"));
            }
            self.places.insert(joined(path, text), value.place);
        }
        Some(Section { path, place: node.place, pairs })
    }

    fn unknown(&mut self, place: LineColumn, key: &str, known: &[&str]) {
        let help = match closest(key, known) {
            Some(word) => format!("did you mean `{word}`?"),
            None => format!("known here: {}", known.join(", ")),
        };
        self.tell_with(place, format!("{UNKNOWN_KEY} `{key}`"), &help);
    }

    /// The text of a key.
    pub fn text(&mut self, section: Section<'_>, key: &str) -> Option<String> {
        let node = section.get(key)?;
        let text = node.text().map(str::trim).filter(|text| !text.is_empty());
        if text.is_none() {
            self.tell(node.place, format!("`{}` is not a single value", joined(section.path, key)));
        }
        text.map(str::to_owned)
    }

    /// The text of a key, read by a function that says what is wrong with it.
    pub fn read<T, E: ToString>(
        &mut self,
        section: Section<'_>,
        key: &str,
        read: impl Fn(&str) -> Result<T, E>,
    ) -> Option<T> {
        let text = self.text(section, key)?;
        let place = section.get(key).map_or(section.place, |node| node.place);
        match read(&text) {
            Ok(value) => Some(value),
            Err(error) => {
                let path = joined(section.path, key);
                self.tell(place, format!("`{path}` is `{text}`: {}", error.to_string()));
                None
            }
        }
    }

    /// The text of a key that must be there.
    pub fn required<T, E: ToString>(
        &mut self,
        section: Section<'_>,
        key: &str,
        read: impl Fn(&str) -> Result<T, E>,
    ) -> Option<T> {
        if section.get(key).is_none() {
            self.missing(section, key);
        }
        self.read(section, key, read)
    }

    /// Tells that a key is missing, and what is written there.
    pub fn missing(&mut self, section: Section<'_>, key: &str) {
        let path = joined(section.path, key);
        // A key without a value has a place of its own.
        let own = self.places.get(&path).copied();
        let place = own.unwrap_or(section.place);
        let message = match own {
            Some(_) => format!("the key `{path}` has no value"),
            None => format!("the key `{path}` is missing"),
        };
        match self.usual.iter().find(|(known, _)| *known == key) {
            Some((_, help)) => self.tell_with(place, message, help),
            None => self.tell(place, message),
        }
    }

    /// `true` or `false`.
    pub fn flag(&mut self, section: Section<'_>, key: &str) -> Option<bool> {
        let node = section.get(key)?;
        let flag = match &node.value {
            Value::Scalar(scalar) => scalar.flag(),
            Value::Mapping(_) | Value::Sequence(_) => None,
        };
        if flag.is_none() {
            let path = joined(section.path, key);
            self.tell(node.place, format!("`{path}` is neither true nor false"));
        }
        flag
    }

    /// One text, or a list of texts; empty if the key is not there.
    pub fn texts(&mut self, section: Section<'_>, key: &str) -> Vec<(LineColumn, String)> {
        let Some(node) = section.get(key) else { return Vec::new() };
        let items = match &node.value {
            Value::Sequence(items) => items.as_slice(),
            Value::Mapping(_) | Value::Scalar(_) => std::slice::from_ref(node),
        };
        let mut texts = Vec::new();
        for item in items {
            match item.text().map(str::trim) {
                Some(text) if !text.is_empty() => texts.push((item.place, text.to_owned())),
                _ => {
                    let path = joined(section.path, key);
                    self.tell(item.place, format!("an item of `{path}` is not a single value"));
                }
            }
        }
        texts
    }
}

/// How the message about a key begins that is not known.
pub const UNKNOWN_KEY: &str = "unknown key";

/// `path.key`, or the key alone at the top.
pub fn joined(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

fn is_null(node: &Node) -> bool {
    matches!(&node.value, Value::Scalar(scalar) if scalar.is_null())
}
