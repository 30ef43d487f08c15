//! What an expression says in plain text: whole wildcard patterns, and texts in every match.

use std::mem;

use super::Expression;
use super::Part;
use crate::automaton::MAX_CODE_POINT;
use crate::wildcard::Token;

impl Expression {
    /// The wildcard pattern with the same automaton, where there is one.
    ///
    /// `/.*\.node\.east/` is `*.node.east`, and far cheaper so.
    pub(crate) fn as_wildcard(&self) -> Option<Vec<Token>> {
        let mut tokens = Vec::new();
        match self.part(self.root())? {
            Part::Concatenation(parts) => {
                for &part in parts {
                    self.write_tokens(part, &mut tokens)?;
                }
            }
            Part::Text(text) if text.is_empty() => return None,
            _ => self.write_tokens(self.root(), &mut tokens)?,
        }
        // Two stars in a row are one.
        tokens.dedup_by(|next, kept| *next == Token::Star && *kept == Token::Star);
        Some(tokens)
    }

    /// Writes a part that a wildcard pattern can express.
    fn write_tokens(&self, number: usize, tokens: &mut Vec<Token>) -> Option<()> {
        match self.part(number)? {
            Part::AnyString => tokens.push(Token::Star),
            Part::Text(text) => tokens.extend(text.chars().map(|c| Token::Literal(c.into()))),
            Part::OneOf(ranges) if is_any(ranges) => tokens.push(Token::Any),
            Part::Repeat(part) if self.is_any_character(*part) => tokens.push(Token::Star),
            Part::AtLeast(part, 1) if self.is_any_character(*part) => {
                tokens.extend([Token::Any, Token::Star]);
            }
            _ => return None,
        }
        Some(())
    }

    /// Whether the part is `.`.
    fn is_any_character(&self, number: usize) -> bool {
        matches!(self.part(number), Some(Part::OneOf(ranges)) if is_any(ranges))
    }

    /// Lists of texts, of each of which every match contains at least one.
    pub(crate) fn literals(&self) -> Vec<Vec<String>> {
        let mut built: Vec<Vec<Vec<String>>> = Vec::with_capacity(self.parts.len());
        for part in &self.parts {
            let lists = required(part, &mut built);
            built.push(lists);
        }
        built.pop().unwrap_or_default()
    }
}

/// The lists of a part, made of those of earlier parts, which are not needed again.
fn required(part: &Part, built: &mut [Vec<Vec<String>>]) -> Vec<Vec<String>> {
    let mut take = |number: &usize| built.get_mut(*number).map(mem::take).unwrap_or_default();
    match part {
        Part::Text(text) if !text.is_empty() => vec![vec![text.clone()]],
        Part::Concatenation(parts) => parts.iter().flat_map(take).collect(),
        Part::AtLeast(part, 1..) | Part::Between(part, 1.., _) => take(part),
        Part::Intersection(left, right) => {
            let mut both = take(left);
            both.append(&mut take(right));
            both
        }
        Part::Union(parts) => alternatives(parts.iter().map(take)),
        _ => Vec::new(),
    }
}

/// One list that holds for every branch: from each branch the list with the longest texts.
fn alternatives(branches: impl Iterator<Item = Vec<Vec<String>>>) -> Vec<Vec<String>> {
    let mut texts = Vec::new();
    for lists in branches {
        let shortest = |list: &Vec<String>| list.iter().map(String::len).min();
        let Some(mut best) = lists.into_iter().max_by_key(shortest) else { return Vec::new() };
        texts.append(&mut best);
        if texts.len() > MAX_ALTERNATIVES {
            return Vec::new();
        }
    }
    vec![texts]
}

/// Whether these ranges are all code points.
fn is_any(ranges: &[(u32, u32)]) -> bool {
    ranges == [(0, MAX_CODE_POINT)]
}

/// Above so many alternatives, looking for each is not worth it.
const MAX_ALTERNATIVES: usize = 64;
