//! The events that both readers, of YAML and of JSON, make of a file.

use crate::cursor::Mark;
use crate::cursor::Span;
use crate::error::ErrorKind;
use crate::place::Place;

/// One step through a document, and the text it comes from.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) kind: EventKind,
    pub(crate) span: Span,
}

/// What a step is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum EventKind {
    /// An alias, by its name.
    Alias(String),
    MappingEnd,
    MappingStart,
    Scalar(ScalarEvent),
    SequenceEnd,
    SequenceStart,
    /// The end of the last document.
    StreamEnd,
}

/// A scalar as written.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct ScalarEvent {
    pub(crate) text: String,
    pub(crate) style: Style,
    /// The tag, with its handle replaced.
    pub(crate) tag: Option<String>,
    /// Whether an anchor or a tag stands before the text.
    pub(crate) decorated: bool,
}

/// How a value is written.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Style {
    /// `*name`, which Elasticsearch reads as `name`.
    Alias,
    /// `"text"`.
    DoubleQuoted,
    /// A block that begins with `>`.
    Folded,
    /// A block that begins with `|`.
    Literal,
    /// Without quotes.
    Plain,
    /// `'text'`.
    SingleQuoted,
}

/// A fault and the stretch of text that shows it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Fault {
    pub(crate) kind: ErrorKind,
    pub(crate) place: Place,
}

impl Fault {
    pub(crate) fn new(kind: ErrorKind, span: Span) -> Self {
        Self { kind, place: span.place() }
    }

    pub(crate) fn at(kind: ErrorKind, mark: Mark) -> Self {
        Self::new(kind, Span::at(mark))
    }
}
