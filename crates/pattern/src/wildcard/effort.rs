//! The effort that Lucene would spend on a wildcard pattern, without building its automaton.
//!
//! Most patterns are far below the limit, and thousands of them come in one file: for the common
//! shapes the effort is computed or bounded from the text alone.

use super::Token;
use crate::automaton::EFFORT_LIMIT;
use crate::automaton::Excess;

/// An effort, or an upper bound that is below the limit.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Effort(u64);

impl Effort {
    /// Refuses an effort at or above the limit.
    pub(super) fn check(self) -> Result<(), Excess> {
        if self.0 >= EFFORT_LIMIT {
            return Err(Excess::Effort { limit: EFFORT_LIMIT });
        }
        Ok(())
    }
}

/// The effort for a pattern that starts with `first` and has a star before each of `rest`.
///
/// None, when only determinising can tell.
pub(super) fn estimate(first: &[Token], rest: &[&[Token]]) -> Option<Effort> {
    match rest {
        // No star, or one at the end: deterministic as it stands.
        [] | [[]] => Some(Effort(0)),
        _ if rest.iter().any(|segment| segment.contains(&Token::Any)) => None,
        [last] => Some(single_star(first, last)),
        // The bound grows with a power of the stars, and would be above the limit.
        _ if rest.len() > MAX_STARS => None,
        _ => Some(several_stars(first, rest)).filter(|effort| effort.check().is_ok()),
    }
}

/// The exact effort for `first*last`.
///
/// After the star, the subsets are those of Knuth, Morris and Pratt: the star, and each prefix
/// of `last` that the text ends with.
fn single_star(first: &[Token], last: &[Token]) -> Effort {
    let before = if first.is_empty() { 0 } else { length(first).saturating_add(1) };
    let mut borders: Vec<usize> = vec![0, 0];
    let mut depths: Vec<u64> = vec![0, 1];
    for (index, token) in last.iter().enumerate().skip(1) {
        let mut border = borders.get(index).copied().unwrap_or_default();
        while border > 0 && last.get(border) != Some(token) {
            border = borders.get(border).copied().unwrap_or_default();
        }
        if last.get(border) == Some(token) {
            border = border.saturating_add(1);
        }
        borders.push(border);
        depths.push(depths.get(border).copied().unwrap_or_default().saturating_add(1));
    }
    let sizes = depths.iter().map(|depth| depth.saturating_add(1));
    Effort(sizes.fold(before, u64::saturating_add))
}

/// An upper bound on the effort for literal segments between several stars.
///
/// A subset holds the stars that are passed, and prefixes of segments that the text ends with.
/// The longest of these prefixes tells the end of the text, and with it all others, save those
/// that the text had no room for since their star was passed: for each segment these are the
/// longer ones. Within one segment there are at most as many prefixes as places where another
/// one can start.
fn several_stars(first: &[Token], rest: &[&[Token]]) -> Effort {
    let stars = length(rest);
    let places = rest
        .iter()
        .filter_map(|segment| segment.first())
        .flat_map(|start| rest.iter().map(move |segment| occurrences(segment, *start)))
        .max()
        .unwrap_or_default();
    let literals = rest.iter().map(|segment| length(segment)).fold(1, u64::saturating_add);
    let choices = places.saturating_add(1);
    let exponent = u32::try_from(stars).unwrap_or(u32::MAX);
    let subsets = choices
        .saturating_pow(exponent)
        .saturating_mul(literals)
        .saturating_mul(stars.saturating_add(1));
    let size = stars.saturating_mul(choices).saturating_add(1);
    Effort(subsets.saturating_mul(size).saturating_add(length(first)).saturating_add(1))
}

/// How often a token occurs in a segment.
fn occurrences(segment: &[Token], token: Token) -> u64 {
    u64::try_from(segment.iter().filter(|&&other| other == token).count()).unwrap_or(u64::MAX)
}

/// The length of a list.
fn length<T>(list: &[T]) -> u64 {
    u64::try_from(list.len()).unwrap_or(u64::MAX)
}

/// A pattern with one star and no more bytes than this is far from the limit: each of its prefixes
/// adds as many states as it has characters, and two, at most.
pub(super) const HARMLESS: usize = 256;

/// With more stars the bound is above the limit: two to this power is close to it.
const MAX_STARS: usize = 16;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    /// The subsets that Lucene visits, found by walking the pattern itself.
    fn measured(tokens: &[Token]) -> u64 {
        let start = usize::from(tokens.first() == Some(&Token::Star));
        let mut seen = BTreeSet::from([BTreeSet::from([start])]);
        let mut pending = vec![BTreeSet::from([start])];
        let mut effort = 0;
        while let Some(subset) = pending.pop() {
            effort += length(&subset.iter().collect::<Vec<_>>());
            for letter in ['a', 'b', 'c', '-'] {
                let next: BTreeSet<usize> =
                    subset.iter().flat_map(|&state| steps(tokens, state, letter.into())).collect();
                if !next.is_empty() && seen.insert(next.clone()) {
                    pending.push(next);
                }
            }
        }
        effort
    }

    /// The states after a letter. A state is the number of tokens that are behind it; in a star,
    /// the star is behind it already.
    fn steps(tokens: &[Token], state: usize, letter: u32) -> Vec<usize> {
        let mut next = Vec::new();
        if state > 0 && tokens[state - 1] == Token::Star {
            next.push(state);
        }
        for (index, token) in tokens.iter().enumerate().skip(state) {
            match *token {
                Token::Star => next.push(index + 1),
                Token::Literal(point) if point != letter => break,
                Token::Literal(_) | Token::Any => {
                    next.push(index + 1);
                    break;
                }
            }
        }
        next
    }

    fn tokens(text: &str) -> Vec<Token> {
        let token = |c| if c == '*' { Token::Star } else { Token::Literal(u32::from(c)) };
        text.chars().map(token).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn one_star_is_measured_and_several_are_bounded(text in "[abc]{0,4}(\\*[abc]{1,6}){1,4}") {
            let tokens = tokens(&text);
            let mut segments = tokens.split(|&token| token == Token::Star);
            let first = segments.next().unwrap();
            let rest: Vec<&[Token]> = segments.collect();
            match estimate(first, &rest) {
                Some(effort) if rest.len() == 1 => {
                    prop_assert_eq!(effort, Effort(measured(&tokens)), "{}", text);
                }
                Some(Effort(bound)) => prop_assert!(measured(&tokens) <= bound, "{} {}", text, bound),
                None => {}
            }
        }
    }
}
