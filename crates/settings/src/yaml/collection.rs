//! The states of the parser within lists and mappings.

use super::parser::Parser;
use super::parser::Position;
use super::parser::State;
use super::parser::empty_scalar;
use super::token::TokenKind;
use crate::cursor::Mark;
use crate::event::Event;
use crate::event::EventKind;
use crate::event::Fault;

impl Parser<'_> {
    // Block collections.

    pub(super) fn block_sequence_entry(&mut self) -> Result<Event, Fault> {
        if self.scanner.peek()?.kind == TokenKind::BlockEntry {
            let entry = self.scanner.next()?;
            self.state = State::BlockSequenceEntry;
            let kind = &self.scanner.peek()?.kind;
            if matches!(kind, TokenKind::BlockEntry | TokenKind::BlockEnd) {
                return Ok(empty_scalar(entry.span.end));
            }
            return self.nested_node(Position::Block);
        }
        self.end_block(
            EventKind::SequenceEnd,
            "a list item at the same indentation, or the end of the list",
        )
    }

    pub(super) fn indentless_entry(&mut self) -> Result<Event, Fault> {
        if self.scanner.peek()?.kind != TokenKind::BlockEntry {
            self.pop_state();
            return self.mark_event(EventKind::SequenceEnd);
        }
        let entry = self.scanner.next()?;
        self.state = State::IndentlessEntry;
        let empty = matches!(
            self.scanner.peek()?.kind,
            TokenKind::BlockEntry | TokenKind::Key | TokenKind::Value | TokenKind::BlockEnd
        );
        if empty { Ok(empty_scalar(entry.span.end)) } else { self.nested_node(Position::Block) }
    }

    pub(super) fn block_mapping_key(&mut self) -> Result<Event, Fault> {
        if self.scanner.peek()?.kind == TokenKind::Key {
            let key = self.scanner.next()?;
            self.state = State::BlockMappingValue;
            return self.block_mapping_node(key.span.end);
        }
        self.end_block(
            EventKind::MappingEnd,
            "a key at the same indentation, or the end of the mapping",
        )
    }

    pub(super) fn block_mapping_value(&mut self) -> Result<Event, Fault> {
        self.state = State::BlockMappingKey;
        match self.scanner.peek()?.kind {
            TokenKind::Value => {
                let value = self.scanner.next()?;
                self.block_mapping_node(value.span.end)
            }
            // Not YAML, but the parser of Elasticsearch takes text after a `?` key for its value.
            TokenKind::Scalar { .. } => self.nested_node(Position::BlockMapping),
            _ => self.empty_scalar_here(),
        }
    }

    fn block_mapping_node(&mut self, before: Mark) -> Result<Event, Fault> {
        let kind = &self.scanner.peek()?.kind;
        if matches!(kind, TokenKind::Key | TokenKind::Value | TokenKind::BlockEnd) {
            return Ok(empty_scalar(before));
        }
        self.nested_node(Position::BlockMapping)
    }

    fn end_block(&mut self, kind: EventKind, due: &'static str) -> Result<Event, Fault> {
        if self.scanner.peek()?.kind != TokenKind::BlockEnd {
            return Err(self.misplaced(due)?);
        }
        self.pop_state();
        Ok(Event { kind, span: self.scanner.next()?.span })
    }

    // Flow collections.

    pub(super) fn flow_sequence_entry(&mut self, first: bool) -> Result<Event, Fault> {
        self.take_flow_comma(first, &TokenKind::FlowSequenceEnd, "`,` or `]`")?;
        self.state = State::FlowSequenceEntry { first: false };
        match self.scanner.peek()?.kind {
            TokenKind::FlowSequenceEnd => {
                self.pop_state();
                Ok(Event { kind: EventKind::SequenceEnd, span: self.scanner.next()?.span })
            }
            TokenKind::Key => {
                self.state = State::FlowPairKey;
                self.mark_event(EventKind::MappingStart)
            }
            _ => self.nested_node(Position::Flow),
        }
    }

    pub(super) fn flow_pair_key(&mut self) -> Result<Event, Fault> {
        let key = self.scanner.next()?;
        self.state = State::FlowPairValue;
        self.flow_node(key.span.end, &TokenKind::FlowSequenceEnd, true)
    }

    pub(super) fn flow_pair_value(&mut self) -> Result<Event, Fault> {
        self.state = State::FlowPairEnd;
        if self.scanner.peek()?.kind != TokenKind::Value {
            return self.empty_scalar_here();
        }
        let value = self.scanner.next()?;
        self.flow_node(value.span.end, &TokenKind::FlowSequenceEnd, false)
    }

    pub(super) fn flow_pair_end(&mut self) -> Result<Event, Fault> {
        self.state = State::FlowSequenceEntry { first: false };
        self.mark_event(EventKind::MappingEnd)
    }

    pub(super) fn flow_mapping_key(&mut self, first: bool) -> Result<Event, Fault> {
        self.take_flow_comma(first, &TokenKind::FlowMappingEnd, "`,` or `}`")?;
        match self.scanner.peek()?.kind {
            TokenKind::FlowMappingEnd => {
                self.pop_state();
                Ok(Event { kind: EventKind::MappingEnd, span: self.scanner.next()?.span })
            }
            TokenKind::Key => {
                let key = self.scanner.next()?;
                self.state = State::FlowMappingValue;
                self.flow_node(key.span.end, &TokenKind::FlowMappingEnd, true)
            }
            _ => {
                self.state = State::FlowMappingNoValue;
                self.nested_node(Position::Flow)
            }
        }
    }

    pub(super) fn flow_mapping_value(&mut self) -> Result<Event, Fault> {
        self.state = State::FlowMappingKey { first: false };
        if self.scanner.peek()?.kind != TokenKind::Value {
            return self.empty_scalar_here();
        }
        let value = self.scanner.next()?;
        self.flow_node(value.span.end, &TokenKind::FlowMappingEnd, false)
    }

    fn flow_node(&mut self, before: Mark, end: &TokenKind, key: bool) -> Result<Event, Fault> {
        let kind = &self.scanner.peek()?.kind;
        if *kind == TokenKind::FlowEntry || kind == end || (key && *kind == TokenKind::Value) {
            return Ok(empty_scalar(before));
        }
        self.nested_node(Position::Flow)
    }

    fn take_flow_comma(
        &mut self,
        first: bool,
        end: &TokenKind,
        due: &'static str,
    ) -> Result<(), Fault> {
        let kind = &self.scanner.peek()?.kind;
        if first || kind == end {
            return Ok(());
        }
        if *kind != TokenKind::FlowEntry {
            return Err(self.misplaced(due)?);
        }
        self.scanner.next().map(|_| ())
    }
}
