//! Concatenation, union, option, intersection and complement.

use std::collections::BTreeMap;

use smallvec::smallvec;

use super::Automaton;
use super::Budget;
use super::Excess;
use super::MAX_CODE_POINT;
use super::State;
use super::Transition;
use super::Transitions;
use super::determinize;
use super::live::remove_dead_states;

/// Matches a text of each automaton in turn.
pub(crate) fn concatenate(
    automata: &[&Automaton],
    budget: &mut Budget,
) -> Result<Automaton, Excess> {
    if automata.iter().any(|automaton| automaton.is_empty()) {
        return Ok(Automaton::empty());
    }
    let mut states = Vec::new();
    for (index, automaton) in automata.iter().enumerate() {
        let offset = states.len();
        budget.charge(automaton.parts())?;
        append(&mut states, automaton);
        let rest = automata.get(index.saturating_add(1)..).unwrap_or_default();
        link(states.get_mut(offset..).unwrap_or_default(), automaton.len(), offset, rest, budget)?;
    }
    if states.is_empty() {
        states.push(State::default());
    }
    remove_dead_states(Automaton::from_states(states, budget)?, budget)
}

/// Lets the accepting states of the last automaton go on into those that follow.
///
/// `states` are those of the last automaton, which start at number `offset`. An automaton that
/// accepts the empty text lets the way on into the one after it.
fn link(
    states: &mut [State],
    len: usize,
    offset: usize,
    rest: &[&Automaton],
    budget: &mut Budget,
) -> Result<(), Excess> {
    let mut entries = Vec::new();
    let mut next = offset.saturating_add(len);
    let mut ends = true;
    for automaton in rest {
        let first = automaton.transitions(0);
        budget.charge(first.len())?;
        entries.extend(first.iter().map(|step| shift(*step, next)));
        if !automaton.accepts(0) {
            ends = false;
            break;
        }
        next = next.saturating_add(automaton.len());
    }
    for state in states.iter_mut().filter(|state| state.accept) {
        budget.charge(entries.len())?;
        state.transitions.extend_from_slice(&entries);
        state.accept = ends;
    }
    Ok(())
}

/// Matches what any of the automata matches.
pub(crate) fn union(automata: &[&Automaton], budget: &mut Budget) -> Result<Automaton, Excess> {
    let mut states = vec![State::default()];
    let mut start = State::default();
    for automaton in automata {
        let offset = states.len();
        budget.charge(automaton.parts())?;
        append(&mut states, automaton);
        start.accept |= automaton.accepts(0);
        start.transitions.extend(automaton.transitions(0).iter().map(|step| shift(*step, offset)));
    }
    if let Some(first) = states.first_mut() {
        *first = start;
    }
    let live = remove_dead_states(Automaton::from_states(states, budget)?, budget)?;
    merge_final_states(live, budget)
}

/// Makes one state of all accepting states that nothing leaves.
fn merge_final_states(automaton: Automaton, budget: &mut Budget) -> Result<Automaton, Excess> {
    let is_final = |state: &State| state.accept && state.transitions.is_empty();
    if automaton.states.iter().filter(|&state| is_final(state)).count() < 2 {
        return Ok(automaton);
    }
    let first = automaton.states.iter().position(is_final).unwrap_or_default();
    let finals: Vec<bool> = automaton.states.iter().map(is_final).collect();
    let mut states = automaton.states;
    for state in &mut states {
        for step in &mut state.transitions {
            if finals.get(step.dest).copied().unwrap_or_default() {
                step.dest = first;
            }
        }
    }
    remove_dead_states(Automaton::from_states(states, budget)?, budget)
}

/// Matches what the automaton matches, and the empty text.
pub(crate) fn optional(automaton: Automaton, budget: &mut Budget) -> Result<Automaton, Excess> {
    if automaton.accepts(0) {
        return Ok(automaton);
    }
    let returns = automaton.states.iter().flat_map(|state| &state.transitions);
    if returns.clone().all(|step| step.dest != 0) {
        let mut states = automaton.states;
        if states.is_empty() {
            states.push(State::default());
        }
        if let Some(start) = states.first_mut() {
            start.accept = true;
        }
        return Automaton::from_states(states, budget);
    }
    let mut states = vec![State::default()];
    append(&mut states, &automaton);
    if let Some(start) = states.first_mut() {
        start.accept = true;
        start.transitions.extend(automaton.transitions(0).iter().map(|step| shift(*step, 1)));
    }
    Automaton::from_states(states, budget)
}

/// Matches what both automata match.
pub(crate) fn intersection(
    left: &Automaton,
    right: &Automaton,
    budget: &mut Budget,
) -> Result<Automaton, Excess> {
    if left.is_empty() {
        return Ok(left.clone());
    }
    if right.is_empty() {
        return Ok(right.clone());
    }
    let mut numbers = BTreeMap::from([((0, 0), 0)]);
    let mut pairs = vec![(0, 0)];
    let mut states = Vec::new();
    while let Some(&(a, b)) = pairs.get(states.len()) {
        let mut state =
            State { accept: left.accepts(a) && right.accepts(b), transitions: Transitions::new() };
        for (min, max, pair) in shared_steps(left, right, (a, b), budget)? {
            budget.charge(1)?;
            let dest = *numbers.entry(pair).or_insert_with(|| {
                pairs.push(pair);
                pairs.len().saturating_sub(1)
            });
            state.transitions.push(Transition { min, max, dest });
        }
        states.push(state);
    }
    remove_dead_states(Automaton::from_states(states, budget)?, budget)
}

/// A range of code points, and the two states that it leads to.
type SharedStep = (u32, u32, (usize, usize));

/// The ranges on which both states of a pair have a step, and where those two steps lead.
fn shared_steps(
    left: &Automaton,
    right: &Automaton,
    (a, b): (usize, usize),
    budget: &mut Budget,
) -> Result<Vec<SharedStep>, Excess> {
    let mut shared = Vec::new();
    let others = right.transitions(b);
    for a in left.transitions(a) {
        let until = others.partition_point(|b| b.min <= a.max);
        // Steps that overlap are in order of where they begin, but not of where they end.
        let ordered = right.is_deterministic();
        let from = if ordered { others.partition_point(|b| b.max < a.min) } else { 0 };
        let near = others.get(from..until).unwrap_or_default();
        budget.charge(near.len())?;
        shared.extend(
            near.iter()
                .filter(|b| b.max >= a.min)
                .map(|b| (a.min.max(b.min), a.max.min(b.max), (a.dest, b.dest))),
        );
    }
    Ok(shared)
}

/// Matches every text that the automaton does not match.
pub(crate) fn complement(automaton: Automaton, budget: &mut Budget) -> Result<Automaton, Excess> {
    let automaton = determinize(automaton, budget)?;
    let sink = automaton.len();
    let mut states = automaton.states;
    for state in &mut states {
        state.accept = !state.accept;
        let gaps = gaps(&state.transitions, sink);
        state.transitions.extend(gaps);
    }
    let transitions = smallvec![Transition { min: 0, max: MAX_CODE_POINT, dest: sink }];
    states.push(State { accept: true, transitions });
    remove_dead_states(Automaton::from_states(states, budget)?, budget)
}

/// Steps to `sink` for each code point that has no step yet.
fn gaps(transitions: &[Transition], sink: usize) -> Vec<Transition> {
    let mut gaps = Vec::new();
    let mut next = 0;
    for step in transitions {
        if let Some(max) = step.min.checked_sub(1)
            && next <= max
        {
            gaps.push(Transition { min: next, max, dest: sink });
        }
        next = next.max(step.max.saturating_add(1));
    }
    if next <= MAX_CODE_POINT {
        gaps.push(Transition { min: next, max: MAX_CODE_POINT, dest: sink });
    }
    gaps
}

/// Adds the states of `automaton` after those that are there.
pub(super) fn append(states: &mut Vec<State>, automaton: &Automaton) {
    let offset = states.len();
    states.extend(automaton.states.iter().map(|state| State {
        accept: state.accept,
        transitions: state.transitions.iter().map(|step| shift(*step, offset)).collect(),
    }));
}

/// The step with its destination moved by `offset`.
pub(super) fn shift(step: Transition, offset: usize) -> Transition {
    Transition { dest: step.dest.saturating_add(offset), ..step }
}
