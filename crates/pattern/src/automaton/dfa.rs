//! A deterministic automaton in the form in which it is run and compared.

use super::Automaton;
use super::Budget;
use super::Excess;
use super::MAX_CODE_POINT;
use super::State;
use super::Transition;
use super::determinize;
use super::live::remove_dead_states;

/// A deterministic automaton without dead states.
#[derive(Clone, Debug)]
pub(crate) struct Dfa {
    rows: Vec<Row>,
    transitions: Vec<Transition>,
}

/// A state: where its transitions lie, and whether a name may end in it.
#[derive(Clone, Copy, Debug)]
struct Row {
    accept: bool,
    start: usize,
    end: usize,
}

impl Dfa {
    /// Determinises an automaton.
    pub(crate) fn new(automaton: Automaton, budget: &mut Budget) -> Result<Self, Excess> {
        let automaton = remove_dead_states(determinize(automaton, budget)?, budget)?;
        Ok(Self::from_states(automaton.states()))
    }

    /// The automaton of these states, which are deterministic.
    pub(super) fn from_states(states: &[State]) -> Self {
        let mut rows = Vec::with_capacity(states.len());
        let mut transitions = Vec::new();
        for state in states {
            let start = transitions.len();
            transitions.extend_from_slice(&state.transitions);
            rows.push(Row { accept: state.accept, start, end: transitions.len() });
        }
        Self { rows, transitions }
    }

    /// Matches nothing.
    pub(crate) fn nothing() -> Self {
        Self { rows: Vec::new(), transitions: Vec::new() }
    }

    /// Matches every name.
    pub(crate) fn everything() -> Self {
        let transitions = vec![Transition { min: 0, max: MAX_CODE_POINT, dest: 0 }];
        Self { rows: vec![Row { accept: true, start: 0, end: 1 }], transitions }
    }

    /// The state in which a name starts; none when nothing matches.
    pub(crate) fn start(&self) -> Option<usize> {
        (!self.rows.is_empty()).then_some(0)
    }

    /// The number of states.
    pub(crate) fn size(&self) -> usize {
        self.rows.len()
    }

    /// The number of states and transitions.
    pub(crate) fn parts(&self) -> usize {
        self.rows.len().saturating_add(self.transitions.len())
    }

    /// Whether a name may end in `state`.
    pub(crate) fn accepts(&self, state: usize) -> bool {
        self.rows.get(state).is_some_and(|row| row.accept)
    }

    /// The steps that leave `state`, in order of code points.
    pub(crate) fn transitions(&self, state: usize) -> &[Transition] {
        let row = self.rows.get(state);
        row.and_then(|row| self.transitions.get(row.start..row.end)).unwrap_or_default()
    }

    /// The state after `character`; none when no name goes on so.
    pub(crate) fn step(&self, state: usize, character: char) -> Option<usize> {
        let point = u32::from(character);
        let steps = self.transitions(state);
        let index = steps.partition_point(|step| step.max < point);
        steps.get(index).filter(|step| step.min <= point).map(|step| step.dest)
    }

    /// All states: whether a name may end there, and the steps that leave it.
    pub(super) fn states(&self) -> impl Iterator<Item = (bool, &[Transition])> {
        self.rows.iter().enumerate().map(|(state, row)| (row.accept, self.transitions(state)))
    }

    /// The state after the whole name; none when no longer name matches either.
    pub(super) fn end(&self, name: &str) -> Option<usize> {
        let mut state = self.start()?;
        for character in name.chars() {
            state = self.step(state, character)?;
        }
        Some(state)
    }

    /// Whether the whole name matches.
    pub(crate) fn matches(&self, name: &str) -> bool {
        self.end(name).is_some_and(|state| self.accepts(state))
    }

    /// The number of characters after which a match is still possible.
    pub(crate) fn viable_prefix(&self, name: &str) -> usize {
        let Some(mut state) = self.start() else { return 0 };
        for (count, character) in name.chars().enumerate() {
            let Some(next) = self.step(state, character) else { return count };
            state = next;
        }
        name.chars().count()
    }

    /// The number of characters at the end of the name that could end a match.
    ///
    /// Each character costs a look at every state, so of a long name not all is looked at.
    pub(crate) fn viable_suffix(&self, name: &str) -> usize {
        let mut useful: Vec<bool> = self.rows.iter().map(|row| row.accept).collect();
        if self.rows.is_empty() {
            return 0;
        }
        let affordable = MAX_LOOKS.checked_div(self.rows.len()).unwrap_or_default();
        let mut count = 0_usize;
        for character in name.chars().rev().take(affordable) {
            let leads = |state| {
                let next = self.step(state, character);
                next.and_then(|next| useful.get(next).copied()).unwrap_or_default()
            };
            useful = (0..self.rows.len()).map(leads).collect();
            if !useful.contains(&true) {
                break;
            }
            count = count.saturating_add(1);
        }
        count
    }
}

/// How many states [`Dfa::viable_suffix`] looks at, all in all.
const MAX_LOOKS: usize = 10_000_000;
