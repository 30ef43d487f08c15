//! The part of a wildcard pattern between two stars.

use super::Token;

/// A run of literal characters and single-character wildcards.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Segment {
    /// Only literal characters.
    Literal(String),
    /// Characters, and holes for `?`.
    Mixed(Vec<Option<char>>),
}

impl Segment {
    /// The segment of these tokens; none, when no name can contain it.
    pub(super) fn new(tokens: &[Token]) -> Option<Self> {
        let mut pieces = Vec::with_capacity(tokens.len());
        for token in tokens {
            pieces.push(match *token {
                Token::Literal(point) => Some(char::from_u32(point)?),
                Token::Any | Token::Star => None,
            });
        }
        let literal = pieces.iter().copied().collect::<Option<String>>();
        Some(literal.map_or(Self::Mixed(pieces), Self::Literal))
    }

    /// Whether there is no `?` in it.
    pub(crate) fn is_literal(&self) -> bool {
        matches!(self, Self::Literal(_))
    }

    /// The number of characters it stands for.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Literal(text) => text.chars().count(),
            Self::Mixed(pieces) => pieces.len(),
        }
    }

    /// The text of a segment without `?`.
    pub(crate) fn literal(&self) -> Option<&str> {
        match self {
            Self::Literal(text) => Some(text),
            Self::Mixed(_) => None,
        }
    }

    /// The tokens it is made of, added to others.
    pub(super) fn tokens(&self, tokens: &mut Vec<Token>) {
        let token = |piece: Option<char>| piece.map_or(Token::Any, |c| Token::Literal(c.into()));
        match self {
            Self::Literal(text) => tokens.extend(text.chars().map(|c| token(Some(c)))),
            Self::Mixed(pieces) => tokens.extend(pieces.iter().copied().map(token)),
        }
    }

    /// The runs of literal characters in it.
    pub(crate) fn literals(&self) -> Vec<String> {
        match self {
            Self::Literal(text) => vec![text.clone()],
            Self::Mixed(pieces) => {
                let runs = pieces.split(Option::is_none);
                runs.map(|run| run.iter().flatten().collect()).collect()
            }
        }
    }

    /// What follows the segment in a name that starts with it.
    pub(super) fn strip_from_start<'a>(&self, name: &'a str) -> Option<&'a str> {
        match self {
            Self::Literal(text) => name.strip_prefix(text),
            Self::Mixed(pieces) => {
                let mut rest = name.chars();
                let fits = |&piece: &Option<char>| fits(piece, rest.next());
                pieces.iter().all(fits).then_some(rest.as_str())
            }
        }
    }

    /// What precedes the segment in a name that ends with it.
    pub(super) fn strip_from_end<'a>(&self, name: &'a str) -> Option<&'a str> {
        match self {
            Self::Literal(text) => name.strip_suffix(text),
            Self::Mixed(pieces) => {
                let mut rest = name.chars();
                let fits = |&piece: &Option<char>| fits(piece, rest.next_back());
                pieces.iter().rev().all(fits).then_some(rest.as_str())
            }
        }
    }

    /// What follows the first place where the segment occurs.
    ///
    /// Only literal segments are looked for: they alone can be found in linear time.
    pub(super) fn find<'a>(&self, name: &'a str) -> Option<&'a str> {
        let Self::Literal(text) = self else { return None };
        name.split_once(text.as_str()).map(|(_, after)| after)
    }

    /// The number of characters that a name shares with the segment from the start.
    pub(super) fn shared_start(&self, name: &str) -> usize {
        match self {
            Self::Literal(text) => shared(text.chars().map(Some), name.chars()),
            Self::Mixed(pieces) => shared(pieces.iter().copied(), name.chars()),
        }
    }

    /// The number of characters that a name shares with the segment from the end.
    pub(super) fn shared_end(&self, name: &str) -> usize {
        match self {
            Self::Literal(text) => shared(text.chars().rev().map(Some), name.chars().rev()),
            Self::Mixed(pieces) => shared(pieces.iter().rev().copied(), name.chars().rev()),
        }
    }

    /// Writes a text that the segment matches, with `any` for each `?`.
    pub(super) fn write(&self, any: char, text: &mut String) {
        match self {
            Self::Literal(literal) => text.push_str(literal),
            Self::Mixed(pieces) => text.extend(pieces.iter().map(|piece| piece.unwrap_or(any))),
        }
    }
}

/// Whether there is a character that fits a piece.
fn fits(piece: Option<char>, character: Option<char>) -> bool {
    character.is_some() && (piece.is_none() || piece == character)
}

/// The number of leading characters that fit their pieces.
fn shared(pieces: impl Iterator<Item = Option<char>>, name: impl Iterator<Item = char>) -> usize {
    pieces.zip(name).take_while(|&(piece, character)| fits(piece, Some(character))).count()
}
