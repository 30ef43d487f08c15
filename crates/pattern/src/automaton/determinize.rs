//! Determinisation by subsets, with Lucene's measure of effort and its limit.

use super::Automaton;
use super::Budget;
use super::Excess;
use super::State;
use super::Transition;
use super::Transitions;
use super::subsets::Subsets;

/// The effort at which Lucene gives up: ten times its default work limit of 10,000.
///
/// Elasticsearch determinises each pattern with that default. The effort is the number of
/// original states, summed over all subsets that are visited.
pub(crate) const EFFORT_LIMIT: u64 = 100_000;

/// An equivalent automaton with at most one step for each state and code point.
pub(crate) fn determinize(automaton: Automaton, budget: &mut Budget) -> Result<Automaton, Excess> {
    if automaton.is_deterministic() || automaton.len() <= 1 {
        return Ok(automaton);
    }
    let (states, _) = subset_construction(&automaton, &[0], EFFORT_LIMIT, budget)?;
    Automaton::from_states(states, budget)
}

/// The states of a deterministic automaton that starts in several states at once, and the
/// original states that each stands for.
pub(super) fn subset_construction(
    automaton: &Automaton,
    starts: &[usize],
    limit: u64,
    budget: &mut Budget,
) -> Result<(Vec<State>, Subsets), Excess> {
    let mut subsets = Subsets::new();
    subsets.number(starts.iter().copied());
    let mut sweep = Sweep::default();
    let mut states = Vec::new();
    let mut effort = 0_u64;
    while let Some(subset) = subsets.get(states.len()) {
        effort = effort.saturating_add(u64::try_from(subset.len()).unwrap_or(u64::MAX));
        if effort >= limit {
            return Err(Excess::Effort { limit });
        }
        let accept = subset.iter().any(|&state| automaton.accepts(state));
        sweep.collect(automaton, subset);
        let transitions = sweep.run(&mut subsets, budget)?;
        states.push(State { accept, transitions });
    }
    Ok((states, subsets))
}

/// A walk over the code points at which the steps of a subset begin and end.
#[derive(Default)]
struct Sweep {
    /// Code point, destination, and whether the step begins there or has ended before it.
    events: Vec<(u32, usize, bool)>,
    /// Destinations of the steps that are open, in order, and how many steps lead to each.
    open: Vec<(usize, usize)>,
}

impl Sweep {
    /// Collects the steps that leave the states of a subset.
    fn collect(&mut self, automaton: &Automaton, subset: &[usize]) {
        self.events.clear();
        for &state in subset {
            for step in automaton.transitions(state) {
                self.events.push((step.min, step.dest, true));
                self.events.push((step.max.saturating_add(1), step.dest, false));
            }
        }
        self.events.sort_unstable();
    }

    /// Makes one step for each range of code points that lead to the same states.
    fn run(&mut self, subsets: &mut Subsets, budget: &mut Budget) -> Result<Transitions, Excess> {
        budget.charge_work(self.events.len())?;
        self.open.clear();
        let mut transitions = Transitions::new();
        let mut last = 0;
        for &(point, dest, begins) in &self.events {
            if point > last && !self.open.is_empty() {
                budget.charge_work(self.open.len())?;
                let dest = subsets.number(self.open.iter().map(|&(dest, _)| dest));
                transitions.push(Transition { min: last, max: point.saturating_sub(1), dest });
            }
            last = point;
            count(&mut self.open, dest, begins);
        }
        Ok(transitions)
    }
}

/// Counts a step in or out of those that are open.
fn count(open: &mut Vec<(usize, usize)>, dest: usize, begins: bool) {
    match (open.binary_search_by_key(&dest, |&(dest, _)| dest), begins) {
        (Ok(place), true) => {
            if let Some((_, count)) = open.get_mut(place) {
                *count = count.saturating_add(1);
            }
        }
        (Ok(place), false) => {
            if let Some((_, count)) = open.get_mut(place) {
                *count = count.saturating_sub(1);
                if *count == 0 {
                    open.remove(place);
                }
            }
        }
        (Err(place), true) => open.insert(place, (dest, 1)),
        (Err(_), false) => {}
    }
}
