//! YAML documents as trees with places, for files that Crosstrust alone reads: YAML 1.2, in which a name
//! after `*` is an alias. Depth is bounded, and an alias of a list or mapping is refused.

use std::fmt;

use granit_parser::{Event, Parser, ScalarStyle, Span};

use crate::limits::LARGEST_FILE;
use crate::quote::double_quoted;

/// A node and where it starts.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Node {
    /// Where it starts.
    pub place: LineColumn,
    /// What it holds.
    pub value: Value,
}

/// What a node holds.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Value {
    /// Keys and values, in the order of the file.
    Mapping(Vec<(Node, Node)>),
    /// A text, a number, or another single value.
    Scalar(Scalar),
    /// A list.
    Sequence(Vec<Node>),
}

/// A single value.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Scalar {
    /// Its text, without quotes.
    pub text: String,
    /// Whether it is text whatever it looks like: quoted, a block, or tagged.
    pub quoted: bool,
}

/// What a scalar is taken for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ScalarKind {
    /// `true`, `false`, and the words of YAML 1.1 for them.
    Boolean,
    /// Nothing, `~` or `null`.
    Null,
    /// Decimal digits with an optional sign, fraction and exponent.
    Number,
    /// Anything else.
    Text,
}

/// A place in a file, for people.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// Something that is wrong in a file. Prints as what is wrong.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("{message}")]
pub struct Problem {
    /// Where.
    pub place: LineColumn,
    /// What is wrong, lower case, no full stop.
    pub message: String,
    /// What to write instead, where that is known.
    pub help: Option<String>,
    /// Whether the line may hold a password, so that nobody shows it.
    pub is_secret: bool,
}

impl Scalar {
    /// What it is taken for.
    pub fn kind(&self) -> ScalarKind {
        let lower = self.text.to_lowercase();
        match lower.as_str() {
            _ if self.quoted => ScalarKind::Text,
            "" | "~" | "null" => ScalarKind::Null,
            "true" | "false" | "yes" | "no" | "on" | "off" => ScalarKind::Boolean,
            text if is_number(text) => ScalarKind::Number,
            _ => ScalarKind::Text,
        }
    }

    /// Whether nothing is written there.
    pub fn is_null(&self) -> bool {
        self.kind() == ScalarKind::Null
    }

    /// `true` or `false`, and no other word.
    pub fn flag(&self) -> Option<bool> {
        self.text.parse().ok().filter(|_| !self.quoted)
    }
}

impl fmt::Display for ScalarKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Boolean => "a boolean",
            Self::Null => "nothing",
            Self::Number => "a number",
            Self::Text => "text",
        })
    }
}

impl LineColumn {
    /// The start of a file.
    pub const START: Self = Self { line: 1, column: 1 };
}

impl Problem {
    /// Something that is wrong at a place.
    pub fn new(place: LineColumn, message: impl Into<String>) -> Self {
        Self { place, message: message.into(), help: None, is_secret: false }
    }

    /// With what to write instead.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Of a line that may hold a password.
    #[must_use]
    pub fn secret(mut self) -> Self {
        self.is_secret = true;
        self
    }
}

impl Node {
    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(scalar) => Some(&scalar.text),
            Value::Mapping(_) | Value::Sequence(_) => None,
        }
    }

    /// Whether it is a scalar that is taken for text, not for a number or another type.
    pub fn is_string(&self) -> bool {
        matches!(&self.value, Value::Scalar(scalar) if scalar.kind() == ScalarKind::Text)
    }

    /// Whether it is a scalar of this text.
    pub fn is_text(&self, text: &str) -> bool {
        self.text() == Some(text)
    }
}

/// The one document of a text; nothing if there is none.
///
/// # Errors
///
/// See [`documents`].
pub fn parse(text: &str) -> Result<Option<Node>, Problem> {
    let mut documents = documents(text, 2)?.into_iter();
    let first = documents.next();
    let is_empty = |node: &Node| matches!(&node.value, Value::Scalar(scalar) if scalar.is_null());
    match documents.next().filter(|second| !is_empty(second)) {
        None => Ok(first),
        Some(second) => {
            let problem = Problem::new(second.place, "a second document, where a file has one");
            Err(problem.with_help("take out the `---` before it, or make a file of its own of it"))
        }
    }
}

/// The documents of a text, up to so many. An alias stands for the scalar that it names.
///
/// # Errors
///
/// What is no YAML; a file over 16 MiB; lists and mappings more than 32 deep; an alias of a list or mapping, so that a
/// document cannot multiply.
pub fn documents(text: &str, most: usize) -> Result<Vec<Node>, Problem> {
    if text.len() > LARGEST_FILE {
        return Err(Problem::new(LineColumn::START, "the file is larger than 16 MiB"));
    }
    let mut found = Vec::new();
    let mut tree = Tree::default();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| {
            let marker = error.marker();
            let place = LineColumn { line: marker.line(), column: marker.col().saturating_add(1) };
            unquoted(text, place).unwrap_or_else(|| Problem::new(place, error.info()))
        })?;
        if tree.take(event, span)? {
            found.extend(tree.root.take());
            if found.len() >= most {
                return Ok(found);
            }
        }
    }
    found.extend(tree.root);
    Ok(found)
}

/// The tree as far as it is built.
#[derive(Default)]
struct Tree {
    root: Option<Node>,
    open: Vec<Open>,
    anchors: Vec<(usize, Scalar)>,
}

/// A list or mapping that has not ended yet, and the key whose value comes next.
struct Open {
    node: Node,
    key: Option<Node>,
}

impl Tree {
    /// Takes an event; true at the end of a document.
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<bool, Problem> {
        let (line, column) = (span.start.line(), span.start.col().saturating_add(1));
        let place = LineColumn { line, column };
        let node = |value| Node { place, value };
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let quoted = style != ScalarStyle::Plain || tag.is_some();
                let scalar = Scalar { text: text.into_owned(), quoted };
                if anchor != 0 {
                    self.anchors.push((anchor, scalar.clone()));
                }
                self.add(node(Value::Scalar(scalar)));
            }
            Event::Alias(anchor) => {
                let named = self.anchors.iter().find(|(id, _)| *id == anchor);
                let scalar = named.map(|(_, scalar)| scalar.clone()).ok_or_else(|| {
                    let problem =
                        Problem::new(place, "an alias of a list or mapping is not read here");
                    problem.with_help("write the value out, or quote it if `*` is meant")
                })?;
                self.add(node(Value::Scalar(scalar)));
            }
            Event::SequenceStart(..) => self.open(node(Value::Sequence(Vec::new())))?,
            Event::MappingStart(..) => self.open(node(Value::Mapping(Vec::new())))?,
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(ended) = self.open.pop() {
                    self.add(ended.node);
                }
            }
            Event::DocumentEnd => return Ok(true),
            _ => {}
        }
        Ok(false)
    }

    fn open(&mut self, node: Node) -> Result<(), Problem> {
        if self.open.len() >= DEEPEST {
            return Err(Problem::new(node.place, "lists and mappings are nested over 32 deep"));
        }
        self.open.push(Open { node, key: None });
        Ok(())
    }

    /// Puts a whole node where it belongs.
    fn add(&mut self, node: Node) {
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return;
        };
        match &mut open.node.value {
            Value::Sequence(items) => items.push(node),
            Value::Mapping(pairs) => match open.key.take() {
                Some(key) => pairs.push((key, node)),
                None => open.key = Some(node),
            },
            Value::Scalar(_) => {}
        }
    }
}

/// What is wrong where a text begins, there or just before, with a character that has a meaning of its own
/// to YAML; nothing if no such character is there.
fn unquoted(text: &str, place: LineColumn) -> Option<Problem> {
    let line: Vec<char> = text.lines().nth(place.line.checked_sub(1)?)?.chars().collect();
    let here = place.column.checked_sub(1)?;
    let is_indicator = |at: &usize| line.get(*at).is_some_and(|c| INDICATORS.contains(*c));
    let start = [Some(here), here.checked_sub(1)].into_iter().flatten().find(is_indicator)?;
    let ends = |c: &char| c.is_whitespace() || ",[]{}".contains(*c);
    let word: String = line.iter().skip(start).take_while(|c| !ends(c)).collect();
    let first = word.chars().next()?;
    let place = LineColumn { line: place.line, column: start.saturating_add(1) };
    let message = format!("a text that begins with `{first}` must be quoted");
    Some(Problem::new(place, message).with_help(format!("quote it: {}", double_quoted(&word))))
}

/// Whether a text is a number to YAML; other notations stay text.
fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".nan") {
        return true;
    }
    let (mantissa, exponent) = unsigned.split_once('e').unwrap_or((unsigned, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let some = !whole.is_empty() || !fraction.is_empty();
    some && !exponent.is_empty() && digits(whole) && digits(fraction) && digits(exponent)
}

/// Characters with which a plain scalar does not begin (YAML 1.2.2, section 7.3.3), as far as names
/// and patterns do.
const INDICATORS: &str = "*&@`%!";

/// How deep lists and mappings may be nested.
const DEEPEST: usize = 32;
