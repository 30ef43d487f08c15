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
///
/// A file can have many thousands of them, so they are kept small.
#[derive(Clone, Debug)]
pub(crate) struct Dfa {
    rows: Vec<Row>,
    steps: Vec<Step>,
}

/// A state: where its steps end, which begin where those of the state before it end, and whether
/// a name may end in it.
#[derive(Clone, Copy, Debug)]
struct Row {
    end: u32,
    accept: bool,
}

/// A step from one state to another on any code point of a range.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
    /// The first code point of the range.
    pub(crate) min: u32,
    /// The last code point of the range.
    pub(crate) max: u32,
    dest: u32,
}

impl Step {
    fn new(transition: &Transition) -> Self {
        let &Transition { min, max, dest } = transition;
        Self { min, max, dest: narrow(dest) }
    }

    /// The state that is reached.
    pub(crate) fn dest(self) -> usize {
        widen(self.dest)
    }
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
        let mut steps = Vec::with_capacity(states.iter().map(|s| s.transitions.len()).sum());
        for state in states {
            steps.extend(state.transitions.iter().map(Step::new));
            rows.push(Row { accept: state.accept, end: narrow(steps.len()) });
        }
        Self { rows, steps }
    }

    /// Matches nothing.
    pub(crate) fn nothing() -> Self {
        Self { rows: Vec::new(), steps: Vec::new() }
    }

    /// Matches every name.
    pub(crate) fn everything() -> Self {
        let steps = vec![Step { min: 0, max: MAX_CODE_POINT, dest: 0 }];
        Self { rows: vec![Row { accept: true, end: 1 }], steps }
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
        self.rows.len().saturating_add(self.steps.len())
    }

    /// Whether a name may end in `state`.
    pub(crate) fn accepts(&self, state: usize) -> bool {
        self.rows.get(state).is_some_and(|row| row.accept)
    }

    /// The steps that leave `state`, in order of code points.
    pub(crate) fn steps(&self, state: usize) -> &[Step] {
        let Some(row) = self.rows.get(state) else { return &[] };
        let before = state.checked_sub(1).and_then(|before| self.rows.get(before));
        let start = before.map_or(0, |before| widen(before.end));
        self.steps.get(start..widen(row.end)).unwrap_or_default()
    }

    /// The state after `character`; none when no name goes on so.
    pub(crate) fn step(&self, state: usize, character: char) -> Option<usize> {
        let point = u32::from(character);
        let steps = self.steps(state);
        let index = steps.partition_point(|step| step.max < point);
        steps.get(index).filter(|step| step.min <= point).map(|step| step.dest())
    }

    /// All states: whether a name may end there, and the steps that leave it.
    pub(super) fn states(&self) -> impl Iterator<Item = (bool, &[Step])> {
        self.rows.iter().enumerate().map(|(state, row)| (row.accept, self.steps(state)))
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

/// A number of states or steps, of which no budget allows so many that it would not fit.
fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn widen(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// How many states [`Dfa::viable_suffix`] looks at, all in all.
const MAX_LOOKS: usize = 10_000_000;
