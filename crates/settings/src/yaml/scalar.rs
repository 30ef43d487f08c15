//! Scans plain, single-quoted and double-quoted text.

use super::character::is_space;
use super::scanner::Scanner;
use super::token::TokenKind;
use crate::cursor::END;
use crate::cursor::Mark;
use crate::cursor::Span;
use crate::error::ErrorKind;
use crate::event::Fault;
use crate::event::Style;

impl Scanner<'_> {
    /// Text without quotes, which may go on over several lines.
    pub(super) fn scan_plain(&mut self) {
        let start = self.cursor.mark();
        let mut end = start;
        let least_column = self.indent.map_or(0, |indent| indent.saturating_add(1));
        let mut text = String::new();
        let mut spaces = String::new();
        while self.cursor.peek() != '#' {
            let length = self.plain_run_length();
            if length == 0 {
                break;
            }
            self.key_allowed = false;
            text.push_str(&spaces);
            let run = self.cursor.mark();
            self.cursor.advance_by(length);
            text.push_str(self.cursor.since(run));
            end = self.cursor.mark();
            spaces = self.take_plain_spaces();
            let dedented = self.flow_level == 0 && self.cursor.mark().column < least_column;
            if spaces.is_empty() || dedented {
                break;
            }
        }
        self.push_spanned(TokenKind::Scalar { text, style: Style::Plain }, Span::new(start, end));
    }

    /// How many characters the word has that begins here.
    fn plain_run_length(&self) -> usize {
        let mut characters = self.cursor.rest().chars().peekable();
        let mut length: usize = 0;
        while let Some(character) = characters.next() {
            let next = characters.peek().copied().unwrap_or(END);
            let flow = self.flow_level > 0;
            let ends = is_space(character)
                || (character == ':' && (is_space(next) || (flow && ",[]{}".contains(next))))
                || (flow && ",?[]{}".contains(character));
            if ends {
                break;
            }
            length = length.saturating_add(1);
        }
        length
    }

    /// The blanks and breaks after a word, folded; empty where the text cannot go on.
    fn take_plain_spaces(&mut self) -> String {
        let blanks = self.cursor.take_while(|character| matches!(character, ' ' | '\t'));
        let Some(first) = self.take_break() else { return blanks.to_owned() };
        self.key_allowed = true;
        let mut breaks = String::new();
        loop {
            // The parser of Elasticsearch takes any `---` for a marker here, even within a word.
            if self.cursor.rest().starts_with("---") || self.at_marker("...") {
                return String::new();
            }
            self.cursor.take_while(|character| character == ' ');
            match self.take_break() {
                Some(character) => breaks.push(character),
                None => return fold(first, breaks),
            }
        }
    }

    /// Text in quotes of either kind.
    pub(super) fn scan_quoted(&mut self) -> Result<(), Fault> {
        let start = self.cursor.mark();
        let quote = self.cursor.peek();
        self.cursor.advance();
        let mut text = Units::default();
        self.take_quoted_word(quote, &mut text)?;
        while self.cursor.peek() != quote {
            self.take_quoted_spaces(start, quote, &mut text)?;
            self.take_quoted_word(quote, &mut text)?;
        }
        self.cursor.advance();
        let style = if quote == '"' { Style::DoubleQuoted } else { Style::SingleQuoted };
        let text = text.finish().map_err(|code| {
            Fault::new(ErrorKind::LoneSurrogate { code }, Span::new(start, self.cursor.mark()))
        })?;
        self.push(TokenKind::Scalar { text, style }, start);
        Ok(())
    }

    fn take_quoted_word(&mut self, quote: char, text: &mut Units) -> Result<(), Fault> {
        loop {
            let plain = |byte: u8| !matches!(byte, b'\'' | b'"' | b'\\');
            text.push_visible(self.cursor.take_visible(plain));
            let character = self.cursor.peek();
            if is_space(character) {
                return Ok(());
            }
            if character == quote && quote == '\'' && self.cursor.peek_at(1) == '\'' {
                self.cursor.advance_by(2);
                text.push('\'');
            } else if character == quote {
                return Ok(());
            } else if character == '\\' && quote == '"' {
                self.take_escape(text)?;
            } else {
                self.cursor.advance();
                text.push(character);
            }
        }
    }

    fn take_escape(&mut self, text: &mut Units) -> Result<(), Fault> {
        let start = self.cursor.mark();
        self.cursor.advance();
        let character = self.cursor.peek();
        if let Some(replacement) = replacement(character) {
            self.cursor.advance();
            text.push(replacement);
            return Ok(());
        }
        if let Some(digits) = digits(character) {
            self.cursor.advance();
            return self.take_hexadecimal(start, digits, text);
        }
        if self.take_break().is_some() {
            let breaks = self.take_quoted_breaks()?;
            breaks.chars().for_each(|character| text.push(character));
            return Ok(());
        }
        self.cursor.advance();
        Err(self.bad_escape(start))
    }

    fn take_hexadecimal(
        &mut self,
        start: Mark,
        digits: usize,
        text: &mut Units,
    ) -> Result<(), Fault> {
        let mut code: u32 = 0;
        for _ in 0..digits {
            let digit = self.cursor.peek().to_digit(16);
            self.cursor.advance();
            let value = digit.and_then(|digit| code.checked_mul(16)?.checked_add(digit));
            code = value.ok_or_else(|| self.bad_escape(start))?;
        }
        text.push_code(code).ok_or_else(|| self.bad_escape(start))
    }

    fn bad_escape(&self, start: Mark) -> Fault {
        let escape = self.cursor.since(start).trim_end().to_owned();
        Fault::new(ErrorKind::Escape { escape }, Span::new(start, self.cursor.mark()))
    }

    fn take_quoted_spaces(
        &mut self,
        start: Mark,
        quote: char,
        text: &mut Units,
    ) -> Result<(), Fault> {
        let blanks = self.cursor.take_while(|character| matches!(character, ' ' | '\t'));
        if self.cursor.peek() == END {
            return Err(Fault::at(ErrorKind::UnclosedQuote { quote }, start));
        }
        let folded = match self.take_break() {
            Some(first) => fold(first, self.take_quoted_breaks()?),
            None => blanks.to_owned(),
        };
        folded.chars().for_each(|character| text.push(character));
        Ok(())
    }

    /// The further breaks after one within quotes, with the blanks around them.
    fn take_quoted_breaks(&mut self) -> Result<String, Fault> {
        let mut breaks = String::new();
        loop {
            if self.at_marker("---") || self.at_marker("...") {
                return Err(self.fault(ErrorKind::DocumentMarkerInQuotes));
            }
            self.cursor.take_while(|character| matches!(character, ' ' | '\t'));
            match self.take_break() {
                Some(character) => breaks.push(character),
                None => return Ok(breaks),
            }
        }
    }
}

/// Text that is put together from characters and from UTF-16 units, as `\u` escapes give them.
#[derive(Debug, Default)]
pub(crate) struct Units {
    text: String,
    high: Option<u32>,
    lone: Option<u32>,
}

impl Units {
    pub(crate) fn push(&mut self, character: char) {
        self.lone = self.lone.or(self.high.take());
        self.text.push(character);
    }

    /// Adds a run of characters, which may be none.
    fn push_visible(&mut self, run: &str) {
        if !run.is_empty() {
            self.lone = self.lone.or(self.high.take());
            self.text.push_str(run);
        }
    }

    /// Adds a code point, or one half of one; none if there is no such code point.
    pub(crate) fn push_code(&mut self, code: u32) -> Option<()> {
        match (code, self.high) {
            (0xD800..=0xDBFF, _) => {
                self.lone = self.lone.or(self.high.replace(code));
            }
            (0xDC00..=0xDFFF, Some(high)) => {
                let joined = ((high & 0x3FF) << 10 | (code & 0x3FF)).checked_add(0x1_0000)?;
                self.high = None;
                self.text.push(char::from_u32(joined)?);
            }
            (0xDC00..=0xDFFF, None) => self.lone = self.lone.or(Some(code)),
            _ => self.push(char::from_u32(code)?),
        }
        Some(())
    }

    /// The text, or the half of a character that stands alone in it.
    pub(crate) fn finish(self) -> Result<String, u32> {
        self.lone.or(self.high).map_or(Ok(self.text), Err)
    }
}

/// What line breaks within text count as: one is a blank, more are all but the first.
fn fold(first: char, breaks: String) -> String {
    match (first, breaks.is_empty()) {
        ('\n', true) => " ".to_owned(),
        ('\n', false) => breaks,
        _ => format!("{first}{breaks}"),
    }
}

/// What a one-character escape stands for.
fn replacement(character: char) -> Option<char> {
    Some(match character {
        '0' => '\0',
        'a' => '\u{07}',
        'b' => '\u{08}',
        't' => '\t',
        'n' => '\n',
        'v' => '\u{0B}',
        'f' => '\u{0C}',
        'r' => '\r',
        'e' => '\u{1B}',
        ' ' | '"' | '\\' => character,
        'N' => '\u{85}',
        '_' => '\u{A0}',
        'L' => '\u{2028}',
        'P' => '\u{2029}',
        _ => return None,
    })
}

/// How many hexadecimal digits follow.
fn digits(character: char) -> Option<usize> {
    match character {
        'x' => Some(2),
        'u' => Some(4),
        'U' => Some(8),
        _ => None,
    }
}
