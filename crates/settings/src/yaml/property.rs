//! Scans anchors, aliases, tags and directives.

use super::character::ends_line;
use super::character::ends_word;
use super::character::is_space;
use super::character::is_uri;
use super::character::is_word;
use super::scanner::Scanner;
use super::token::TokenKind;
use crate::cursor::END;
use crate::cursor::Mark;
use crate::cursor::Span;
use crate::error::ErrorKind;
use crate::event::Fault;

impl Scanner<'_> {
    /// An anchor or an alias.
    pub(super) fn scan_anchor(&mut self) -> Result<(), Fault> {
        let start = self.cursor.mark();
        let indicator = self.cursor.peek();
        self.cursor.advance();
        let name = self
            .cursor
            .take_while(|character| !is_space(character) && !":,[]{}/.*&".contains(character))
            .to_owned();
        let next = self.cursor.peek();
        if name.is_empty() || !(is_space(next) || "?:,]}%@`".contains(next)) {
            return Err(self.bad_anchor(start, indicator));
        }
        let kind = if indicator == '*' { TokenKind::Alias(name) } else { TokenKind::Anchor };
        self.push(kind, start);
        Ok(())
    }

    /// Tells of the whole item that was meant, not only of its first character.
    fn bad_anchor(&mut self, start: Mark, indicator: char) -> Fault {
        let flow = self.flow_level > 0;
        let ends = |character| ends_line(character) || (flow && ",]}".contains(character));
        self.cursor.take_while(|character| !ends(character));
        let line = self.cursor.since(start);
        let item = line.split(" #").next().unwrap_or(line).trim_end();
        let longest = item.char_indices().nth(LONGEST_SHOWN).map_or(item.len(), |(at, _)| at);
        let item = item.get(..longest).unwrap_or(item);
        let end = Mark { offset: start.offset.saturating_add(item.len()), ..start };
        let text = item.to_owned();
        Fault::new(ErrorKind::Alias { indicator, text }, Span::new(start, end))
    }

    /// A tag: `!`, `!name`, `!!name`, `!handle!name` or `!<uri>`.
    pub(super) fn scan_tag(&mut self) -> Result<(), Fault> {
        let start = self.cursor.mark();
        let next = self.cursor.peek_at(1);
        let (handle, suffix) = if next == '<' {
            self.cursor.advance_by(2);
            let suffix = self.take_uri(start)?;
            if self.cursor.peek() != '>' {
                return Err(self.bad_tag(start));
            }
            self.cursor.advance();
            (None, suffix)
        } else if is_space(next) {
            self.cursor.advance();
            (None, "!".to_owned())
        } else {
            let handle = self.take_tag_handle(start)?;
            (Some(handle), self.take_uri(start)?)
        };
        if !ends_word(self.cursor.peek()) {
            return Err(self.bad_tag(start));
        }
        self.push(TokenKind::Tag { handle, suffix }, start);
        Ok(())
    }

    fn bad_tag(&self, start: Mark) -> Fault {
        Fault::new(ErrorKind::Tag, Span::new(start, self.cursor.mark()))
    }

    /// The handle before a tag's name. With no second `!` in the word it is the first one alone.
    fn take_tag_handle(&mut self, start: Mark) -> Result<String, Fault> {
        let word =
            self.cursor.rest().chars().skip(1).take_while(|&character| !ends_word(character));
        if word.into_iter().any(|character| character == '!') {
            return self.take_named_handle(start);
        }
        self.cursor.advance();
        Ok("!".to_owned())
    }

    /// A handle that is written out: `!`, `!!` or `!name!`.
    fn take_named_handle(&mut self, start: Mark) -> Result<String, Fault> {
        let first = self.cursor.mark();
        if self.cursor.peek() != '!' {
            return Err(self.bad_tag(start));
        }
        self.cursor.advance();
        if self.cursor.peek() != ' ' {
            self.cursor.take_while(is_word);
            if self.cursor.peek() != '!' {
                return Err(self.bad_tag(start));
            }
            self.cursor.advance();
        }
        Ok(self.cursor.since(first).to_owned())
    }

    fn take_uri(&mut self, start: Mark) -> Result<String, Fault> {
        let mut uri = String::new();
        loop {
            uri.push_str(self.cursor.take_while(|character| is_uri(character) && character != '%'));
            if self.cursor.peek() != '%' {
                break;
            }
            uri.push_str(&self.take_uri_escapes(start)?);
        }
        if uri.is_empty() { Err(self.bad_tag(start)) } else { Ok(uri) }
    }

    /// Some `%XX` in a row, which together are UTF-8.
    fn take_uri_escapes(&mut self, start: Mark) -> Result<String, Fault> {
        let mut bytes = Vec::new();
        while self.cursor.peek() == '%' {
            self.cursor.advance();
            let digits: String = self.cursor.rest().chars().take(2).collect();
            let byte = u8::from_str_radix(&digits, 16).map_err(|_| self.bad_tag(start))?;
            bytes.push(byte);
            self.cursor.advance_by(2);
        }
        String::from_utf8(bytes).map_err(|_| self.bad_tag(start))
    }

    /// A line that begins with `%`.
    pub(super) fn scan_directive(&mut self) -> Result<(), Fault> {
        let start = self.cursor.mark();
        self.cursor.advance();
        let name = self.cursor.take_while(is_word);
        if name.is_empty() || !ends_word(self.cursor.peek()) {
            return Err(self.bad_directive(start));
        }
        let kind = match name {
            "YAML" => self.take_yaml_version(start)?,
            "TAG" => self.take_tag_declaration(start)?,
            _ => {
                self.cursor.take_while(|character| !ends_line(character));
                TokenKind::UnknownDirective
            }
        };
        self.push(kind, start);
        self.end_directive_line(start)
    }

    fn bad_directive(&self, start: Mark) -> Fault {
        Fault::new(ErrorKind::Directive, Span::new(start, self.cursor.mark()))
    }

    fn end_directive_line(&mut self, start: Mark) -> Result<(), Fault> {
        self.cursor.take_while(|character| character == ' ');
        self.skip_comment();
        let character = self.cursor.peek();
        if self.take_break().is_none() && character != END {
            return Err(self.bad_directive(start));
        }
        Ok(())
    }

    fn take_yaml_version(&mut self, start: Mark) -> Result<TokenKind, Fault> {
        self.cursor.take_while(|character| character == ' ');
        let major = self.take_version_number(start)?;
        if self.cursor.peek() != '.' {
            return Err(self.bad_directive(start));
        }
        self.cursor.advance();
        self.take_version_number(start)?;
        if !ends_word(self.cursor.peek()) {
            return Err(self.bad_directive(start));
        }
        Ok(TokenKind::YamlDirective { major })
    }

    fn take_version_number(&mut self, start: Mark) -> Result<u32, Fault> {
        let digits = self.cursor.take_while(|character| character.is_ascii_digit());
        let number: Option<i32> = digits.parse().ok();
        number
            .and_then(|number| u32::try_from(number).ok())
            .ok_or_else(|| self.bad_directive(start))
    }

    fn take_tag_declaration(&mut self, start: Mark) -> Result<TokenKind, Fault> {
        self.cursor.take_while(|character| character == ' ');
        let handle = self.take_named_handle(start)?;
        if self.cursor.peek() != ' ' {
            return Err(self.bad_directive(start));
        }
        self.cursor.take_while(|character| character == ' ');
        let prefix = self.take_uri(start)?;
        if !ends_word(self.cursor.peek()) {
            return Err(self.bad_directive(start));
        }
        Ok(TokenKind::TagDirective { handle, prefix })
    }
}

/// How many characters of a malformed alias a fault tells of.
const LONGEST_SHOWN: usize = 1000;
