//! Several automata run as one, which tells them apart at the end.

use super::Automaton;
use super::Budget;
use super::Dfa;
use super::Excess;
use super::State;
use super::Step;
use super::Transition;
use super::determinize::subset_construction;
use super::subsets::Subsets;

/// An automaton that says which of several others match.
#[derive(Clone, Debug)]
pub(crate) struct Combined {
    automaton: Dfa,
    subsets: Subsets,
    /// For each state of the separate automata, the number of its automaton, if it accepts.
    accepting: Vec<Option<usize>>,
}

impl Combined {
    /// Combines automata. Those that have little in common can be too large together.
    pub(crate) fn new(automata: &[&Dfa], budget: &mut Budget) -> Result<Self, Excess> {
        let mut states = Vec::new();
        let mut accepting = Vec::new();
        let mut starts = Vec::new();
        for (number, automaton) in automata.iter().enumerate() {
            let offset = states.len();
            budget.charge(automaton.parts())?;
            starts.extend(automaton.start().map(|start| offset.saturating_add(start)));
            states.extend(automaton.states().map(|(accept, steps)| State {
                accept,
                transitions: steps.iter().map(|step| transition(*step, offset)).collect(),
            }));
            accepting.extend(automaton.states().map(|(accept, _)| accept.then_some(number)));
        }
        let all = Automaton::from_states(states, budget)?;
        let (states, subsets) = subset_construction(&all, &starts, u64::MAX, budget)?;
        Ok(Self { automaton: Dfa::from_states(&states), subsets, accepting })
    }

    /// The numbers of the automata that match the whole name, in order.
    pub(crate) fn matching(&self, name: &str) -> impl Iterator<Item = usize> {
        // Of each automaton, the subset holds one state at most.
        let subset = self.automaton.end(name).and_then(|state| self.subsets.get(state));
        let states = subset.into_iter().flatten();
        states.filter_map(|&state| self.accepting.get(state).copied().flatten())
    }
}

/// A step among states that so many others precede.
fn transition(step: Step, offset: usize) -> Transition {
    Transition { min: step.min, max: step.max, dest: step.dest().saturating_add(offset) }
}
