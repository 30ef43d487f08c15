//! One pattern: parsed, checked as Elasticsearch would, and ready to match.

use std::fmt;
use std::sync::Arc;

use crate::allowance::Allowance;
use crate::automaton::Budget;
use crate::automaton::Dfa;
use crate::automaton::Excess;
use crate::automaton::MAX_PARTS;
use crate::error::Error;
use crate::error::ErrorKind;
use crate::regex;
use crate::wildcard;
use crate::wildcard::Parsed;
use crate::wildcard::Wildcard;

/// A pattern of a trust restrictions file.
///
/// Text between two slashes is a Lucene regular expression; anything else is a wildcard pattern.
#[derive(Clone)]
pub struct Pattern {
    text: Arc<str>,
    form: Form,
}

/// How names are matched.
#[derive(Clone, Debug)]
pub(crate) enum Form {
    /// No name matches.
    Nothing,
    /// Literal text around stars.
    Wildcard(Wildcard),
    /// Anything else, and lists of texts of which each matching name contains one.
    Automaton(Arc<Dfa>, Arc<[Vec<String>]>),
}

impl Pattern {
    /// Parses a pattern, and builds its automaton within the limits that Lucene sets.
    ///
    /// An error means that Elasticsearch would not load a file with this pattern.
    pub fn parse(text: &str) -> Result<Self, Error> {
        Self::parse_within(text, &mut Allowance::default())
    }

    /// Parses a pattern as one of many, whose cost together is bounded by `allowance`.
    pub fn parse_within(text: &str, allowance: &mut Allowance) -> Result<Self, Error> {
        allowance.check()?;
        Attempt::new(text).settle(allowance)
    }

    /// The text of the pattern, as parsed.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether the pattern is a regular expression, written between two slashes.
    pub fn is_regex(&self) -> bool {
        self.text.starts_with('/')
    }

    /// Whether the pattern matches the whole of `name`, in time linear in its length.
    pub fn matches(&self, name: &str) -> bool {
        match &self.form {
            Form::Nothing => false,
            Form::Wildcard(wildcard) => wildcard.matches(name),
            Form::Automaton(automaton, _) => automaton.matches(name),
        }
    }

    /// How far into `name` a match is still possible, in characters.
    ///
    /// After that many characters, whatever came next, some text would match; after one more,
    /// none. A pattern with an early `*` never loses the way: see
    /// [`longest_viable_suffix`](Self::longest_viable_suffix) for it.
    pub fn longest_viable_prefix(&self, name: &str) -> usize {
        match &self.form {
            Form::Nothing => 0,
            Form::Wildcard(wildcard) => wildcard.viable_prefix(name),
            Form::Automaton(automaton, _) => automaton.viable_prefix(name),
        }
    }

    /// How many characters at the end of `name` are the end of some text that matches.
    pub fn longest_viable_suffix(&self, name: &str) -> usize {
        match &self.form {
            Form::Nothing => 0,
            Form::Wildcard(wildcard) => wildcard.viable_suffix(name),
            Form::Automaton(automaton, _) => automaton.viable_suffix(name),
        }
    }

    /// How many states the automaton has that was built for the pattern; 0 if none was needed.
    pub fn states(&self) -> usize {
        match &self.form {
            Form::Nothing | Form::Wildcard(_) => 0,
            Form::Automaton(automaton, _) => automaton.size(),
        }
    }

    /// How names are matched.
    pub(crate) fn form(&self) -> &Form {
        &self.form
    }

    /// Lists of texts, of each of which every matching name contains at least one.
    pub(crate) fn literals(&self) -> Arc<[Vec<String>]> {
        match &self.form {
            Form::Nothing => Arc::default(),
            Form::Wildcard(wildcard) => wildcard.literals().into(),
            Form::Automaton(_, literals) => Arc::clone(literals),
        }
    }

    /// The deterministic automaton of the pattern.
    pub(crate) fn automaton(&self, budget: &mut Budget) -> Result<Arc<Dfa>, Excess> {
        match &self.form {
            Form::Nothing => Ok(Arc::new(Dfa::nothing())),
            Form::Automaton(automaton, _) => Ok(Arc::clone(automaton)),
            Form::Wildcard(wildcard) => wildcard.automaton(budget).map(Arc::new),
        }
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Pattern").field(&self.text).finish()
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

/// A pattern that was parsed, and what that has cost.
pub(crate) struct Attempt {
    parsed: Result<Pattern, Error>,
    work: u64,
}

impl Attempt {
    /// Parses a pattern, at a cost that is bounded for it alone.
    pub(crate) fn new(text: &str) -> Self {
        let mut budget = Budget::new(MAX_PARTS);
        let form = parse(text, &mut budget);
        Self { parsed: form.map(|form| Pattern { text: text.into(), form }), work: budget.spent() }
    }

    /// How many automaton parts were built. For a refused pattern they count more: one such makes a
    /// file useless, so a file of thousands is not worth the time that so many sound ones are.
    pub(crate) fn work(&self) -> u64 {
        let weight = if self.parsed.is_ok() { 1 } else { REFUSED_WEIGHT };
        self.work.saturating_mul(weight)
    }

    /// How many automaton parts the pattern keeps.
    pub(crate) fn kept(&self) -> u64 {
        match self.parsed.as_ref().map(Pattern::form) {
            Ok(Form::Automaton(automaton, _)) => {
                u64::try_from(automaton.parts()).unwrap_or(u64::MAX)
            }
            _ => 0,
        }
    }

    /// The pattern, once the allowance has paid for it, or why it is refused.
    pub(crate) fn settle(self, allowance: &mut Allowance) -> Result<Pattern, Error> {
        let paid = allowance.take(self.work(), self.kept());
        let pattern = self.parsed?;
        paid.map(|()| pattern)
    }
}

/// Parses the text of a pattern.
fn parse(text: &str, budget: &mut Budget) -> Result<Form, Error> {
    let Some(rest) = text.strip_prefix('/') else {
        return wildcard::parse(text, budget).map(form).map_err(refusal);
    };
    let offset = text.chars().count().saturating_sub(1);
    let unterminated = Error { offset, kind: ErrorKind::UnterminatedRegex };
    regex_form(rest.strip_suffix('/').ok_or(unterminated)?, budget)
}

/// Parses the expression between the slashes.
fn regex_form(expression: &str, budget: &mut Budget) -> Result<Form, Error> {
    let expression = regex::parse(expression, 1)?;
    if let Some(tokens) = expression.as_wildcard() {
        return wildcard::from_tokens(&tokens, budget).map(form).map_err(refusal);
    }
    let automaton = regex::compile(&expression, budget).map_err(refusal)?;
    if automaton.is_broken() {
        return Err(Error { offset: 0, kind: ErrorKind::EmptyRepetition });
    }
    let automaton = Dfa::new(automaton, budget).map_err(refusal)?;
    Ok(Form::Automaton(Arc::new(automaton), expression.literals().into()))
}

/// The form of a parsed wildcard pattern.
fn form(parsed: Parsed) -> Form {
    match parsed {
        Parsed::Nothing => Form::Nothing,
        Parsed::Segments(wildcard) => Form::Wildcard(wildcard),
        Parsed::Automaton(automaton, literals) => {
            Form::Automaton(Arc::new(automaton), literals.into())
        }
    }
}

/// The error for a pattern whose automaton is refused.
fn refusal(excess: Excess) -> Error {
    let kind = match excess {
        Excess::Effort { limit } => ErrorKind::TooComplex { limit },
        Excess::Parts { limit } => ErrorKind::TooLarge { limit },
    };
    Error { offset: 0, kind }
}

/// How much more the work on a refused pattern counts.
const REFUSED_WEIGHT: u64 = 8;
