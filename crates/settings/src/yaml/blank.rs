//! Skips what lies between tokens: blanks, comments and line ends.

use super::character::ends_line;
use super::scanner::Scanner;
use crate::cursor::Span;
use crate::limits::MOST_VALUES;
use crate::place::BYTE_ORDER_MARK;
use crate::place::is_break;

impl Scanner<'_> {
    /// Moves over blanks, comments and line ends to where the next token begins.
    pub(super) fn skip_to_token(&mut self) {
        if self.cursor.mark().index == 0 && self.cursor.peek() == BYTE_ORDER_MARK {
            self.cursor.advance();
        }
        loop {
            self.cursor.take_while(|character| character == ' ');
            self.skip_comment();
            if self.take_break().is_none() {
                return;
            }
            if self.flow_level == 0 {
                self.key_allowed = true;
            }
        }
    }

    /// Moves to the end of the line if a `#` stands here.
    pub(super) fn skip_comment(&mut self) {
        if self.cursor.peek() == '#' {
            let start = self.cursor.mark();
            self.cursor.take_while(|character| !ends_line(character));
            // Past all reason, comments are read but not remembered.
            if self.comments.len() < MOST_VALUES {
                self.comments.push(Span::new(start, self.cursor.mark()));
            }
        }
    }

    /// Moves over one line break and gives what it counts as in text.
    pub(super) fn take_break(&mut self) -> Option<char> {
        let character = self.cursor.peek();
        if !is_break(character) {
            return None;
        }
        let pair = self.cursor.rest().starts_with("\r\n");
        self.cursor.advance_by(if pair { 2 } else { 1 });
        Some(if matches!(character, '\u{2028}' | '\u{2029}') { character } else { '\n' })
    }
}
