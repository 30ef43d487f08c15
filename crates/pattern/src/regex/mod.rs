//! Lucene regular expressions: syntax, parser, and the automaton each part stands for.

mod class;
mod compile;
mod cursor;
mod interval;
mod literals;
mod parse;
mod repetition;

pub(crate) use compile::compile;
pub(crate) use parse::parse;
pub(crate) use parse::parse_with_differences;

/// A parsed expression: its parts, each after those it is made of; the last is the whole.
///
/// A list instead of a tree keeps deep nesting from deep recursion.
#[derive(Clone, Debug, Default)]
pub(crate) struct Expression {
    parts: Vec<Part>,
}

/// One part of an expression. Numbers refer to earlier parts.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Part {
    /// `@`: any text.
    AnyString,
    /// `{n,}` and `+`: the part that often, or more often.
    AtLeast(usize, usize),
    /// `{n}` and `{n,m}`: the part between so and so often.
    Between(usize, usize, usize),
    /// `~`: whatever the part does not match.
    Complement(usize),
    /// The parts one after the other.
    Concatenation(Vec<usize>),
    /// `<n-m>`: numbers, of a fixed width where one is given.
    Interval { min: u32, max: u32, width: Option<usize> },
    /// `&`: what both parts match.
    Intersection(usize, usize),
    /// `#`: nothing, not even the empty text.
    Nothing,
    /// One character of these ranges: `.`, a class, or an escape such as `\d`.
    OneOf(Vec<(u32, u32)>),
    /// `?`: the part or the empty text.
    Optional(usize),
    /// `*`: the part any number of times.
    Repeat(usize),
    /// Literal text.
    Text(String),
    /// `|`: what any of the parts matches.
    Union(Vec<usize>),
}

impl Expression {
    /// The part with this number.
    pub(crate) fn part(&self, number: usize) -> Option<&Part> {
        self.parts.get(number)
    }

    /// The number of the part that is the whole expression.
    pub(crate) fn root(&self) -> usize {
        self.parts.len().saturating_sub(1)
    }

    /// Adds a part and gives its number.
    fn add(&mut self, part: Part) -> usize {
        self.parts.push(part);
        self.root()
    }

    /// Adds a repetition of the last part; one that changes nothing about it is left out.
    ///
    /// `x**` would only be built twice, but `x++…` doubles in size with each `+`.
    fn add_repetition(&mut self, part: usize, repeated: Part) -> usize {
        match (self.parts.get_mut(part), &repeated) {
            (Some(Part::Repeat(_)), Part::Repeat(_) | Part::AtLeast(_, 1))
            | (Some(Part::AtLeast(_, 1)), Part::AtLeast(_, 1))
            | (Some(Part::Optional(_)), Part::Optional(_)) => part,
            (Some(inner @ &mut Part::AtLeast(_, 1)), Part::Repeat(_)) => {
                if let &mut Part::AtLeast(base, _) = inner {
                    *inner = Part::Repeat(base);
                }
                part
            }
            _ => self.add(repeated),
        }
    }

    /// Appends the last part to an earlier one, if both are text.
    fn join_text(&mut self, earlier: usize, last: usize) -> bool {
        if last != self.root() || earlier == last {
            return false;
        }
        let Some(Part::Text(text)) = self.parts.get(last) else { return false };
        let text = text.clone();
        let Some(Part::Text(joined)) = self.parts.get_mut(earlier) else { return false };
        joined.push_str(&text);
        self.parts.pop();
        true
    }
}
