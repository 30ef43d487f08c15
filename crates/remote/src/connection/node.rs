//! A YAML document as a tree that knows its places. Depth and size are bounded.

use granit_parser::{Event, Parser, ScalarStyle, Span};

use super::problem::{Place, Problem};
use crate::document::quoted;

/// A node and where it starts.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Node {
    pub(super) place: Place,
    pub(super) value: Value,
}

/// What a node holds.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Value {
    Mapping(Vec<(Node, Node)>),
    Scalar(Scalar),
    Sequence(Vec<Node>),
}

/// A scalar, and whether it is quoted and so always text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Scalar {
    pub(super) text: String,
    pub(super) quoted: bool,
}

impl Scalar {
    /// Whether nothing is written there.
    pub(super) fn is_null(&self) -> bool {
        !self.quoted && matches!(self.text.as_str(), "" | "~" | "null")
    }

    /// `true` or `false`.
    pub(super) fn flag(&self) -> Option<bool> {
        match self.text.as_str() {
            "true" if !self.quoted => Some(true),
            "false" if !self.quoted => Some(false),
            _ => None,
        }
    }
}

impl Node {
    /// The text of a scalar.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(scalar) => Some(&scalar.text),
            Value::Mapping(_) | Value::Sequence(_) => None,
        }
    }
}

/// The first document of a text; nothing if there is none.
pub(super) fn parse(text: &str) -> Result<Option<Node>, Problem> {
    Ok(documents(text, 1)?.pop())
}

/// The documents of a text, up to so many.
pub(super) fn documents(text: &str, most: usize) -> Result<Vec<Node>, Problem> {
    if text.len() > LARGEST {
        return Err(Problem::new(START, "the file is larger than 1 MiB"));
    }
    let mut found = Vec::new();
    let mut tree = Tree::default();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| {
            let marker = error.marker();
            let place = Place { line: marker.line(), column: marker.col().saturating_add(1) };
            unquoted_star(text, place).unwrap_or_else(|| Problem::new(place, error.info()))
        })?;
        if tree.take(event, span)? {
            found.extend(tree.root.take());
            if found.len() >= most {
                break;
            }
        }
    }
    found.extend(tree.root);
    Ok(found)
}

/// A `*` without quotes, at the place of an error or just before it: to YAML the name of something
/// else.
fn unquoted_star(text: &str, place: Place) -> Option<Problem> {
    let line: Vec<char> = text.lines().nth(place.line.checked_sub(1)?)?.chars().collect();
    let here = place.column.checked_sub(1)?;
    let start = [Some(here), here.checked_sub(1)].into_iter().flatten();
    let start = start.into_iter().find(|&at| line.get(at) == Some(&'*'))?;
    let ends = |c: &char| c.is_whitespace() || ",[]{}".contains(*c);
    let item: String = line.iter().skip(start).take_while(|c| !ends(c)).collect();
    let place = Place { line: place.line, column: start.saturating_add(1) };
    let message = format!("`{item}` is not quoted, so its `*` makes it a YAML alias");
    Some(Problem::new(place, message).with_help(format!("quote it: {}", quoted(&item))))
}

/// The tree as far as it is built.
#[derive(Default)]
struct Tree {
    root: Option<Node>,
    open: Vec<Open>,
}

/// A list or mapping that has not ended yet, and the key whose value comes next.
struct Open {
    node: Node,
    key: Option<Node>,
}

impl Tree {
    /// Takes an event; true at the end of a document.
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<bool, Problem> {
        let place = Place { line: span.start.line(), column: span.start.col().saturating_add(1) };
        let node = |value| Node { place, value };
        match event {
            Event::Scalar(text, style, ..) => {
                let quoted = style != ScalarStyle::Plain;
                self.add(node(Value::Scalar(Scalar { text: text.into_owned(), quoted })));
            }
            Event::Alias(_) => {
                let problem = Problem::new(place, "an alias is not read here");
                return Err(problem.with_help("write the value out, or quote it if `*` is meant"));
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

/// The start of a file.
pub(super) const START: Place = Place { line: 1, column: 1 };
/// Bytes.
const LARGEST: usize = 1 << 20;
const DEEPEST: usize = 32;
