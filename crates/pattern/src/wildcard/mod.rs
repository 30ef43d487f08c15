//! Wildcard patterns: `*` for any run of characters, `?` for one, `\` before a literal.

mod effort;
mod segment;

pub(crate) use segment::Segment;

use std::iter;

use crate::automaton::Automaton;
use crate::automaton::Budget;
use crate::automaton::Dfa;
use crate::automaton::Excess;
use crate::automaton::MAX_CODE_POINT;
use crate::automaton::concatenate;

/// A wildcard pattern, cut at its stars.
///
/// Between two neighbouring segments lies a star; without a star there is one segment.
#[derive(Clone, Debug)]
pub(crate) struct Wildcard {
    first: Segment,
    rest: Vec<Segment>,
}

/// A wildcard pattern in the form in which it is matched.
#[derive(Clone, Debug)]
pub(crate) enum Parsed {
    /// The empty pattern, or one with a literal that no name can contain.
    Nothing,
    /// Segments that can be looked for one by one.
    Segments(Wildcard),
    /// Segments with `?` between stars, where looking for them would not be linear.
    Automaton(Dfa, Vec<Vec<String>>),
}

/// One element of a wildcard pattern.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Token {
    /// `?`.
    Any,
    /// A code point, or half of a surrogate pair, which never matches.
    Literal(u32),
    /// `*`, or several in a row.
    Star,
}

/// Parses a wildcard pattern, and refuses one that Lucene would not determinise.
pub(crate) fn parse(text: &str, budget: &mut Budget) -> Result<Parsed, Excess> {
    match plain(text) {
        Some(wildcard) => Ok(Parsed::Segments(wildcard)),
        None => from_tokens(&tokens(text), budget),
    }
}

/// The commonest patterns, cut without a detour: one star at most, nothing else that means more
/// than itself, and too short to be refused.
fn plain(text: &str) -> Option<Wildcard> {
    let means_itself = |byte: u8| byte < FIRST_OF_FOUR && !matches!(byte, b'?' | b'\\');
    if text.is_empty() || text.len() > effort::HARMLESS || !text.bytes().all(means_itself) {
        return None;
    }
    let literal = |text: &str| Segment::Literal(text.to_owned());
    let Some((first, last)) = text.split_once('*') else {
        return Some(Wildcard { first: literal(text), rest: Vec::new() });
    };
    let last = last.trim_start_matches('*');
    let wildcard = Wildcard { first: literal(first), rest: vec![literal(last)] };
    (!last.contains('*')).then_some(wildcard)
}

/// Makes a wildcard pattern of tokens, with no two stars in a row.
pub(crate) fn from_tokens(tokens: &[Token], budget: &mut Budget) -> Result<Parsed, Excess> {
    let mut segments = tokens.split(|&token| token == Token::Star);
    let Some(first) = segments.next().filter(|_| !tokens.is_empty()) else {
        return Ok(Parsed::Nothing);
    };
    let rest: Vec<&[Token]> = segments.collect();
    let automaton = match effort::estimate(first, &rest) {
        Some(effort) => {
            effort.check()?;
            None
        }
        None => Some(determinize(tokens, budget)?),
    };
    let Some(first) = Segment::new(first) else { return Ok(Parsed::Nothing) };
    let rest: Option<Vec<Segment>> = rest.into_iter().map(Segment::new).collect();
    let Some(rest) = rest else { return Ok(Parsed::Nothing) };
    let wildcard = Wildcard { first, rest };
    Ok(match automaton {
        Some(automaton) if !wildcard.middle().iter().all(Segment::is_literal) => {
            Parsed::Automaton(automaton, wildcard.literals())
        }
        _ => Parsed::Segments(wildcard),
    })
}

impl Wildcard {
    /// The deterministic automaton of the pattern.
    pub(crate) fn automaton(&self, budget: &mut Budget) -> Result<Dfa, Excess> {
        let mut tokens = Vec::new();
        self.first.tokens(&mut tokens);
        for segment in &self.rest {
            tokens.push(Token::Star);
            segment.tokens(&mut tokens);
        }
        determinize(&tokens, budget)
    }

    /// Texts that each matching name contains, each in a list of its own.
    pub(crate) fn literals(&self) -> Vec<Vec<String>> {
        self.segments().flat_map(Segment::literals).map(|text| vec![text]).collect()
    }

    /// What a name starts with; the whole name when there is no star.
    pub(crate) fn first(&self) -> &Segment {
        &self.first
    }

    /// What lies between two stars.
    pub(crate) fn middle(&self) -> &[Segment] {
        self.rest.split_last().map_or(&[], |(_, middle)| middle)
    }

    /// What a name ends with; none, when there is no star.
    pub(crate) fn last(&self) -> Option<&Segment> {
        self.rest.last()
    }

    /// Whether every name matches.
    pub(crate) fn is_universal(&self) -> bool {
        !self.rest.is_empty() && self.segments().all(|segment| segment.literal() == Some(""))
    }

    /// Whether there is no `?`.
    pub(crate) fn is_literal(&self) -> bool {
        self.segments().all(Segment::is_literal)
    }

    /// Whether the two start or end with texts of which neither continues the other: then no name matches both.
    pub(crate) fn is_apart_from(&self, other: &Self) -> bool {
        let start = self.first.literal().zip(other.first.literal());
        let (last, others) = (self.last(), other.last());
        let end = last.and_then(Segment::literal).zip(others.and_then(Segment::literal));
        start.is_some_and(|(one, other)| !one.starts_with(other) && !other.starts_with(one))
            || end.is_some_and(|(one, other)| !one.ends_with(other) && !other.ends_with(one))
    }

    /// Whether the whole name matches.
    pub(crate) fn matches(&self, name: &str) -> bool {
        let Some(inner) = self.first.strip_from_start(name) else { return false };
        let Some(last) = self.last() else { return inner.is_empty() };
        let Some(mut inner) = last.strip_from_end(inner) else { return false };
        for segment in self.middle() {
            let Some(after) = segment.find(inner) else { return false };
            inner = after;
        }
        true
    }

    /// The number of characters after which a match is still possible.
    pub(crate) fn viable_prefix(&self, name: &str) -> usize {
        let shared = self.first.shared_start(name);
        if self.rest.is_empty() || shared < self.first.len() {
            return shared;
        }
        name.chars().count()
    }

    /// The number of characters at the end of the name that could end a match.
    pub(crate) fn viable_suffix(&self, name: &str) -> usize {
        let last = self.last().unwrap_or(&self.first);
        let shared = last.shared_end(name);
        if self.rest.is_empty() || shared < last.len() {
            return shared;
        }
        name.chars().count()
    }

    /// All segments in order.
    fn segments(&self) -> impl Iterator<Item = &Segment> {
        iter::once(&self.first).chain(&self.rest)
    }

    /// A name that matches: `any` stands in for each `?`, and `star` for each `*`.
    pub(crate) fn sample(&self, any: char, star: &str) -> String {
        let mut sample = String::new();
        self.first.write(any, &mut sample);
        for segment in &self.rest {
            sample.push_str(star);
            segment.write(any, &mut sample);
        }
        sample
    }
}

/// Cuts a pattern into tokens.
///
/// Elasticsearch cuts a pattern by UTF-16 code unit, but walks names by code point: a literal
/// outside the basic plane never matches.
fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len());
    let mut units = text.encode_utf16();
    while let Some(unit) = units.next() {
        let token = match unit {
            STAR => Token::Star,
            QUESTION_MARK => Token::Any,
            // A lone backslash at the end is a backslash.
            BACKSLASH => Token::Literal(u32::from(units.next().unwrap_or(BACKSLASH))),
            literal => Token::Literal(u32::from(literal)),
        };
        if token != Token::Star || tokens.last() != Some(&Token::Star) {
            tokens.push(token);
        }
    }
    tokens
}

/// Builds and determinises the automaton of a pattern.
fn determinize(tokens: &[Token], budget: &mut Budget) -> Result<Dfa, Excess> {
    let mut automata = Vec::with_capacity(tokens.len());
    for token in tokens {
        automata.push(match *token {
            Token::Any => Automaton::one_of(&[(0, MAX_CODE_POINT)], budget)?,
            Token::Literal(point) => Automaton::string([point], budget)?,
            Token::Star => Automaton::any_string(),
        });
    }
    let automata: Vec<&Automaton> = automata.iter().collect();
    Dfa::new(concatenate(&automata, budget)?, budget)
}

/// The lowest byte that begins a character outside the basic plane.
const FIRST_OF_FOUR: u8 = 0xF0;

const STAR: u16 = 0x2A;
const QUESTION_MARK: u16 = 0x3F;
const BACKSLASH: u16 = 0x5C;
