//! Patterns that are more than text around a star.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::grams::Grams;
use crate::automaton::Budget;
use crate::automaton::Combined;
use crate::automaton::Dfa;
use crate::automaton::Excess;
use crate::pattern::Pattern;

/// Patterns and their indices, in order, with what tells which of them to try on a name.
#[derive(Clone, Debug)]
pub(super) struct Others {
    /// Patterns to try one by one, on names that have a piece of text in common with them.
    single: Vec<(usize, Pattern)>,
    grams: Grams,
    /// Patterns without a rare piece of text.
    groups: Vec<Group>,
}

/// Patterns run as one.
#[derive(Clone, Debug)]
struct Group {
    combined: Combined,
    /// For each automaton, the indices of the patterns that it stands for.
    members: Vec<Vec<usize>>,
}

impl Others {
    /// Makes these patterns ready.
    pub(super) fn new(patterns: Vec<(usize, Pattern)>) -> Self {
        let literals: Vec<_> = patterns.iter().map(|(_, pattern)| pattern.literals()).collect();
        let grams = Grams::new(&literals);
        let common = grams.common(patterns.len());
        if !common.contains(&true) {
            return Self { single: patterns, grams, groups: Vec::new() };
        }
        drop(literals);
        let (mut single, mut crowd) = (Vec::new(), Vec::new());
        for (pattern, common) in patterns.into_iter().zip(common) {
            if common { crowd.push(pattern) } else { single.push(pattern) }
        }
        let (groups, mut left) = combine(crowd);
        single.append(&mut left);
        single.sort_unstable_by_key(|(index, _)| *index);
        let literals: Vec<_> = single.iter().map(|(_, pattern)| pattern.literals()).collect();
        Self { single, grams: Grams::new(&literals), groups }
    }

    /// The first pattern that matches, if it comes before `bound`.
    pub(super) fn first(&self, name: &str, bound: usize) -> Option<usize> {
        let combined = self.combined(name).min().filter(|&index| index < bound);
        let bound = combined.unwrap_or(bound);
        let candidates = self.grams.candidates(name);
        let candidates = candidates.iter().filter_map(|&number| self.single.get(number));
        let mut sooner = candidates.take_while(|(index, _)| *index < bound);
        sooner.find(|(_, pattern)| pattern.matches(name)).map(|(index, _)| *index).or(combined)
    }

    /// Adds all patterns that match, in no particular order.
    pub(super) fn all(
        &self,
        name: &str,
        matches: &mut Vec<usize>,
        budget: &mut Budget,
    ) -> Result<(), Excess> {
        let candidates = self.grams.candidates(name);
        let tried = candidates.len().saturating_add(self.groups.len());
        budget.charge_product(tried, name.len().saturating_add(1))?;
        let candidates = candidates.iter().filter_map(|&number| self.single.get(number));
        let fitting = candidates.filter(|(_, pattern)| pattern.matches(name));
        matches.extend(fitting.map(|(index, _)| *index));
        matches.extend(self.combined(name));
        Ok(())
    }

    /// The indices of those patterns run as one that match.
    fn combined(&self, name: &str) -> impl Iterator<Item = usize> {
        self.groups.iter().flat_map(|group| {
            let numbers = group.combined.matching(name);
            numbers.filter_map(|number| group.members.get(number)).flatten().copied()
        })
    }
}

/// Patterns of one text, and their indices.
type Alike = (Pattern, Vec<usize>);

/// Makes few automata of many patterns: one, if it is not too large. Also gives the patterns
/// that are left over.
fn combine(crowd: Vec<(usize, Pattern)>) -> (Vec<Group>, Vec<(usize, Pattern)>) {
    if crowd.len() < FEW {
        return (Vec::new(), crowd);
    }
    let mut alike: BTreeMap<String, Alike> = BTreeMap::new();
    for (index, pattern) in crowd {
        let text = pattern.as_str().to_owned();
        alike.entry(text).or_insert_with(|| (pattern, Vec::new())).1.push(index);
    }
    let alike: Vec<Alike> = alike.into_values().collect();
    if let Ok(group) = group(&alike, MAX_COMBINED) {
        return (vec![group], Vec::new());
    }
    let (mut groups, mut left) = (Vec::new(), Vec::new());
    for (number, chunk) in alike.chunks(CHUNK).enumerate() {
        match group(chunk, if number < MAX_CHUNKS { MAX_CHUNK } else { 0 }) {
            Ok(group) => groups.push(group),
            Err(_) => left.extend(chunk.iter().flat_map(|(pattern, indices)| {
                indices.iter().map(|&index| (index, pattern.clone()))
            })),
        }
    }
    (groups, left)
}

/// Makes one automaton of several patterns.
fn group(alike: &[Alike], limit: u64) -> Result<Group, Excess> {
    let mut budget = Budget::new(limit);
    let automata = alike.iter().map(|(pattern, _)| pattern.automaton(&mut budget));
    let automata: Vec<Arc<Dfa>> = automata.collect::<Result<_, _>>()?;
    let automata: Vec<&Dfa> = automata.iter().map(AsRef::as_ref).collect();
    let combined = Combined::new(&automata, &mut budget)?;
    Ok(Group { combined, members: alike.iter().map(|(_, indices)| indices.clone()).collect() })
}

/// Fewer patterns than this are as well tried one by one.
const FEW: usize = 16;

/// How many parts the automata of all patterns, and the one made of them, may have.
const MAX_COMBINED: u64 = 4_000_000;

/// How many patterns are made one when all together would be too large.
const CHUNK: usize = 64;

/// How many parts the automata of a chunk, and the one made of them, may have.
const MAX_CHUNK: u64 = 200_000;

/// How many chunks are made at most.
const MAX_CHUNKS: usize = 200;
