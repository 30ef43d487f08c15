//! Reads mappings key by key, and collects everything that is wrong with them.

use std::collections::BTreeMap;

use crosstrust_report::closest;
use crosstrust_settings::tree::{LineColumn, Node, Problem, Scalar, Value};

use crate::document::Document;

/// What was found so far: problems, and where each key stands.
#[derive(Debug, Default)]
pub(super) struct Reader {
    pub(super) problems: Vec<Problem>,
    /// By path, such as `local.version`, the place of its value.
    pub(super) places: BTreeMap<String, LineColumn>,
}

/// A mapping of a file, and the path that leads to it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Section<'a> {
    path: &'a str,
    place: LineColumn,
    pairs: &'a [(Node, Node)],
}

impl<'a> Section<'a> {
    /// The place of the mapping.
    pub(super) fn place(&self) -> LineColumn {
        self.place
    }

    /// The value of a key, unless nothing is written there.
    pub(super) fn get(&self, key: &str) -> Option<&'a Node> {
        let found = self.pairs.iter().find(|(name, _)| name.text() == Some(key));
        found.map(|(_, value)| value).filter(|node| !is_null(node))
    }
}

impl Reader {
    /// Adds a problem.
    pub(super) fn tell(&mut self, place: LineColumn, message: impl Into<String>) {
        self.problems.push(Problem::new(place, message));
    }

    /// Adds a problem that has a remedy.
    pub(super) fn tell_with(&mut self, place: LineColumn, message: impl Into<String>, help: &str) {
        self.problems.push(Problem::new(place, message).with_help(help));
    }

    /// A node as a mapping with no keys but these, each once.
    pub(super) fn section<'a>(
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
        for (index, (key, value)) in pairs.iter().enumerate() {
            let Some(text) = key.text() else {
                self.tell(key.place, "a key is not a word");
                continue;
            };
            if !known.contains(&text) {
                self.unknown(key.place, text, known);
            }
            if pairs.iter().take(index).any(|(earlier, _)| earlier.text() == Some(text)) {
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
        self.tell_with(place, format!("unknown key `{key}`"), &help);
    }

    /// The text of a key.
    pub(super) fn text(&mut self, section: Section<'_>, key: &str) -> Option<String> {
        let node = section.get(key)?;
        let text = node.text().map(str::trim).filter(|text| !text.is_empty());
        if text.is_none() {
            self.tell(node.place, format!("`{}` is not a single value", joined(section.path, key)));
        }
        text.map(str::to_owned)
    }

    /// The text of a key, read by a function that says what is wrong with it.
    pub(super) fn read<T, E: ToString>(
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
    pub(super) fn required<T, E: ToString>(
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
    pub(super) fn missing(&mut self, section: Section<'_>, key: &str) {
        let path = joined(section.path, key);
        // A key without a value has a place of its own.
        let place = self.places.get(&path).copied().unwrap_or(section.place);
        let message = format!("the key `{path}` is missing");
        match USUAL.iter().find(|(known, _)| *known == key) {
            Some((_, help)) => self.tell_with(place, message, help),
            None => self.tell(place, message),
        }
    }

    /// `true` or `false`.
    pub(super) fn flag(&mut self, section: Section<'_>, key: &str) -> Option<bool> {
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
    pub(super) fn texts(&mut self, section: Section<'_>, key: &str) -> Vec<(LineColumn, String)> {
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

/// What a node holds, as data.
pub(super) fn document(node: &Node) -> Document {
    match &node.value {
        Value::Mapping(pairs) => Document::Map(
            pairs
                .iter()
                .map(|(key, value)| (key.text().unwrap_or_default().to_owned(), document(value)))
                .collect(),
        ),
        Value::Sequence(items) => Document::List(items.iter().map(document).collect()),
        Value::Scalar(scalar) => scalar_document(scalar),
    }
}

fn scalar_document(scalar: &Scalar) -> Document {
    if scalar.is_null() {
        return Document::Null;
    }
    if let Some(flag) = scalar.flag() {
        return Document::Flag(flag);
    }
    if !scalar.quoted && is_json_number(&scalar.text) {
        return Document::Number(scalar.text.clone());
    }
    Document::Text(scalar.text.clone())
}

/// An integer or a decimal fraction, as both YAML and JSON write it.
fn is_json_number(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole) && digits(fraction) && (whole == "0" || !whole.starts_with('0'))
}

/// `path.key`, or the key alone at the top.
pub(super) fn joined(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

fn is_null(node: &Node) -> bool {
    matches!(&node.value, Value::Scalar(scalar) if scalar.is_null())
}

/// What is written at keys that are always needed.
const USUAL: [(&str, &str); 9] = [
    ("access", "write what may be read, such as `search: [{names: [\"logs-*\"]}]` below it"),
    ("alias", "what the local cluster calls the remote one, such as `my-remote`"),
    ("count", "how many nodes the node set has, such as 3"),
    ("local", "a table of the cluster that connects, with `platform` and `version` in it"),
    ("model", "`api-key`, or `tls` for the transport certificates"),
    ("name", "the name of the resource in Kubernetes, such as `quickstart`"),
    ("platform", "`self-managed`, `ech`, `ece` or `eck`"),
    ("remote", "a table of the cluster that is connected to, with `platform` and `version` in it"),
    ("version", "the version of Elasticsearch, such as 9.1.0"),
];
