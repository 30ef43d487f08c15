//! Java's regular expressions, as far as they are regular, with whole texts matched.
//!
//! A pattern is parsed here by Java's grammar and written anew for the regex crate in terms that mean
//! the same in both: characters, explicit ranges, alternatives and repetitions. Whether a repetition
//! is greedy or reluctant makes no difference to whether a whole text matches. What goes beyond
//! (look-around, back-references, possessive quantifiers) or depends on Java's tables of Unicode is
//! refused with its name. Time is linear in the text, memory is bounded.

mod class;
mod cursor;
mod parse;

use regex::{Regex, RegexBuilder};

/// A pattern that `java.util.regex` would compile to the same verdicts on texts without line breaks.
#[derive(Clone, Debug)]
pub(super) struct JavaRegex {
    whole: Regex,
    anywhere: Regex,
    /// Where dots stand that match any one character, in characters from 0.
    pub(super) lone_dots: Vec<usize>,
}

/// Why a pattern cannot be used, or not here.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum PatternError {
    /// Java refuses it, and with it Elasticsearch.
    #[error("it is no regular expression to Java: {problem}")]
    Invalid {
        /// What is wrong.
        problem: String,
        /// Where, in characters from 0.
        at: usize,
    },
    /// Past the bounds of this program.
    #[error("it is larger than what is judged here")]
    TooLarge,
    /// Java takes it, and this program does not.
    #[error("it has {construct}, which is not judged here")]
    Unsupported {
        /// The part of the language.
        construct: String,
        /// Where, in characters from 0.
        at: usize,
    },
}

impl JavaRegex {
    /// Compiles a pattern.
    pub(super) fn parse(pattern: &str) -> Result<Self, PatternError> {
        let parsed = parse::parse(pattern)?;
        let compile = |text: String| {
            let compiled = RegexBuilder::new(&text).size_limit(LARGEST_PROGRAM).build();
            compiled.map_err(|_| PatternError::TooLarge)
        };
        Ok(Self {
            whole: compile(format!(r"\A(?:{})\z", parsed.text))?,
            anywhere: compile(parsed.text)?,
            lone_dots: parsed.lone_dots,
        })
    }

    /// Whether all of a text matches, which is what Java's `matches` asks.
    pub(super) fn matches(&self, text: &str) -> bool {
        self.whole.is_match(text)
    }

    /// Whether a part of a text matches.
    pub(super) fn finds(&self, text: &str) -> bool {
        self.anywhere.find(text).is_some_and(|found| !found.is_empty())
    }
}

/// How many bytes a compiled pattern may take.
const LARGEST_PROGRAM: usize = 8 << 20;

#[cfg(test)]
mod tests;
