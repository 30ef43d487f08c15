//! Repetition: any number of times, at least so often, between so and so often.

use super::Automaton;
use super::Budget;
use super::Excess;
use super::State;
use super::Transition;
use super::Transitions;
use super::concatenate;
use super::live::remove_dead_states;
use super::operations::append;
use super::operations::shift;

/// Matches any number of texts of the automaton in a row, none included.
///
/// Repeating the empty language stays empty, against the usual definition: Lucene does so.
pub(crate) fn repeat(automaton: Automaton, budget: &mut Budget) -> Result<Automaton, Excess> {
    let accepting = automaton.states.iter().filter(|state| state.accept).count();
    if automaton.is_empty() || (automaton.accepts(0) && accepting == 1) {
        return Ok(automaton);
    }
    budget.charge(automaton.parts())?;
    let mut count = 1_usize;
    let numbers: Vec<usize> =
        automaton.states.iter().map(|state| number(state, &mut count)).collect();
    let renamed = |steps: &[Transition]| -> Transitions {
        let dest = |step: &Transition| numbers.get(step.dest).copied().unwrap_or_default();
        steps.iter().map(|step| Transition { dest: dest(step), ..*step }).collect()
    };
    let entries = renamed(automaton.transitions(0));
    let mut states = vec![State::default(); count];
    if let Some(start) = states.first_mut() {
        start.accept = true;
        start.transitions.clone_from(&entries);
    }
    for (old, &new) in automaton.states.iter().zip(&numbers) {
        let Some(state) = states.get_mut(new).filter(|_| new != 0) else { continue };
        state.accept = old.accept;
        state.transitions = renamed(&old.transitions);
        if old.accept {
            budget.charge(entries.len())?;
            state.transitions.extend_from_slice(&entries);
        }
    }
    remove_dead_states(Automaton::from_states(states, budget)?, budget)
}

/// The new number of a state: an accepting state that nothing leaves becomes the new start.
fn number(state: &State, count: &mut usize) -> usize {
    if state.accept && state.transitions.is_empty() {
        return 0;
    }
    let number = *count;
    *count = count.saturating_add(1);
    number
}

/// Matches `min` or more texts of the automaton in a row.
pub(crate) fn repeat_at_least(
    automaton: Automaton,
    min: usize,
    budget: &mut Budget,
) -> Result<Automaton, Excess> {
    if min == 0 {
        return repeat(automaton, budget);
    }
    if automaton.is_empty() {
        return Ok(Automaton::empty());
    }
    let tail = repeat(automaton.clone(), budget)?;
    let mut parts = copies(&automaton, min, budget)?;
    parts.push(&tail);
    concatenate(&parts, budget)
}

/// Matches between `min` and `max` texts of the automaton in a row.
pub(crate) fn repeat_between(
    automaton: &Automaton,
    min: usize,
    max: usize,
    budget: &mut Budget,
) -> Result<Automaton, Excess> {
    if automaton.is_empty() && min > 0 {
        return Ok(Automaton::broken());
    }
    let head = match min {
        0 => Automaton::string([], budget)?,
        1 => automaton.clone(),
        _ => concatenate(&copies(automaton, min, budget)?, budget)?,
    };
    let more = if automaton.is_empty() { 0 } else { max.saturating_sub(min) };
    budget.charge_product(automaton.parts(), more)?;
    let mut states = Vec::new();
    append(&mut states, &head);
    let mut from = 0;
    for _ in 0..more {
        let offset = states.len();
        append(&mut states, automaton);
        enter(states.get_mut(from..offset).unwrap_or_default(), automaton, offset, budget)?;
        from = offset;
    }
    remove_dead_states(Automaton::from_states(states, budget)?, budget)
}

/// Lets each accepting state of `states` go on into the copy of `automaton` at `offset`.
fn enter(
    states: &mut [State],
    automaton: &Automaton,
    offset: usize,
    budget: &mut Budget,
) -> Result<(), Excess> {
    for state in states.iter_mut().filter(|state| state.accept) {
        budget.charge(automaton.transitions(0).len())?;
        state.transitions.extend(automaton.transitions(0).iter().map(|step| shift(*step, offset)));
    }
    Ok(())
}

/// The automaton so many times, where the budget allows it.
fn copies<'a>(
    automaton: &'a Automaton,
    count: usize,
    budget: &mut Budget,
) -> Result<Vec<&'a Automaton>, Excess> {
    budget.charge_product(automaton.parts(), count)?;
    Ok(vec![automaton; count])
}
