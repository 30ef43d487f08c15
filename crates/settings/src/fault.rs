//! A fault, as a reader finds it.

use crate::cursor::Mark;
use crate::cursor::Span;
use crate::error::ErrorKind;
use crate::place::Place;

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
