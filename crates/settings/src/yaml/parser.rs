//! Makes events of tokens, by the grammar of YAML 1.1.

use std::collections::BTreeMap;

use super::scanner::Scanner;
use super::token::TokenKind;
use crate::cursor::Mark;
use crate::cursor::Span;
use crate::error::ErrorKind;
use crate::event::Event;
use crate::event::EventKind;
use crate::event::Fault;
use crate::event::ScalarEvent;
use crate::event::Style;

/// What is due next.
#[derive(Clone, Copy, Debug)]
pub(super) enum State {
    BlockMappingKey,
    BlockMappingValue,
    BlockSequenceEntry,
    DocumentContent,
    DocumentEnd,
    DocumentStart,
    End,
    FlowMappingKey { first: bool },
    FlowMappingNoValue,
    FlowMappingValue,
    FlowPairEnd,
    FlowPairKey,
    FlowPairValue,
    FlowSequenceEntry { first: bool },
    ImplicitDocument,
    IndentlessEntry,
    RootNode,
}

/// Where a node stands, which decides what it may be.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Position {
    /// In a block: block collections are allowed.
    Block,
    /// The key or value of a block mapping: also a list that is not indented.
    BlockMapping,
    /// Within brackets.
    Flow,
}

/// A YAML text as events, made on demand.
#[derive(Debug)]
pub(crate) struct Parser<'a> {
    pub(super) scanner: Scanner<'a>,
    pub(super) state: State,
    states: Vec<State>,
    tag_handles: BTreeMap<String, String>,
    /// Whether a document has ended already.
    one_ended: bool,
}

impl<'a> Parser<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self {
            scanner: Scanner::new(text),
            state: State::ImplicitDocument,
            states: Vec::new(),
            tag_handles: default_tag_handles(),
            one_ended: false,
        }
    }

    /// Where the comments stand that were passed so far.
    pub(crate) fn into_comments(self) -> Vec<Span> {
        self.scanner.into_comments()
    }

    /// The next event. After the end of the stream there is only the end again.
    pub(crate) fn next_event(&mut self) -> Result<Event, Fault> {
        loop {
            if let Some(event) = self.step()? {
                return Ok(event);
            }
        }
    }

    /// One state; documents begin and end without an event.
    fn step(&mut self) -> Result<Option<Event>, Fault> {
        match self.state {
            State::ImplicitDocument => self.implicit_document(),
            State::DocumentStart => self.document_start(),
            State::DocumentContent => self.document_content().map(Some),
            State::DocumentEnd => self.document_end(),
            State::RootNode => self.node(Position::Block).map(Some),
            State::BlockSequenceEntry => self.block_sequence_entry().map(Some),
            State::IndentlessEntry => self.indentless_entry().map(Some),
            State::BlockMappingKey => self.block_mapping_key().map(Some),
            State::BlockMappingValue => self.block_mapping_value().map(Some),
            State::FlowSequenceEntry { first } => self.flow_sequence_entry(first).map(Some),
            State::FlowPairKey => self.flow_pair_key().map(Some),
            State::FlowPairValue => self.flow_pair_value().map(Some),
            State::FlowPairEnd => self.flow_pair_end().map(Some),
            State::FlowMappingKey { first } => self.flow_mapping_key(first).map(Some),
            State::FlowMappingValue => self.flow_mapping_value().map(Some),
            State::FlowMappingNoValue => {
                self.state = State::FlowMappingKey { first: false };
                self.empty_scalar_here().map(Some)
            }
            State::End => Ok(Some(self.mark_event(EventKind::StreamEnd)?)),
        }
    }

    // Documents.

    fn implicit_document(&mut self) -> Result<Option<Event>, Fault> {
        let first = &self.scanner.peek()?.kind;
        if first.is_directive() || matches!(first, TokenKind::DocumentStart | TokenKind::StreamEnd)
        {
            self.state = State::DocumentStart;
        } else {
            self.states.push(State::DocumentEnd);
            self.state = State::RootNode;
        }
        Ok(None)
    }

    fn document_start(&mut self) -> Result<Option<Event>, Fault> {
        while self.scanner.peek()?.kind == TokenKind::DocumentEnd {
            self.scanner.next()?;
        }
        self.take_directives()?;
        if self.scanner.peek()?.kind == TokenKind::StreamEnd {
            self.state = State::End;
            return Ok(None);
        }
        if self.scanner.peek()?.kind != TokenKind::DocumentStart {
            let mut fault = self.misplaced("`---`")?;
            if self.one_ended {
                fault.kind = ErrorKind::MoreThanOneDocument;
            }
            return Err(fault);
        }
        self.scanner.next()?;
        self.states.push(State::DocumentEnd);
        self.state = State::DocumentContent;
        Ok(None)
    }

    fn take_directives(&mut self) -> Result<(), Fault> {
        self.tag_handles = BTreeMap::new();
        let mut versioned = false;
        while self.scanner.peek()?.kind.is_directive() {
            let token = self.scanner.next()?;
            let fine = match token.kind {
                TokenKind::YamlDirective { major } => {
                    !std::mem::replace(&mut versioned, true) && major == 1
                }
                TokenKind::TagDirective { handle, prefix } => {
                    self.tag_handles.insert(handle, prefix).is_none()
                }
                _ => true,
            };
            if !fine {
                return Err(Fault::new(ErrorKind::Directive, token.span));
            }
        }
        for (handle, prefix) in default_tag_handles() {
            self.tag_handles.entry(handle).or_insert(prefix);
        }
        Ok(())
    }

    fn document_content(&mut self) -> Result<Event, Fault> {
        let kind = &self.scanner.peek()?.kind;
        let empty = kind.is_directive()
            || matches!(
                kind,
                TokenKind::DocumentStart | TokenKind::DocumentEnd | TokenKind::StreamEnd
            );
        if empty {
            self.pop_state();
            return self.empty_scalar_here();
        }
        self.node(Position::Block)
    }

    fn document_end(&mut self) -> Result<Option<Event>, Fault> {
        if self.scanner.peek()?.kind == TokenKind::DocumentEnd {
            self.scanner.next()?;
        }
        self.one_ended = true;
        self.state = State::DocumentStart;
        Ok(None)
    }

    // Nodes.

    fn node(&mut self, position: Position) -> Result<Event, Fault> {
        let start = self.scanner.peek()?.span.start;
        if let TokenKind::Alias(name) = &self.scanner.peek()?.kind {
            let kind = EventKind::Alias(name.clone());
            self.pop_state();
            return Ok(Event { kind, span: self.scanner.next()?.span });
        }
        let properties = self.take_properties()?;
        if let Some((text, style, span)) = self.scanner.next_scalar()? {
            self.pop_state();
            let Properties { tag, decorated, .. } = properties;
            let kind = EventKind::Scalar(ScalarEvent { text, style, tag, decorated });
            return Ok(Event { kind, span });
        }
        let token = self.scanner.peek()?.clone();
        let span = Span::new(start, token.span.end);
        let block = position != Position::Flow;
        match token.kind {
            TokenKind::BlockEntry if position == Position::BlockMapping => {
                self.state = State::IndentlessEntry;
                return Ok(Event { kind: EventKind::SequenceStart, span: Span::at(start) });
            }
            TokenKind::FlowSequenceStart => self.state = State::FlowSequenceEntry { first: true },
            TokenKind::FlowMappingStart => self.state = State::FlowMappingKey { first: true },
            TokenKind::BlockSequenceStart if block => self.state = State::BlockSequenceEntry,
            TokenKind::BlockMappingStart if block => self.state = State::BlockMappingKey,
            _ if properties.decorated => {
                self.pop_state();
                return Ok(properties.empty_scalar(start));
            }
            _ => return Err(self.misplaced("a value")?),
        }
        self.scanner.next()?;
        let sequence =
            matches!(token.kind, TokenKind::FlowSequenceStart | TokenKind::BlockSequenceStart);
        let kind = if sequence { EventKind::SequenceStart } else { EventKind::MappingStart };
        Ok(Event { kind, span })
    }

    /// An anchor and a tag, in either order.
    fn take_properties(&mut self) -> Result<Properties, Fault> {
        let mut properties = Properties::default();
        let mut anchored = false;
        loop {
            let token = self.scanner.peek()?;
            properties.end = if properties.decorated { properties.end } else { token.span.start };
            match &token.kind {
                TokenKind::Anchor if !anchored => anchored = true,
                TokenKind::Tag { handle, suffix } if properties.tag.is_none() => {
                    let (handle, suffix, span) = (handle.clone(), suffix.clone(), token.span);
                    properties.tag = Some(self.full_tag(handle, &suffix, span)?);
                }
                _ => return Ok(properties),
            }
            properties.decorated = true;
            properties.end = self.scanner.next()?.span.end;
        }
    }

    fn full_tag(&self, handle: Option<String>, suffix: &str, span: Span) -> Result<String, Fault> {
        let Some(handle) = handle else { return Ok(suffix.to_owned()) };
        match self.tag_handles.get(&handle) {
            Some(prefix) => Ok(format!("{prefix}{suffix}")),
            None => Err(Fault::new(ErrorKind::TagHandle { handle }, span)),
        }
    }

    // What the states share.

    /// A node after which the present state goes on.
    pub(super) fn nested_node(&mut self, position: Position) -> Result<Event, Fault> {
        self.states.push(self.state);
        self.node(position)
    }

    pub(super) fn pop_state(&mut self) {
        self.state = self.states.pop().unwrap_or(State::End);
    }

    pub(super) fn misplaced(&mut self, due: &'static str) -> Result<Fault, Fault> {
        let token = self.scanner.peek()?;
        Ok(Fault::new(ErrorKind::Misplaced { found: token.kind.noun(), due }, token.span))
    }

    pub(super) fn mark_event(&mut self, kind: EventKind) -> Result<Event, Fault> {
        Ok(Event { kind, span: Span::at(self.scanner.peek()?.span.start) })
    }

    pub(super) fn empty_scalar_here(&mut self) -> Result<Event, Fault> {
        Ok(empty_scalar(self.scanner.peek()?.span.start))
    }
}

/// What stands before a node's content.
#[derive(Debug, Default)]
struct Properties {
    tag: Option<String>,
    decorated: bool,
    end: Mark,
}

impl Properties {
    fn empty_scalar(self, start: Mark) -> Event {
        let Self { tag, decorated, end } = self;
        let text = String::new();
        let kind = EventKind::Scalar(ScalarEvent { text, style: Style::Plain, tag, decorated });
        Event { kind, span: Span::new(start, end) }
    }
}

/// A value that is not there.
pub(super) fn empty_scalar(mark: Mark) -> Event {
    Properties { end: mark, ..Properties::default() }.empty_scalar(mark)
}

fn default_tag_handles() -> BTreeMap<String, String> {
    [("!", "!"), ("!!", super::resolve::TAG_PREFIX)]
        .map(|(handle, prefix)| (handle.to_owned(), prefix.to_owned()))
        .into()
}
