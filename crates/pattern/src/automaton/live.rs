//! States that matter: those on some way from the start to an accepting state.

use super::Automaton;
use super::Budget;
use super::Excess;
use super::State;

/// The same automaton without states that are out of reach or lead nowhere.
pub(super) fn remove_dead_states(
    automaton: Automaton,
    budget: &mut Budget,
) -> Result<Automaton, Excess> {
    let live = live_states(&automaton);
    let count = live.iter().filter(|&&alive| alive).count();
    if count == automaton.len() {
        return Ok(automaton);
    }
    let mut next = 0_usize;
    let renamed: Vec<Option<usize>> = live
        .iter()
        .map(|&alive| {
            let name = alive.then_some(next);
            next = next.saturating_add(usize::from(alive));
            name
        })
        .collect();
    let kept = automaton.states.into_iter().zip(&live).filter(|&(_, &alive)| alive);
    let states = kept.map(|(state, _)| rename(state, &renamed)).collect();
    Automaton::from_states(states, budget)
}

/// The state with its transitions to kept states, under their new numbers.
fn rename(mut state: State, renamed: &[Option<usize>]) -> State {
    state.transitions.retain_mut(|step| {
        let dest = renamed.get(step.dest).copied().flatten();
        step.dest = dest.unwrap_or_default();
        dest.is_some()
    });
    state
}

/// For each state, whether it lies on a way from the start to an accepting state.
fn live_states(automaton: &Automaton) -> Vec<bool> {
    let size = automaton.len();
    let reached = reach(size, (size > 0).then_some(0), |state| {
        automaton.transitions(state).iter().map(|step| step.dest)
    });
    let sources = Sources::new(automaton);
    let accepting = (0..size).filter(|&state| automaton.accepts(state));
    let useful = reach(size, accepting, |state| sources.of(state));
    useful.iter().zip(&reached).map(|(&useful, &reached)| useful && reached).collect()
}

/// For each state, the states with a step to it, all in one list.
struct Sources {
    starts: Vec<usize>,
    states: Vec<usize>,
}

impl Sources {
    fn new(automaton: &Automaton) -> Self {
        let steps = || {
            let numbered = automaton.states.iter().enumerate();
            numbered.flat_map(|(source, state)| {
                state.transitions.iter().map(move |step| (source, step.dest))
            })
        };
        // Count the steps to each state, then put each source before the end of its share.
        let mut starts = vec![0_usize; automaton.len().saturating_add(1)];
        for (_, dest) in steps() {
            if let Some(count) = starts.get_mut(dest) {
                *count = count.saturating_add(1);
            }
        }
        let mut total = 0_usize;
        for count in &mut starts {
            total = total.saturating_add(*count);
            *count = total;
        }
        let mut states = vec![0; total];
        for (source, dest) in steps() {
            if let Some(place) = starts.get_mut(dest) {
                *place = place.saturating_sub(1);
                if let Some(slot) = states.get_mut(*place) {
                    *slot = source;
                }
            }
        }
        Self { starts, states }
    }

    fn of(&self, state: usize) -> impl Iterator<Item = usize> {
        let range = self.starts.get(state).zip(self.starts.get(state.saturating_add(1)));
        let sources = range.and_then(|(&start, &end)| self.states.get(start..end));
        sources.unwrap_or_default().iter().copied()
    }
}

/// Marks what can be reached from `seeds`.
fn reach<I: Iterator<Item = usize>>(
    size: usize,
    seeds: impl IntoIterator<Item = usize>,
    next: impl Fn(usize) -> I,
) -> Vec<bool> {
    let mut seen = vec![false; size];
    let mut queue = Vec::new();
    let mut visit = |state: usize, queue: &mut Vec<usize>| {
        if let Some(mark) = seen.get_mut(state)
            && !*mark
        {
            *mark = true;
            queue.push(state);
        }
    };
    for seed in seeds {
        visit(seed, &mut queue);
    }
    while let Some(state) = queue.pop() {
        for dest in next(state) {
            visit(dest, &mut queue);
        }
    }
    seen
}
