//! The differences between versions of Elasticsearch that a pattern can run into.

use std::fmt;

/// A place in a pattern that not all versions of Elasticsearch read alike.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Difference {
    /// The place, in characters from 0 into the pattern.
    pub offset: usize,
    /// What differs there.
    pub kind: DifferenceKind,
}

/// What versions of Elasticsearch do not read alike.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum DifferenceKind {
    /// `\d \D \s \S \w \W`, a class of characters since Elasticsearch 8, the letter itself before.
    ClassEscape {
        /// The letter after the backslash.
        letter: char,
    },
    /// The whole expression repeats nothing a counted number of times, behind another operator.
    ///
    /// Some versions load such an expression, others refuse it: Elasticsearch 7, 8 and 9.5 load it.
    EmptyRepetition,
    /// An escaped character before a dash in a class: `[\*-a]`.
    ///
    /// It starts a range in Elasticsearch 7 and 8. In Elasticsearch 9 it stands for itself, and so
    /// does the dash.
    EscapedRangeStart {
        /// The character after the backslash.
        character: char,
    },
    /// The automaton is too complex for Elasticsearch 9; earlier versions allow larger ones.
    LargeAutomaton,
    /// `{n,m}` with n above m: an error in Elasticsearch 9, matches nothing before.
    ReversedCounts {
        /// The first count.
        min: u32,
        /// The second count.
        max: u32,
    },
    /// Another letter after a backslash: an error since Elasticsearch 8, the letter itself before.
    UnknownEscape {
        /// The letter after the backslash.
        letter: char,
    },
}

impl fmt::Display for DifferenceKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ClassEscape { letter } => write!(
                formatter,
                "`\\{letter}` is a class of characters since Elasticsearch 8, and the letter \
                 `{letter}` in Elasticsearch 7"
            ),
            Self::EmptyRepetition => formatter.write_str(
                "a counted repetition of nothing is an error in some versions of Elasticsearch; \
                 in others it loads, and matches nothing",
            ),
            Self::EscapedRangeStart { character } => write!(
                formatter,
                "`\\{character}-` starts a range in Elasticsearch 7 and 8, and is two characters \
                 in Elasticsearch 9"
            ),
            Self::LargeAutomaton => formatter.write_str(
                "the pattern is too complex for Elasticsearch 9, and may load in Elasticsearch 7 \
                 and 8, whose limit is higher",
            ),
            Self::ReversedCounts { min, max } => write!(
                formatter,
                "`{{{min},{max}}}` matches nothing in Elasticsearch 7 and 8, and is an error in \
                 Elasticsearch 9"
            ),
            Self::UnknownEscape { letter } => write!(
                formatter,
                "`\\{letter}` is an error since Elasticsearch 8, and the letter `{letter}` in \
                 Elasticsearch 7"
            ),
        }
    }
}
