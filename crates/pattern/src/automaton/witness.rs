//! Names that tell two languages apart, or that both have: the shortest ones.

use std::collections::BTreeSet;

use super::Budget;
use super::Dfa;
use super::Excess;
use super::MAX_CODE_POINT;
use super::Step;

/// Which texts are looked for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Goal {
    /// Those that both automata match.
    Both,
    /// Those that only the first one matches.
    OnlyFirst,
}

/// A shortest name that both automata match.
pub(crate) fn shared(
    first: &Dfa,
    second: &Dfa,
    budget: &mut Budget,
) -> Result<Option<String>, Excess> {
    search(first, second, Goal::Both, budget)
}

/// A shortest name that `first` matches and `second` does not.
pub(crate) fn difference(
    first: &Dfa,
    second: &Dfa,
    budget: &mut Budget,
) -> Result<Option<String>, Excess> {
    search(first, second, Goal::OnlyFirst, budget)
}

/// A pair of states. The second is none once the second automaton cannot match any more.
type Pair = (usize, Option<usize>);

/// A pair that was reached, and how: from which earlier one, by which character.
struct Reached {
    pair: Pair,
    from: usize,
    by: char,
}

/// Searches all pairs of states, those nearest to the start first.
fn search(
    first: &Dfa,
    second: &Dfa,
    goal: Goal,
    budget: &mut Budget,
) -> Result<Option<String>, Excess> {
    let Some(start) = first.start() else { return Ok(None) };
    let start = (start, second.start());
    if goal == Goal::Both && start.1.is_none() {
        return Ok(None);
    }
    let mut seen = BTreeSet::from([start]);
    let mut reached = vec![Reached { pair: start, from: 0, by: '\0' }];
    let mut current = 0_usize;
    while let Some(&Reached { pair: (a, b), .. }) = reached.get(current) {
        let second_accepts = b.is_some_and(|state| second.accepts(state));
        if first.accepts(a) && second_accepts == (goal == Goal::Both) {
            return Ok(Some(path(&reached, current)));
        }
        for (by, pair) in steps(first.steps(a), b.map(|state| second.steps(state))) {
            budget.charge(1)?;
            let hopeless = goal == Goal::Both && pair.1.is_none();
            if !hopeless && seen.insert(pair) {
                reached.push(Reached { pair, from: current, by });
            }
        }
        current = current.saturating_add(1);
    }
    Ok(None)
}

/// The text that leads to a pair.
fn path(reached: &[Reached], mut number: usize) -> String {
    let mut characters = Vec::new();
    while let Some(step) = reached.get(number).filter(|_| number != 0) {
        characters.push(step.by);
        number = step.from;
    }
    characters.into_iter().rev().collect()
}

/// The pairs that follow a pair, each by a character that leads there.
///
/// Ranges with no character in them, those of surrogates, lead nowhere.
fn steps(first: &[Step], second: Option<&[Step]>) -> Vec<(char, Pair)> {
    let mut steps = Vec::new();
    for a in first {
        let mut next = a.min;
        let overlapping = second.unwrap_or_default();
        let from = overlapping.partition_point(|b| b.max < a.min);
        for b in overlapping.iter().skip(from).take_while(|b| b.min <= a.max) {
            if let Some(end) = b.min.checked_sub(1).filter(|&end| end >= next) {
                steps.extend(character(next, end).map(|by| (by, (a.dest(), None))));
            }
            let (min, max) = (a.min.max(b.min), a.max.min(b.max));
            steps.extend(character(min, max).map(|by| (by, (a.dest(), Some(b.dest())))));
            next = max.saturating_add(1);
        }
        if next <= a.max {
            steps.extend(character(next, a.max).map(|by| (by, (a.dest(), None))));
        }
    }
    steps
}

/// A character of a range, a legible one where there is one.
fn character(min: u32, max: u32) -> Option<char> {
    let legible = LEGIBLE.iter().find_map(|&(first, last)| {
        let point = min.max(u32::from(first));
        (point <= max.min(u32::from(last))).then_some(point)
    });
    // A range that starts among the surrogates can still end above them.
    let point = legible.unwrap_or(if char::from_u32(min).is_some() { min } else { 0xE000 });
    char::from_u32(point).filter(|_| point <= max.min(MAX_CODE_POINT))
}

/// The ranges from which characters are chosen, best first.
const LEGIBLE: [(char, char); 6] =
    [('a', 'z'), ('0', '9'), ('A', 'Z'), ('-', '.'), ('!', '~'), ('\u{A1}', '\u{AC}')];
