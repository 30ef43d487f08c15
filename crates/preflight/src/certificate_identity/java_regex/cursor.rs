//! A place in a pattern.

use super::PatternError;

/// The characters of a pattern, and how far they are read.
pub(super) struct Cursor {
    characters: Vec<char>,
    /// Where each of them stands in the pattern as written.
    places: Vec<usize>,
    at: usize,
}

impl Cursor {
    pub(super) fn new(pattern: &str) -> Self {
        let (characters, places) = unquoted(pattern).into_iter().unzip();
        Self { characters, places, at: 0 }
    }

    /// Where the next character stands in the pattern as written, in characters from 0.
    pub(super) fn place(&self) -> usize {
        let end = || self.places.last().map_or(0, |last| last.saturating_add(1));
        self.places.get(self.at).copied().unwrap_or_else(end)
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.peek_at(0)
    }

    pub(super) fn peek_at(&self, ahead: usize) -> Option<char> {
        self.characters.get(self.at.saturating_add(ahead)).copied()
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let next = self.peek();
        self.at = self.at.saturating_add(usize::from(next.is_some()));
        next
    }

    /// Takes a character if it is the next one.
    pub(super) fn take(&mut self, expected: char) -> bool {
        let found = self.peek() == Some(expected);
        self.at = self.at.saturating_add(usize::from(found));
        found
    }

    /// Takes a text if it comes next.
    pub(super) fn take_text(&mut self, expected: &str) -> bool {
        let mut ahead = 0..;
        let comes = expected.chars().zip(&mut ahead).all(|(c, n)| self.peek_at(n) == Some(c));
        if comes {
            self.at = self.at.saturating_add(expected.chars().count());
        }
        comes
    }

    /// Takes digits of a base, at most so many.
    pub(super) fn digits(&mut self, base: u32, most: usize) -> String {
        let mut digits = String::new();
        while digits.len() < most && self.peek().is_some_and(|c| c.is_ascii() && c.is_digit(base)) {
            digits.extend(self.next());
        }
        digits
    }

    pub(super) fn invalid<T>(&self, problem: impl Into<String>) -> Result<T, PatternError> {
        Err(PatternError::Invalid { problem: problem.into(), at: self.place() })
    }
}

/// The error for something that is not judged here, and where it stands.
pub(super) fn unsupported<T>(construct: impl Into<String>, at: usize) -> Result<T, PatternError> {
    Err(PatternError::Unsupported { construct: construct.into(), at })
}

/// The pattern without `\Q…\E`, each character with its place. As Java does it: before anything else
/// is read, what is quoted is written with a backslash where that makes a difference.
fn unquoted(pattern: &str) -> Vec<(char, usize)> {
    let mut out = Vec::new();
    let mut characters = pattern.chars().zip(0_usize..).peekable();
    let mut quoted = false;
    while let Some((character, place)) = characters.next() {
        let next = characters.peek().map(|(next, _)| *next);
        match (character, next) {
            ('\\', Some('E')) if quoted => {
                quoted = false;
                characters.next();
            }
            ('\\', Some('Q')) if !quoted => {
                quoted = true;
                characters.next();
                // Or a digit would become part of an escape before the quotation.
                if let Some((digit, place)) = characters.next_if(|(c, _)| c.is_ascii_digit()) {
                    out.extend(['\\', 'x', '3', digit].map(|c| (c, place)));
                }
            }
            ('\\', Some(next)) if !quoted => {
                out.extend([(character, place), (next, place.saturating_add(1))]);
                characters.next();
            }
            (character, _) => {
                if quoted && !character.is_ascii_alphanumeric() {
                    out.push(('\\', place));
                }
                out.push((character, place));
            }
        }
    }
    out
}
