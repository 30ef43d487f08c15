//! Cuts a YAML text into tokens.
//!
//! A key needs no mark of its own in YAML: only the colon after it tells that it was one. So each
//! token that may turn out to be a key is remembered, and tokens wait in a queue until that is
//! settled, which takes one line and 1,024 characters at most.

use std::collections::VecDeque;

use super::character::is_space;
use super::token::Token;
use super::token::TokenKind;
use crate::cursor::Cursor;
use crate::cursor::END;
use crate::cursor::Mark;
use crate::cursor::Span;
use crate::error::ErrorKind;
use crate::event::Fault;
use crate::event::Style;

/// A YAML text, cut into tokens on demand.
#[derive(Debug)]
pub(super) struct Scanner<'a> {
    pub(super) cursor: Cursor<'a>,
    queue: VecDeque<Token>,
    taken: usize,
    /// The column of the innermost block collection; none outside all of them.
    pub(super) indent: Option<usize>,
    indents: Vec<Option<usize>>,
    /// How many `[` and `{` are open.
    pub(super) flow_level: usize,
    /// Whether a key may begin at the next token.
    pub(super) key_allowed: bool,
    /// The tokens that may turn out to be keys: one for a flow level, the outermost first.
    possible_keys: Vec<PossibleKey>,
    done: bool,
    pub(super) comments: Vec<Span>,
}

#[derive(Clone, Copy, Debug)]
struct PossibleKey {
    flow_level: usize,
    token: usize,
    required: bool,
    mark: Mark,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            cursor: Cursor::new(text),
            queue: VecDeque::new(),
            taken: 0,
            indent: None,
            indents: Vec::new(),
            flow_level: 0,
            key_allowed: true,
            possible_keys: Vec::new(),
            done: false,
            comments: Vec::new(),
        }
    }

    /// The next token, left in place.
    pub(super) fn peek(&mut self) -> Result<&Token, Fault> {
        while self.needs_more()? {
            self.fetch()?;
        }
        if self.queue.is_empty() {
            self.push_mark(TokenKind::StreamEnd);
        }
        let mark = self.cursor.mark();
        self.queue.front().ok_or(Fault::at(ErrorKind::KeyWithoutColon, mark))
    }

    /// The next token, taken.
    pub(super) fn next(&mut self) -> Result<Token, Fault> {
        self.peek()?;
        let token = self.queue.pop_front();
        self.taken = self.taken.saturating_add(1);
        token.ok_or(Fault::at(ErrorKind::KeyWithoutColon, self.cursor.mark()))
    }

    /// The next token, taken, if it is text: the text, how it is written and where.
    pub(super) fn next_scalar(&mut self) -> Result<Option<(String, Style, Span)>, Fault> {
        if !matches!(self.peek()?.kind, TokenKind::Scalar { .. }) {
            return Ok(None);
        }
        let Token { kind, span } = self.next()?;
        Ok(match kind {
            TokenKind::Scalar { text, style } => Some((text, style, span)),
            _ => None,
        })
    }

    /// Where the comments stand that were passed so far.
    pub(super) fn into_comments(self) -> Vec<Span> {
        self.comments
    }

    /// Adds a token that began at a mark and ends where the cursor is.
    pub(super) fn push(&mut self, kind: TokenKind, start: Mark) {
        self.push_spanned(kind, Span::new(start, self.cursor.mark()));
    }

    pub(super) fn push_spanned(&mut self, kind: TokenKind, span: Span) {
        self.queue.push_back(Token { kind, span });
    }

    fn push_mark(&mut self, kind: TokenKind) {
        self.push(kind, self.cursor.mark());
    }

    fn needs_more(&mut self) -> Result<bool, Fault> {
        if self.done {
            return Ok(false);
        }
        if self.queue.is_empty() {
            return Ok(true);
        }
        self.drop_stale_keys()?;
        Ok(self.possible_keys.first().is_some_and(|key| key.token == self.taken))
    }

    fn fetch(&mut self) -> Result<(), Fault> {
        self.skip_to_token();
        self.drop_stale_keys()?;
        self.unwind(Some(self.cursor.mark().column));
        match self.cursor.peek() {
            END => self.fetch_stream_end(),
            '%' if self.cursor.mark().column == 0 => self.fetch_directive(),
            '-' if self.at_document_marker("---") => self.fetch_marker(TokenKind::DocumentStart),
            '.' if self.at_document_marker("...") => self.fetch_marker(TokenKind::DocumentEnd),
            '-' if is_space(self.cursor.peek_at(1)) => self.fetch_block_entry(),
            '[' => self.fetch_flow_start(TokenKind::FlowSequenceStart),
            '{' => self.fetch_flow_start(TokenKind::FlowMappingStart),
            ']' => self.fetch_flow_end(TokenKind::FlowSequenceEnd),
            '}' => self.fetch_flow_end(TokenKind::FlowMappingEnd),
            ',' => self.fetch_flow_entry(),
            '?' if self.at_indicator() => self.fetch_key(),
            ':' if self.at_indicator() => self.fetch_value(),
            _ => self.fetch_node(),
        }
    }

    fn fetch_node(&mut self) -> Result<(), Fault> {
        match self.cursor.peek() {
            '|' | '>' if self.flow_level == 0 => self.fetch_block_scalar(),
            '*' | '&' => self.fetch_as_key(Self::scan_anchor),
            '!' => self.fetch_as_key(Self::scan_tag),
            '\'' | '"' => self.fetch_as_key(Self::scan_quoted),
            _ if self.at_plain() => self.fetch_as_key(|scanner| {
                scanner.scan_plain();
                Ok(())
            }),
            '\t' => Err(self.fault(ErrorKind::Tab)),
            character => Err(self.fault(ErrorKind::UnexpectedCharacter { character })),
        }
    }

    /// A fault at the character where the cursor is.
    pub(super) fn fault(&self, kind: ErrorKind) -> Fault {
        Fault::at(kind, self.cursor.mark())
    }

    fn at_document_marker(&self, marker: &str) -> bool {
        self.cursor.mark().column == 0 && self.at_marker(marker)
    }

    /// Whether `---` or `...` stands here as a word, whatever the column.
    pub(super) fn at_marker(&self, marker: &str) -> bool {
        self.cursor.rest().starts_with(marker) && is_space(self.cursor.peek_at(marker.len()))
    }

    /// Whether a `?` or `:` here is an indicator. Within brackets it always is.
    fn at_indicator(&self) -> bool {
        self.flow_level > 0 || is_space(self.cursor.peek_at(1))
    }

    fn at_plain(&self) -> bool {
        let first = self.cursor.peek();
        if !is_space(first) && !"-?:,[]{}#&*!|>'\"%@`".contains(first) {
            return true;
        }
        let may_begin = first == '-' || (self.flow_level == 0 && matches!(first, '?' | ':'));
        may_begin && !is_space(self.cursor.peek_at(1))
    }

    // Keys that are found by the colon behind them.

    fn drop_stale_keys(&mut self) -> Result<(), Fault> {
        let here = self.cursor.mark();
        let mut missing = None;
        self.possible_keys.retain(|key| {
            let stale = key.mark.line != here.line
                || here.index.saturating_sub(key.mark.index) > LONGEST_SIMPLE_KEY;
            if stale && key.required && missing.is_none() {
                missing = Some(key.mark);
            }
            !stale
        });
        missing.map_or(Ok(()), |mark| Err(Fault::at(ErrorKind::KeyWithoutColon, mark)))
    }

    fn remember_key(&mut self) -> Result<(), Fault> {
        let mark = self.cursor.mark();
        let required = self.flow_level == 0 && self.indent == Some(mark.column);
        if !self.key_allowed {
            return if required { Err(self.fault(ErrorKind::KeyWithoutColon)) } else { Ok(()) };
        }
        self.forget_key()?;
        let token = self.taken.saturating_add(self.queue.len());
        let flow_level = self.flow_level;
        let outer = self.possible_keys.partition_point(|key| key.flow_level < flow_level);
        self.possible_keys.insert(outer, PossibleKey { flow_level, token, required, mark });
        Ok(())
    }

    fn forget_key(&mut self) -> Result<(), Fault> {
        match self.take_key() {
            Some(key) if key.required => Err(Fault::at(ErrorKind::KeyWithoutColon, key.mark)),
            _ => Ok(()),
        }
    }

    /// The token of this flow level that may turn out to be a key, not remembered any longer.
    fn take_key(&mut self) -> Option<PossibleKey> {
        let place = self.possible_keys.iter().rposition(|key| key.flow_level == self.flow_level)?;
        Some(self.possible_keys.remove(place))
    }

    // Indentation of block collections.

    fn unwind(&mut self, column: Option<usize>) {
        if self.flow_level > 0 {
            return;
        }
        while self.indent > column {
            self.push_mark(TokenKind::BlockEnd);
            self.indent = self.indents.pop().flatten();
        }
    }

    fn indent_to(&mut self, column: usize) -> bool {
        if self.indent >= Some(column) {
            return false;
        }
        self.indents.push(self.indent);
        self.indent = Some(column);
        true
    }

    // One token, or one with what it implies.

    fn fetch_stream_end(&mut self) -> Result<(), Fault> {
        self.unwind(None);
        self.forget_key()?;
        self.key_allowed = false;
        self.possible_keys.clear();
        self.push_mark(TokenKind::StreamEnd);
        self.done = true;
        Ok(())
    }

    fn fetch_directive(&mut self) -> Result<(), Fault> {
        self.unwind(None);
        self.forget_key()?;
        self.key_allowed = false;
        self.scan_directive()
    }

    fn fetch_marker(&mut self, kind: TokenKind) -> Result<(), Fault> {
        self.unwind(None);
        self.forget_key()?;
        self.key_allowed = false;
        self.take_characters(3, kind);
        Ok(())
    }

    fn take_characters(&mut self, count: usize, kind: TokenKind) {
        let start = self.cursor.mark();
        self.cursor.advance_by(count);
        self.push(kind, start);
    }

    fn fetch_flow_start(&mut self, kind: TokenKind) -> Result<(), Fault> {
        self.remember_key()?;
        self.flow_level = self.flow_level.saturating_add(1);
        if self.flow_level > crate::limits::DEEPEST_NESTING {
            let limit = crate::limits::DEEPEST_NESTING;
            return Err(self.fault(ErrorKind::NestedTooDeep { limit }));
        }
        self.key_allowed = true;
        self.take_characters(1, kind);
        Ok(())
    }

    fn fetch_flow_end(&mut self, kind: TokenKind) -> Result<(), Fault> {
        self.forget_key()?;
        let Some(level) = self.flow_level.checked_sub(1) else {
            let (found, due) = (kind.noun(), "a value or a key");
            return Err(self.fault(ErrorKind::Misplaced { found, due }));
        };
        self.flow_level = level;
        self.key_allowed = false;
        self.take_characters(1, kind);
        Ok(())
    }

    fn fetch_flow_entry(&mut self) -> Result<(), Fault> {
        self.key_allowed = true;
        self.forget_key()?;
        self.take_characters(1, TokenKind::FlowEntry);
        Ok(())
    }

    fn fetch_block_entry(&mut self) -> Result<(), Fault> {
        if self.flow_level == 0 {
            self.start_block(TokenKind::BlockSequenceStart, &TokenKind::BlockEntry)?;
        }
        self.key_allowed = true;
        self.forget_key()?;
        self.take_characters(1, TokenKind::BlockEntry);
        Ok(())
    }

    fn fetch_key(&mut self) -> Result<(), Fault> {
        if self.flow_level == 0 {
            self.start_block(TokenKind::BlockMappingStart, &TokenKind::Key)?;
        }
        self.key_allowed = self.flow_level == 0;
        self.forget_key()?;
        self.take_characters(1, TokenKind::Key);
        Ok(())
    }

    fn start_block(&mut self, block: TokenKind, entry: &TokenKind) -> Result<(), Fault> {
        if !self.key_allowed {
            let (found, due) = (entry.noun(), "the end of the value before it");
            return Err(self.fault(ErrorKind::Misplaced { found, due }));
        }
        if self.indent_to(self.cursor.mark().column) {
            self.push_mark(block);
        }
        Ok(())
    }

    fn fetch_value(&mut self) -> Result<(), Fault> {
        if let Some(key) = self.take_key() {
            self.insert_key(&key);
            self.key_allowed = false;
        } else {
            if self.flow_level == 0 {
                self.start_block(TokenKind::BlockMappingStart, &TokenKind::Value)?;
            }
            self.key_allowed = self.flow_level == 0;
            self.forget_key()?;
        }
        self.take_characters(1, TokenKind::Value);
        Ok(())
    }

    /// Puts before a token, found out to be a key, what says so.
    fn insert_key(&mut self, key: &PossibleKey) {
        let position = key.token.saturating_sub(self.taken).min(self.queue.len());
        let span = Span::at(key.mark);
        self.queue.insert(position, Token { kind: TokenKind::Key, span });
        if self.flow_level == 0 && self.indent_to(key.mark.column) {
            self.queue.insert(position, Token { kind: TokenKind::BlockMappingStart, span });
        }
    }

    fn fetch_block_scalar(&mut self) -> Result<(), Fault> {
        self.key_allowed = true;
        self.forget_key()?;
        self.scan_block_scalar()
    }

    /// A token that may turn out to be a key, after which no other can follow directly.
    fn fetch_as_key(&mut self, scan: fn(&mut Self) -> Result<(), Fault>) -> Result<(), Fault> {
        self.remember_key()?;
        self.key_allowed = false;
        scan(self)
    }
}

/// How many characters a key may have that is not marked by `?`.
const LONGEST_SIMPLE_KEY: usize = 1024;
