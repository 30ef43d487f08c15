//! A reading position in a text, with the line and column it stands at.

use crate::place::BYTE_ORDER_MARK;
use crate::place::Place;
use crate::place::is_break;

/// A position: where the next character stands.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct Mark {
    /// Bytes before it.
    pub(crate) offset: usize,
    /// Characters before it.
    pub(crate) index: usize,
    /// Lines before it.
    pub(crate) line: usize,
    /// Characters before it on its line, byte order marks not counted.
    pub(crate) column: usize,
}

/// From one position to another.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct Span {
    pub(crate) start: Mark,
    pub(crate) end: Mark,
}

impl Span {
    pub(crate) fn new(start: Mark, end: Mark) -> Self {
        Self { start, end }
    }

    pub(crate) fn at(mark: Mark) -> Self {
        Self::new(mark, mark)
    }

    pub(crate) fn place(&self) -> Place {
        let Self { start, end } = self;
        Place {
            line: start.line.saturating_add(1),
            column: start.column.saturating_add(1),
            start: start.offset,
            end: end.offset,
        }
    }
}

/// A text and a position in it, which only moves forward.
#[derive(Clone, Debug)]
pub(crate) struct Cursor<'a> {
    text: &'a str,
    mark: Mark,
}

impl<'a> Cursor<'a> {
    /// At the start of a text, which must not hold [`END`].
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, mark: Mark::default() }
    }

    pub(crate) fn mark(&self) -> Mark {
        self.mark
    }

    /// What has not been read yet.
    pub(crate) fn rest(&self) -> &'a str {
        self.text.get(self.mark.offset..).unwrap_or_default()
    }

    /// What was read since a mark.
    pub(crate) fn since(&self, mark: Mark) -> &'a str {
        self.text.get(mark.offset..self.mark.offset).unwrap_or_default()
    }

    /// The next character, or [`END`].
    pub(crate) fn peek(&self) -> char {
        self.rest().chars().next().unwrap_or(END)
    }

    /// The character after so many others, or [`END`]. For small numbers.
    pub(crate) fn peek_at(&self, count: usize) -> char {
        self.rest().chars().nth(count).unwrap_or(END)
    }

    /// Moves over one character.
    pub(crate) fn advance(&mut self) {
        let mut rest = self.rest().chars();
        let Some(character) = rest.next() else { return };
        self.mark.offset = self.mark.offset.saturating_add(character.len_utf8());
        self.mark.index = self.mark.index.saturating_add(1);
        // A line ends after both characters of CR LF, not between them.
        if is_break(character) && !(character == '\r' && rest.next() == Some('\n')) {
            self.mark.line = self.mark.line.saturating_add(1);
            self.mark.column = 0;
        } else if character != BYTE_ORDER_MARK {
            self.mark.column = self.mark.column.saturating_add(1);
        }
    }

    /// Moves over the longest run of visible ASCII that passes a test, and gives it.
    pub(crate) fn take_visible(&mut self, test: impl Fn(u8) -> bool) -> &'a str {
        let start = self.mark;
        let bytes = self.rest().bytes();
        let run = bytes.take_while(|&byte| byte.is_ascii_graphic() && test(byte)).count();
        // None of these ends a line, and each is one byte.
        self.mark.offset = self.mark.offset.saturating_add(run);
        self.mark.index = self.mark.index.saturating_add(run);
        self.mark.column = self.mark.column.saturating_add(run);
        self.since(start)
    }

    /// Moves over so many characters.
    pub(crate) fn advance_by(&mut self, count: usize) {
        for _ in 0..count {
            self.advance();
        }
    }

    /// Moves over the longest run of characters that all pass a test, and gives it.
    pub(crate) fn take_while(&mut self, test: impl Fn(char) -> bool) -> &'a str {
        let start = self.mark;
        while self.peek() != END && test(self.peek()) {
            self.advance();
        }
        self.since(start)
    }
}

/// Stands for the end of the text. No text that is read holds this character.
pub(crate) const END: char = '\0';

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
