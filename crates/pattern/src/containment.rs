//! Patterns as sets of names: is one within another, do two have a name in common?

use crate::automaton::Budget;
use crate::automaton::Dfa;
use crate::automaton::Excess;
use crate::automaton::difference;
use crate::automaton::shared;
use crate::pattern::Form;
use crate::pattern::Pattern;

/// Whether a pattern matches all names that another one matches.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Containment {
    /// It does not.
    No {
        /// A name that only the other one matches.
        witness: String,
    },
    /// Finding out would cost too much.
    TooComplex,
    /// It does.
    Yes,
}

/// Whether two patterns match some name in common.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Overlap {
    /// They do not.
    No,
    /// Finding out would cost too much.
    TooComplex,
    /// They do.
    Yes {
        /// A shortest such name.
        witness: String,
    },
}

impl Pattern {
    /// Whether the pattern matches every name that `other` matches.
    pub fn contains(&self, other: &Self) -> Containment {
        self.contains_within(other, &mut Budget::new(MAX_STEPS))
    }

    /// Whether some name matches both patterns.
    pub fn overlaps(&self, other: &Self) -> Overlap {
        match self.shared_name(other) {
            Ok(Some(witness)) => Overlap::Yes { witness },
            Ok(None) => Overlap::No,
            Err(_) => Overlap::TooComplex,
        }
    }

    /// A shortest name that matches; none, when no name does.
    pub fn example(&self) -> Option<String> {
        match self.form() {
            Form::Nothing => None,
            Form::Wildcard(wildcard) => Some(wildcard.sample('a', "")),
            Form::Automaton(automaton, _) => {
                // Linear in the automaton, which was within the budget when it was built.
                shared(automaton, &Dfa::everything(), &mut Budget::unlimited()).ok().flatten()
            }
        }
    }

    /// Whether no name matches.
    pub fn is_empty(&self) -> bool {
        self.example().is_none()
    }

    /// Whether every name matches.
    pub fn is_universal(&self) -> bool {
        match self.form() {
            Form::Nothing => false,
            Form::Wildcard(wildcard) => wildcard.is_universal(),
            Form::Automaton(automaton, _) => {
                let missing = difference(&Dfa::everything(), automaton, &mut Budget::unlimited());
                missing == Ok(None)
            }
        }
    }

    /// Whether the pattern matches every name that `other` matches, at a bounded cost.
    pub(crate) fn contains_within(&self, other: &Self, budget: &mut Budget) -> Containment {
        match self.missing_name(other, budget) {
            Ok(Some(witness)) => Containment::No { witness },
            Ok(None) => Containment::Yes,
            Err(_) => Containment::TooComplex,
        }
    }

    /// A name that `other` matches and the pattern does not.
    fn missing_name(&self, other: &Self, budget: &mut Budget) -> Result<Option<String>, Excess> {
        if let Some(name) = other.only_name() {
            return Ok((!self.matches(name)).then(|| name.to_owned()));
        }
        if let Some(sample) = self.decisive_sample(other) {
            return Ok((!self.matches(&sample)).then_some(sample));
        }
        let (own, others) = (self.automaton(budget)?, other.automaton(budget)?);
        difference(&others, &own, budget)
    }

    /// A name that both patterns match.
    fn shared_name(&self, other: &Self) -> Result<Option<String>, Excess> {
        for (exact, other) in [(self, other), (other, self)] {
            if let Some(name) = exact.only_name() {
                return Ok(other.matches(name).then(|| name.to_owned()));
            }
        }
        if let (Form::Wildcard(own), Form::Wildcard(others)) = (self.form(), other.form())
            && own.is_apart_from(others)
        {
            return Ok(None);
        }
        let mut budget = Budget::new(MAX_STEPS);
        let (own, others) = (self.automaton(&mut budget)?, other.automaton(&mut budget)?);
        shared(&own, &others, &mut budget)
    }

    /// The only name that matches, for a pattern that is plain text.
    fn only_name(&self) -> Option<&str> {
        match self.form() {
            Form::Wildcard(wildcard) if wildcard.last().is_none() => wildcard.first().literal(),
            _ => None,
        }
    }

    /// A name that `other` matches, which decides whether the pattern contains `other`.
    ///
    /// It has a character foreign to the pattern for each `?` and `*` of `other`. If the pattern
    /// has no `?`, only a star of its own can match such a character, and then it matches
    /// whatever else may stand there.
    fn decisive_sample(&self, other: &Self) -> Option<String> {
        match (self.form(), other.form()) {
            (Form::Wildcard(own), Form::Wildcard(others)) if own.is_literal() => {
                let foreign =
                    FILLERS.into_iter().find(|&filler| !self.as_str().contains(filler))?;
                Some(others.sample(foreign, foreign.encode_utf8(&mut [0; 4])))
            }
            _ => None,
        }
    }
}

/// Characters to fill wildcards with, the most legible first.
const FILLERS: [char; 8] = ['x', '0', 'y', 'z', 'X', '9', '\u{2026}', '\u{E000}'];

/// How many steps a comparison may take.
const MAX_STEPS: u64 = 2_000_000;
