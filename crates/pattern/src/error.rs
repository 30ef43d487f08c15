//! What can be wrong in the text of a pattern, and where.

/// A pattern that Elasticsearch would refuse, and the place in it that is the reason.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("character {}: {kind}", offset.saturating_add(1))]
pub struct Error {
    /// The place, in characters from 0 into the pattern.
    pub offset: usize,
    /// What is wrong there.
    pub kind: ErrorKind,
}

/// What can be wrong in a pattern.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The patterns before this one have used up what one file may cost.
    #[error("too large to be judged: it and the patterns before it cost more than one file may")]
    AllowanceSpent,
    /// A count in `{…}` is above the largest 32-bit integer.
    #[error("the count `{digits}` is above 2147483647")]
    CountTooLarge {
        /// The digits as written.
        digits: String,
    },
    /// `|`, `&` or `~` with nothing after it.
    #[error("`{operator}` has nothing after it; write `\\{operator}` to mean the character")]
    DanglingOperator {
        /// The operator.
        operator: char,
    },
    /// The whole expression repeats, a counted number of times, something that matches nothing.
    #[error("the whole expression is a counted repetition of something that matches no name")]
    EmptyRepetition,
    /// `[` at the end of the expression.
    #[error("the class has no characters")]
    EmptyClass,
    /// An interval `<n-m>` whose bounds are not two non-negative 32-bit integers.
    #[error("`<{text}>` is not an interval of two integers, as in `<1-99>`")]
    InvalidInterval {
        /// The text between `<` and `>`.
        text: String,
    },
    /// A `{` that is not followed by a number.
    #[error("`{{` is not followed by a count; write `\\{{` to mean the character")]
    MissingCount,
    /// `<name>`: no named automaton is registered in Elasticsearch.
    #[error("`<{name}>` names an automaton, and none is known; write `\\<` to mean the character")]
    NamedAutomaton {
        /// The text between `<` and `>`.
        name: String,
    },
    /// Groups are nested too deeply.
    #[error("groups are nested more than {limit} deep")]
    NestedTooDeeply {
        /// The deepest nesting that is read.
        limit: usize,
    },
    /// `{n,m}` where n is above m.
    #[error("the repetition `{{{min},{max}}}` has its counts in the wrong order")]
    ReversedCounts {
        /// The first count.
        min: u32,
        /// The second count, lower than the first.
        max: u32,
    },
    /// A range in a class whose end comes before its start.
    #[error("the range `{first}-{last}` has its ends in the wrong order")]
    ReversedRange {
        /// The character before the dash.
        first: char,
        /// The character after the dash, with a lower code point.
        last: char,
    },
    /// Lucene would give up on determinising the pattern.
    #[error("too complex: the automaton needs {limit} or more steps to determinise")]
    TooComplex {
        /// The effort at which Lucene gives up.
        limit: u64,
    },
    /// The automaton of the pattern would be too large for this program.
    #[error("too large to be judged: its automaton has {limit} or more parts")]
    TooLarge {
        /// The number of states and transitions at which this program gives up.
        limit: u64,
    },
    /// `\` at the end of the expression.
    #[error("the backslash has nothing after it")]
    TrailingBackslash,
    /// A `[` without its `]`.
    #[error("the class has no closing `]`")]
    UnclosedClass,
    /// A `{` without its `}`.
    #[error("the repetition has no closing `}}`")]
    UnclosedCount,
    /// A `(` without its `)`.
    #[error("the group has no closing `)`")]
    UnclosedGroup,
    /// A `<` without its `>`.
    #[error("the interval has no closing `>`; write `\\<` to mean the character")]
    UnclosedInterval,
    /// A `"` without its partner.
    #[error("the quoted text has no closing `\"`; write `\\\"` to mean the character")]
    UnclosedQuote,
    /// A `\` before a letter that stands for no class of characters.
    #[error(
        "`\\{letter}` means nothing here; only `\\d \\D \\s \\S \\w \\W` are letters with a meaning"
    )]
    UnknownEscape {
        /// The letter after the backslash.
        letter: char,
    },
    /// A `)` without its `(`.
    #[error("`)` closes no group; write `\\)` to mean the character")]
    UnmatchedGroupEnd,
    /// A pattern that starts with `/` but does not end with it.
    #[error(
        "a pattern that starts with `/` is a regular expression and must end with `/`; write `\\/` to mean the character"
    )]
    UnterminatedRegex,
}
