//! A YAML document as a tree that knows its places.

use granit_parser::{Event, Parser, ScalarStyle, Span};

use super::scalar::{Kind, Scalar};
use crate::error::ManifestProblem;

/// A node and where it starts.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Node {
    /// Line, from 1.
    pub(super) line: usize,
    /// Column in characters, from 1.
    pub(super) column: usize,
    pub(super) value: Value,
}

/// What a node holds.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Value {
    Mapping(Vec<(Node, Node)>),
    Scalar(Scalar),
    Sequence(Vec<Node>),
}

impl Node {
    /// The text of a scalar.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(scalar) => Some(&scalar.text),
            Value::Mapping(_) | Value::Sequence(_) => None,
        }
    }

    /// Whether it is a scalar that is taken for text, not for a number or another type.
    pub(super) fn is_string(&self) -> bool {
        matches!(&self.value, Value::Scalar(scalar) if scalar.kind() == Kind::Text)
    }

    pub(super) fn is_text(&self, text: &str) -> bool {
        self.text() == Some(text)
    }
}

/// The first document of a text; nothing if there is none. Aliases stand for the scalars that
/// they name; an alias of a list or mapping is refused, so that a document cannot multiply.
pub(super) fn parse(text: &str) -> Result<Option<Node>, ManifestProblem> {
    let mut tree = Tree::default();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| {
            let (line, column) = (error.marker().line(), error.marker().col() + 1);
            unquoted(text, line, column).unwrap_or_else(|| problem(line, column, error.info()))
        })?;
        if tree.take(event, span)? {
            break;
        }
    }
    Ok(tree.root)
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
    /// Takes an event; true at the end of the first document.
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<bool, ManifestProblem> {
        let (line, column) = (span.start.line(), span.start.col() + 1);
        let node = |value| Node { line, column, value };
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
                    problem(line, column, "an alias of a list or mapping is not read here")
                })?;
                self.add(node(Value::Scalar(scalar)));
            }
            Event::SequenceStart(..) => self.open(node(Value::Sequence(Vec::new()))),
            Event::MappingStart(..) => self.open(node(Value::Mapping(Vec::new()))),
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

    fn open(&mut self, node: Node) {
        self.open.push(Open { node, key: None });
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

/// What is wrong where a text begins with a character that has a meaning of its own to YAML; nothing
/// if no such character stands there.
fn unquoted(text: &str, line: usize, column: usize) -> Option<ManifestProblem> {
    let rest: String =
        text.lines().nth(line.checked_sub(1)?)?.chars().skip(column.checked_sub(1)?).collect();
    let first = rest.chars().next().filter(|first| INDICATORS.contains(*first))?;
    let end = rest.find([' ', ',', ']', '}', '#', '\t']).unwrap_or(rest.len());
    let word = rest.get(..end)?;
    let message = format!("a text that begins with `{first}` must be quoted");
    let help = Some(format!("write \"{word}\""));
    Some(ManifestProblem { help, ..problem(line, column, message) })
}

fn problem(line: usize, column: usize, message: impl Into<String>) -> ManifestProblem {
    ManifestProblem { line, column, instance: None, message: message.into(), help: None }
}

/// Characters with which a plain scalar does not begin (YAML 1.2.2, section 7.3.3), as far as names
/// and patterns do.
const INDICATORS: &str = "*&@`%!";
