//! Data with an order, written as JSON or as YAML.

use std::fmt::Write;

/// A value of JSON or YAML. Maps keep the order in which they are made.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Document {
    Flag(bool),
    /// `y` or `n`, which Kubernetes takes for a boolean, and other readers of YAML 1.1 for a text: it stays as it stands.
    Letter(char),
    List(Vec<Document>),
    Map(Vec<(String, Document)>),
    Null,
    /// A number in JSON's notation.
    Number(String),
    Text(String),
}

/// A map from its pairs.
pub(crate) fn map<const N: usize>(pairs: [(&str, Document); N]) -> Document {
    Document::Map(pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

/// A list of texts.
pub(crate) fn texts<T: AsRef<str>>(items: impl IntoIterator<Item = T>) -> Document {
    Document::List(items.into_iter().map(|item| Document::from(item.as_ref())).collect())
}

impl Document {
    /// An empty map.
    pub(crate) fn empty() -> Self {
        Self::Map(Vec::new())
    }

    /// What stands under a key of a map.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Map(pairs) => {
                pairs.iter().find(|(known, _)| known == key).map(|(_, value)| value)
            }
            _ => None,
        }
    }

    /// What is in maps in each other, by names joined with dots.
    pub(crate) fn flattened(&self) -> Vec<(String, Self)> {
        let mut all = Vec::new();
        self.flatten("", &mut all);
        all
    }

    fn flatten(&self, prefix: &str, out: &mut Vec<(String, Self)>) {
        match self {
            Self::Map(pairs) if !pairs.is_empty() => {
                for (key, value) in pairs {
                    let name =
                        if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
                    value.flatten(&name, out);
                }
            }
            value => out.push((prefix.to_owned(), value.clone())),
        }
    }

    /// The items of a list; none where it is something else.
    pub(crate) fn items(&self) -> &[Self] {
        if let Self::List(items) = self { items } else { &[] }
    }

    /// A boolean.
    pub(crate) fn flag(&self) -> Option<bool> {
        match self {
            Self::Flag(flag) => Some(*flag),
            Self::Letter(letter) => Some(letter.eq_ignore_ascii_case(&'y')),
            _ => None,
        }
    }

    /// A text, or a number as one.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Number(text) | Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The map with one more pair at its end; unchanged if this is no map.
    pub(crate) fn with(mut self, key: &str, value: impl Into<Self>) -> Self {
        if let Self::Map(pairs) = &mut self {
            pairs.push((key.to_owned(), value.into()));
        }
        self
    }

    /// The map with one more pair, if there is a value.
    pub(crate) fn maybe(self, key: &str, value: Option<impl Into<Self>>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// JSON with two blanks a level, and a line feed at its end.
    pub(crate) fn to_json(&self) -> String {
        let mut text = String::new();
        self.json(0, &mut text);
        text.push('\n');
        text
    }

    /// A YAML document in block style, with a line feed at its end.
    pub(crate) fn to_yaml(&self) -> String {
        let mut text = String::new();
        self.yaml(0, &mut text);
        text.trim_start_matches(['\n', ' ']).to_owned()
    }

    fn json(&self, depth: usize, out: &mut String) {
        match self {
            Self::Flag(_) | Self::Letter(_) => {
                out.push_str(if self.flag() == Some(true) { "true" } else { "false" });
            }
            Self::Null => out.push_str("null"),
            Self::Number(number) => out.push_str(number),
            Self::Text(text) => quote(text, out),
            Self::List(items) if items.is_empty() => out.push_str("[]"),
            Self::Map(pairs) if pairs.is_empty() => out.push_str("{}"),
            Self::List(items) => {
                enclose(['[', ']'], depth, items, out, |item, out| item.json(depth + 1, out));
            }
            Self::Map(pairs) => enclose(['{', '}'], depth, pairs, out, |(key, value), out| {
                quote(key, out);
                out.push_str(": ");
                value.json(depth + 1, out);
            }),
        }
    }

    /// Writes a value after `key:` or `-`, with the blank or line feed before it.
    fn yaml(&self, depth: usize, out: &mut String) {
        match self {
            Self::List(items) if items.is_empty() => out.push_str(" []\n"),
            Self::Map(pairs) if pairs.is_empty() => out.push_str(" {}\n"),
            Self::List(items) => {
                out.push('\n');
                for item in items {
                    indent(depth, out);
                    out.push('-');
                    item.yaml_in_list(depth, out);
                }
            }
            Self::Map(pairs) => {
                out.push('\n');
                for pair in pairs {
                    indent(depth, out);
                    yaml_pair(pair, depth, out);
                }
            }
            Self::Text(text) if is_block(text) => yaml_block(text, depth, out),
            scalar => {
                out.push(' ');
                scalar.yaml_scalar(out);
                out.push('\n');
            }
        }
    }

    /// An item of a list: the first pair of a map stands beside the dash.
    fn yaml_in_list(&self, depth: usize, out: &mut String) {
        let Self::Map(pairs) = self else { return self.yaml(depth + 1, out) };
        if pairs.is_empty() {
            return out.push_str(" {}\n");
        }
        for (index, pair) in pairs.iter().enumerate() {
            if index == 0 {
                out.push(' ');
            } else {
                indent(depth + 1, out);
            }
            yaml_pair(pair, depth + 1, out);
        }
    }

    fn yaml_scalar(&self, out: &mut String) {
        match self {
            Self::Text(text) if is_plain(text) => out.push_str(text),
            Self::Letter(letter) => out.push(*letter),
            other => other.json(0, out),
        }
    }
}

impl From<&str> for Document {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Document {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Document {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<u32> for Document {
    fn from(number: u32) -> Self {
        Self::Number(number.to_string())
    }
}

impl From<Vec<Document>> for Document {
    fn from(items: Vec<Document>) -> Self {
        Self::List(items)
    }
}

/// Text in double quotes, which JSON and YAML read alike.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::new();
    quote(text, &mut out);
    out
}

fn enclose<T>(
    [open, close]: [char; 2],
    depth: usize,
    items: &[T],
    out: &mut String,
    write: impl Fn(&T, &mut String),
) {
    out.push(open);
    for (index, item) in items.iter().enumerate() {
        out.push_str(if index == 0 { "\n" } else { ",\n" });
        indent(depth + 1, out);
        write(item, out);
    }
    out.push('\n');
    indent(depth, out);
    out.push(close);
}

fn indent(depth: usize, out: &mut String) {
    out.push_str(&"  ".repeat(depth));
}

fn yaml_pair((key, value): &(String, Document), depth: usize, out: &mut String) {
    if is_plain(key) {
        out.push_str(key);
    } else {
        quote(key, out);
    }
    out.push(':');
    value.yaml(depth + 1, out);
}

/// Whether a text of several lines is the same as a literal block.
fn is_block(text: &str) -> bool {
    let kept = |c: char| c == '\n' || c == '\t' || !c.is_control();
    let body = text.strip_suffix('\n').unwrap_or(text);
    text.contains('\n')
        && text.chars().all(kept)
        && !body.ends_with(char::is_whitespace)
        && !text.starts_with(char::is_whitespace)
}

/// A literal block, which ends without line feed where the text does.
fn yaml_block(text: &str, depth: usize, out: &mut String) {
    out.push_str(if text.ends_with('\n') { " |\n" } else { " |-\n" });
    for line in text.lines() {
        indent(depth, out);
        out.push_str(line);
        out.push('\n');
    }
}

fn quote(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            '\n' => out.push_str("\\n"),
            '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}' => escape(character, out),
            control if control.is_control() => escape(control, out),
            other => out.push(other),
        }
    }
    out.push('"');
}

fn escape(character: char, out: &mut String) {
    // Writing to a string cannot fail.
    let _ = write!(out, "\\u{:04x}", u32::from(character));
}

/// Whether YAML reads the text as itself without quotes.
fn is_plain(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || "_./-".contains(c);
    let word = text.to_ascii_lowercase();
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/')
        && text.chars().all(fits)
        && !["true", "false", "yes", "no", "on", "off", "null", "y", "n"].contains(&word.as_str())
}

#[cfg(test)]
mod tests {
    use super::{Document, map, texts};

    #[test]
    fn json_and_yaml_keep_order_and_quote_what_would_be_misread() {
        let document = map([
            ("b", map([("a.b", texts(["*.x", "plain"])), ("no", true.into())])),
            ("list", vec![map([("k", "9.1.0".into()), ("l", 3.into())]), Document::Null].into()),
            ("pem", "one\ntwo\n".into()),
            ("none", Document::List(Vec::new())),
        ]);
        assert_eq!(
            document.to_yaml(),
            "b:\n  a.b:\n    - \"*.x\"\n    - plain\n  \"no\": true\nlist:\n  - k: \"9.1.0\"\n    l: 3\n  - null\npem: |\n  one\n  two\nnone: []\n"
        );
        let json: serde_json::Value = serde_json::from_str(&document.to_json()).unwrap();
        assert_eq!(json["b"]["a.b"][0], "*.x");
        assert_eq!(json["pem"], "one\ntwo\n");
    }
}
