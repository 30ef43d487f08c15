//! Many patterns at once.
//!
//! Patterns with at most one star and no `?` are found through the text before and after the
//! star. All others are tried one by one, but only on names that contain a rare piece of their
//! literal text; those without such a piece are made one automaton. So the cost grows with the
//! names and the patterns, not with their product.

mod affixes;
mod grams;
mod others;
mod prefixes;
mod table;

use affixes::Affixes;
use others::Others;

use crate::automaton::Budget;
use crate::automaton::Excess;
use crate::pattern::Form;
use crate::pattern::Pattern;
use crate::wildcard::Wildcard;

/// Patterns made ready to be matched together.
#[derive(Clone, Debug)]
pub struct Matcher {
    affixes: Affixes,
    others: Others,
}

impl Matcher {
    /// Makes patterns ready; their order is that of the file.
    pub fn new(patterns: &[Pattern]) -> Self {
        let mut affixes = affixes::Builder::default();
        let mut others = Vec::new();
        for (index, pattern) in patterns.iter().enumerate() {
            match pattern.form() {
                Form::Nothing => {}
                Form::Wildcard(wildcard) => match simple(wildcard) {
                    Some((first, Some(last))) => affixes.add(first, last, index),
                    Some((whole, None)) => affixes.add_whole(whole, index),
                    None => others.push((index, pattern.clone())),
                },
                Form::Automaton(..) => others.push((index, pattern.clone())),
            }
        }
        let (affixes, others) = rayon::join(|| affixes.finish(), || Others::new(others));
        Self { affixes, others }
    }

    /// The index of the first pattern that matches the whole of `name`.
    pub fn first_match(&self, name: &str) -> Option<usize> {
        let simple = self.affixes.first(name);
        self.others.first(name, simple.unwrap_or(usize::MAX)).or(simple)
    }

    /// The indices of all patterns that match the whole of `name`, in order.
    pub fn all_matches(&self, name: &str) -> Vec<usize> {
        self.all_matches_within(name, &mut Budget::unlimited()).unwrap_or_default()
    }

    /// The same at a bounded cost, counted in bytes of names tried on patterns.
    pub(crate) fn all_matches_within(
        &self,
        name: &str,
        budget: &mut Budget,
    ) -> Result<Vec<usize>, Excess> {
        let mut matches = self.affixes.all(name);
        budget.charge(matches.len())?;
        self.others.all(name, &mut matches, budget)?;
        matches.sort_unstable();
        Ok(matches)
    }
}

/// The texts around the only star of a pattern, or its whole text, if it has no other wildcard.
fn simple(wildcard: &Wildcard) -> Option<(&str, Option<&str>)> {
    let first = wildcard.first().literal()?;
    match wildcard.last() {
        None => Some((first, None)),
        Some(last) if wildcard.middle().is_empty() => Some((first, Some(last.literal()?))),
        Some(_) => None,
    }
}
