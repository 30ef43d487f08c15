//! JSON as Elasticsearch reads it: strict, but with `//` and `/* */` comments.

use crate::cursor::Cursor;
use crate::cursor::END;
use crate::cursor::Mark;
use crate::cursor::Span;
use crate::error::ErrorKind;
use crate::event::Event;
use crate::event::EventKind;
use crate::event::Fault;
use crate::event::ScalarEvent;
use crate::event::Style;
use crate::limits::MOST_VALUES;
use crate::place::BYTE_ORDER_MARK;
use crate::yaml::Units;

/// What is due next.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Due {
    /// A value, or in an array that has just begun its end.
    Value { or_end: bool },
    /// A key, or in an object that has just begun its end.
    Key { or_end: bool },
    /// A comma or the end of the innermost object or array.
    Comma,
    /// The end of the file.
    End,
}

/// A JSON text as events, made on demand.
#[derive(Debug)]
pub(crate) struct JsonReader<'a> {
    cursor: Cursor<'a>,
    /// The open brackets, `{` and `[`.
    open: Vec<char>,
    due: Due,
    comments: Vec<Span>,
}

impl<'a> JsonReader<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let mut cursor = Cursor::new(text);
        // In a file of nothing else, Elasticsearch's parser does not know the mark for what it is.
        if cursor.peek() == BYTE_ORDER_MARK && text.len() > BYTE_ORDER_MARK.len_utf8() {
            cursor.advance();
        }
        Self { cursor, open: Vec::new(), due: Due::Value { or_end: true }, comments: Vec::new() }
    }

    /// Where the comments stand that were passed so far.
    pub(crate) fn into_comments(self) -> Vec<Span> {
        self.comments
    }

    /// The next event. After the end of the text there is only the end again.
    pub(crate) fn next_event(&mut self) -> Result<Event, Fault> {
        loop {
            self.skip_blanks()?;
            let start = self.cursor.mark();
            let character = self.cursor.peek();
            match (self.due, character) {
                (Due::End | Due::Value { or_end: true }, END) if self.open.is_empty() => {
                    return Ok(self.event(EventKind::StreamEnd, start));
                }
                (Due::End, _) => return Err(self.fault(ErrorKind::MoreThanOneDocument)),
                (Due::Comma, ',') => {
                    self.cursor.advance();
                    let object = self.open.last() == Some(&'{');
                    self.due = if object {
                        Due::Key { or_end: false }
                    } else {
                        Due::Value { or_end: false }
                    };
                }
                (Due::Comma | Due::Key { or_end: true }, '}') if self.open.last() == Some(&'{') => {
                    return Ok(self.close(EventKind::MappingEnd));
                }
                (Due::Comma | Due::Value { or_end: true }, ']')
                    if self.open.last() == Some(&'[') =>
                {
                    return Ok(self.close(EventKind::SequenceEnd));
                }
                (Due::Comma, _) => return Err(self.unexpected("`,` or a closing bracket")),
                (Due::Key { .. }, '"') => return self.key(),
                (Due::Key { .. }, _) => return Err(self.unexpected("a key in double quotes")),
                (Due::Value { .. }, _) => return self.value(),
            }
        }
    }

    fn event(&self, kind: EventKind, start: Mark) -> Event {
        Event { kind, span: Span::new(start, self.cursor.mark()) }
    }

    fn fault(&self, kind: ErrorKind) -> Fault {
        let start = self.cursor.mark();
        let mut after = self.cursor.clone();
        after.advance();
        Fault::new(kind, Span::new(start, after.mark()))
    }

    fn unexpected(&self, due: &'static str) -> Fault {
        let found = match self.cursor.peek() {
            END => "the end of the file".to_owned(),
            '\'' | '"' | '\\' => format!("`{}`", self.cursor.peek()),
            character => format!("`{}`", character.escape_debug()),
        };
        self.fault(ErrorKind::Json { found, due })
    }

    fn open(&mut self, kind: EventKind, due: Due) -> Event {
        let start = self.cursor.mark();
        self.open.push(self.cursor.peek());
        self.cursor.advance();
        self.due = due;
        self.event(kind, start)
    }

    fn close(&mut self, kind: EventKind) -> Event {
        let start = self.cursor.mark();
        self.open.pop();
        self.cursor.advance();
        self.due = self.after_value();
        self.event(kind, start)
    }

    fn after_value(&self) -> Due {
        if self.open.is_empty() { Due::End } else { Due::Comma }
    }

    fn key(&mut self) -> Result<Event, Fault> {
        let event = self.string()?;
        self.skip_blanks()?;
        if self.cursor.peek() != ':' {
            return Err(self.unexpected("`:` after a key"));
        }
        self.cursor.advance();
        self.due = Due::Value { or_end: false };
        Ok(event)
    }

    fn value(&mut self) -> Result<Event, Fault> {
        match self.cursor.peek() {
            '{' => return Ok(self.open(EventKind::MappingStart, Due::Key { or_end: true })),
            '[' => return Ok(self.open(EventKind::SequenceStart, Due::Value { or_end: true })),
            _ => {}
        }
        self.due = self.after_value();
        match self.cursor.peek() {
            '"' => self.string(),
            '-' | '0'..='9' => self.number(),
            _ => self.word(),
        }
    }

    fn scalar(&self, text: String, style: Style, start: Mark) -> Event {
        let scalar = ScalarEvent { text, style, tag: None, decorated: false };
        self.event(EventKind::Scalar(scalar), start)
    }

    fn word(&mut self) -> Result<Event, Fault> {
        let start = self.cursor.mark();
        for word in ["true", "false", "null"] {
            if self.cursor.rest().starts_with(word) {
                self.cursor.advance_by(word.len());
                return Ok(self.scalar(word.to_owned(), Style::Plain, start));
            }
        }
        Err(self.unexpected("a value"))
    }

    fn number(&mut self) -> Result<Event, Fault> {
        let start = self.cursor.mark();
        if self.cursor.peek() == '-' {
            self.cursor.advance();
        }
        if self.cursor.peek() == '0' {
            self.cursor.advance();
        } else {
            self.digits()?;
        }
        if self.cursor.peek() == '.' {
            self.cursor.advance();
            self.digits()?;
        }
        if matches!(self.cursor.peek(), 'e' | 'E') {
            self.cursor.advance();
            if matches!(self.cursor.peek(), '+' | '-') {
                self.cursor.advance();
            }
            self.digits()?;
        }
        let text = self.cursor.since(start).to_owned();
        if text.chars().filter(char::is_ascii_digit).count() > LONGEST_NUMBER {
            let span = Span::new(start, self.cursor.mark());
            return Err(Fault::new(ErrorKind::NumberTooLong { limit: LONGEST_NUMBER }, span));
        }
        Ok(self.scalar(text, Style::Plain, start))
    }

    fn digits(&mut self) -> Result<(), Fault> {
        let digits = self.cursor.take_while(|character| character.is_ascii_digit());
        if digits.is_empty() { Err(self.unexpected("a digit")) } else { Ok(()) }
    }

    fn string(&mut self) -> Result<Event, Fault> {
        let start = self.cursor.mark();
        self.cursor.advance();
        let mut text = Units::default();
        loop {
            let character = self.cursor.peek();
            match character {
                END => return Err(Fault::at(ErrorKind::UnclosedQuote { quote: '"' }, start)),
                '"' => break,
                '\\' => self.escape(&mut text)?,
                '\0'..'\u{20}' => {
                    let code = u32::from(character);
                    return Err(self.fault(ErrorKind::ControlCharacter { code }));
                }
                _ => {
                    self.cursor.advance();
                    text.push(character);
                }
            }
        }
        self.cursor.advance();
        let text = text.finish().map_err(|code| {
            Fault::new(ErrorKind::LoneSurrogate { code }, Span::new(start, self.cursor.mark()))
        })?;
        Ok(self.scalar(text, Style::DoubleQuoted, start))
    }

    fn escape(&mut self, text: &mut Units) -> Result<(), Fault> {
        let start = self.cursor.mark();
        self.cursor.advance();
        let character = self.cursor.peek();
        self.cursor.advance();
        match character {
            '"' | '\\' | '/' => text.push(character),
            'b' => text.push('\u{08}'),
            'f' => text.push('\u{0C}'),
            'n' => text.push('\n'),
            'r' => text.push('\r'),
            't' => text.push('\t'),
            'u' => return self.unicode_escape(start, text),
            _ => return Err(self.bad_escape(start)),
        }
        Ok(())
    }

    fn unicode_escape(&mut self, start: Mark, text: &mut Units) -> Result<(), Fault> {
        let mut code: u32 = 0;
        for _ in 0..4 {
            let digit = self.cursor.peek().to_digit(16).ok_or_else(|| self.bad_escape(start))?;
            code = code << 4 | digit;
            self.cursor.advance();
        }
        text.push_code(code).ok_or_else(|| self.bad_escape(start))
    }

    fn bad_escape(&self, start: Mark) -> Fault {
        let escape = self.cursor.since(start).trim_end().to_owned();
        Fault::new(ErrorKind::Escape { escape }, Span::new(start, self.cursor.mark()))
    }

    fn skip_blanks(&mut self) -> Result<(), Fault> {
        loop {
            self.cursor.take_while(|character| matches!(character, ' ' | '\t' | '\n' | '\r'));
            let start = self.cursor.mark();
            if self.cursor.rest().starts_with("//") {
                self.cursor.take_while(|character| !matches!(character, '\n' | '\r'));
            } else if self.cursor.rest().starts_with("/*") {
                self.skip_block_comment()?;
            } else {
                return Ok(());
            }
            self.refuse_controls(start)?;
            // Past all reason, comments are read but not remembered.
            if self.comments.len() < MOST_VALUES {
                self.comments.push(Span::new(start, self.cursor.mark()));
            }
        }
    }

    fn skip_block_comment(&mut self) -> Result<(), Fault> {
        self.cursor.advance_by(2);
        while !self.cursor.rest().starts_with("*/") {
            if self.cursor.peek() == END {
                return Err(self.unexpected("`*/`"));
            }
            self.cursor.advance();
        }
        self.cursor.advance_by(2);
        Ok(())
    }

    fn refuse_controls(&self, start: Mark) -> Result<(), Fault> {
        let comment = self.cursor.since(start);
        let control =
            |character: &char| *character < ' ' && !matches!(character, '\t' | '\n' | '\r');
        match comment.chars().find(control) {
            Some(found) => {
                let kind = ErrorKind::ControlCharacter { code: u32::from(found) };
                Err(Fault::new(kind, Span::new(start, self.cursor.mark())))
            }
            None => Ok(()),
        }
    }
}

/// How many digits a number may have: the bound of Elasticsearch's own parser.
const LONGEST_NUMBER: usize = 1000;
