//! The characters of an expression and how far they are read.

use crate::difference::Difference;
use crate::difference::DifferenceKind;

/// A reader of characters that knows its place in the pattern.
pub(super) struct Cursor {
    characters: Vec<char>,
    position: usize,
    base: usize,
    /// Where versions of Lucene differ about what is read so far.
    pub(super) differences: Vec<Difference>,
}

impl Cursor {
    /// A reader of `text`, which starts at character `base` of the pattern.
    pub(super) fn new(text: &str, base: usize) -> Self {
        Self { characters: text.chars().collect(), position: 0, base, differences: Vec::new() }
    }

    /// The place of the next character in the pattern.
    pub(super) fn offset(&self) -> usize {
        self.base.saturating_add(self.position)
    }

    /// Notes a difference at `offset`.
    pub(super) fn note(&mut self, offset: usize, kind: DifferenceKind) {
        self.differences.push(Difference { offset, kind });
    }

    /// The next character, left in place.
    pub(super) fn peek(&self) -> Option<char> {
        self.characters.get(self.position).copied()
    }

    /// The next character.
    pub(super) fn next(&mut self) -> Option<char> {
        let character = self.peek()?;
        self.position = self.position.saturating_add(1);
        Some(character)
    }

    /// Reads the next character if it is this one.
    pub(super) fn take(&mut self, character: char) -> bool {
        let found = self.peek() == Some(character);
        if found {
            self.next();
        }
        found
    }

    /// Reads up to this character, and it; none, when it does not come.
    pub(super) fn until(&mut self, end: char) -> Option<String> {
        let rest = self.characters.get(self.position..)?;
        let length = rest.iter().position(|&character| character == end)?;
        let text = rest.iter().take(length).collect();
        self.position = self.position.saturating_add(length).saturating_add(1);
        Some(text)
    }

    /// Reads ASCII digits.
    pub(super) fn digits(&mut self) -> String {
        let mut digits = String::new();
        while let Some(digit) = self.peek().filter(char::is_ascii_digit) {
            digits.push(digit);
            self.next();
        }
        digits
    }
}
