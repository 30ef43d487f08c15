//! The places of a text's bytes, asked for in rising order.

use crate::cursor::Cursor;
use crate::cursor::Span;
use crate::place::Place;

/// Finds line and column of one place after another, each further on than the last.
#[derive(Clone, Debug)]
pub struct Locator<'a>(Cursor<'a>);

impl<'a> Locator<'a> {
    /// At the start of a text.
    pub fn new(text: &'a str) -> Self {
        Self(Cursor::new(text))
    }

    /// The place of a byte: where it is or, if it has been passed already, where the last one was.
    pub fn locate(&mut self, offset: usize) -> Place {
        while self.0.mark().offset < offset && !self.0.rest().is_empty() {
            self.0.advance();
        }
        Span::at(self.0.mark()).place()
    }
}
