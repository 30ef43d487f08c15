//! Finite automata over Unicode code points, built as Lucene builds them.
//!
//! The shape matters, not only the language: Lucene refuses an automaton by the effort of
//! determinising it, and that effort depends on how many states each operation leaves behind.

mod budget;
mod combined;
mod determinize;
mod dfa;
mod interval;
mod live;
mod operations;
mod repeat;
mod subsets;
mod witness;

use smallvec::SmallVec;
use smallvec::smallvec;

pub(crate) use budget::Budget;
pub(crate) use budget::Excess;
pub(crate) use budget::MAX_PARTS;
pub(crate) use combined::Combined;
pub(crate) use determinize::EFFORT_LIMIT;
pub(crate) use determinize::determinize;
pub(crate) use dfa::Dfa;
use dfa::Step;
pub(crate) use interval::decimal_interval;
pub(crate) use operations::complement;
pub(crate) use operations::concatenate;
pub(crate) use operations::intersection;
pub(crate) use operations::optional;
pub(crate) use operations::union;
pub(crate) use repeat::repeat;
pub(crate) use repeat::repeat_at_least;
pub(crate) use repeat::repeat_between;
pub(crate) use witness::difference;
pub(crate) use witness::shared;

/// The last Unicode code point.
pub(crate) const MAX_CODE_POINT: u32 = 0x10_FFFF;

/// A step from one state to another on any code point of a range.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Transition {
    /// The first code point of the range.
    pub(crate) min: u32,
    /// The last code point of the range.
    pub(crate) max: u32,
    /// The state that is reached.
    pub(crate) dest: usize,
}

/// The steps that leave a state: one, for most states of most patterns.
pub(crate) type Transitions = SmallVec<[Transition; 1]>;

/// A state and the steps that leave it.
#[derive(Clone, Debug, Default)]
pub(crate) struct State {
    /// Whether a name may end here.
    pub(crate) accept: bool,
    /// The steps, sorted by range once the state is part of an [`Automaton`].
    pub(crate) transitions: Transitions,
}

/// An automaton that starts in state 0. Without any state it matches nothing.
#[derive(Clone, Debug)]
pub(crate) struct Automaton {
    states: Vec<State>,
    deterministic: bool,
    broken: bool,
}

impl Automaton {
    /// The automaton of these states, with their transitions sorted and joined where they touch.
    pub(crate) fn from_states(mut states: Vec<State>, budget: &mut Budget) -> Result<Self, Excess> {
        let mut deterministic = true;
        for state in &mut states {
            budget.charge(1_usize.saturating_add(state.transitions.len()))?;
            deterministic &= state.arrange();
        }
        Ok(Self { states, deterministic, broken: false })
    }

    /// Matches nothing.
    pub(crate) fn empty() -> Self {
        Self { states: Vec::new(), deterministic: true, broken: false }
    }

    /// Matches nothing, and makes Lucene fail when it is the whole pattern.
    ///
    /// Lucene's counted repetition of the empty language yields an automaton that its matcher
    /// cannot run; other operations turn it into a sound one.
    pub(crate) fn broken() -> Self {
        Self { broken: true, ..Self::empty() }
    }

    /// Matches any text, the empty one included.
    pub(crate) fn any_string() -> Self {
        let transitions = smallvec![Transition { min: 0, max: MAX_CODE_POINT, dest: 0 }];
        Self {
            states: vec![State { accept: true, transitions }],
            deterministic: true,
            broken: false,
        }
    }

    /// Matches one code point of one of these ranges, each with its ends in order.
    pub(crate) fn one_of(ranges: &[(u32, u32)], budget: &mut Budget) -> Result<Self, Excess> {
        let transitions = ranges.iter().map(|&(min, max)| Transition { min, max, dest: 1 });
        let start = State { accept: false, transitions: transitions.collect() };
        let end = State { accept: true, transitions: Transitions::new() };
        Self::from_states(vec![start, end], budget)
    }

    /// Matches exactly this sequence of code points.
    pub(crate) fn string(
        code_points: impl IntoIterator<Item = u32>,
        budget: &mut Budget,
    ) -> Result<Self, Excess> {
        let mut states = Vec::new();
        for point in code_points {
            let dest = states.len().saturating_add(1);
            let transitions = smallvec![Transition { min: point, max: point, dest }];
            states.push(State { accept: false, transitions });
        }
        states.push(State { accept: true, transitions: Transitions::new() });
        Self::from_states(states, budget)
    }

    /// Whether Lucene would fail to run this automaton.
    pub(crate) fn is_broken(&self) -> bool {
        self.broken
    }

    /// Whether each state has at most one step for each code point.
    pub(crate) fn is_deterministic(&self) -> bool {
        self.deterministic
    }

    /// The states; the first is where matching starts.
    pub(crate) fn states(&self) -> &[State] {
        &self.states
    }

    /// The number of states.
    pub(crate) fn len(&self) -> usize {
        self.states.len()
    }

    /// Whether there is no state at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.states.is_empty()
    }

    /// Whether a name may end in `state`.
    pub(crate) fn accepts(&self, state: usize) -> bool {
        self.states.get(state).is_some_and(|state| state.accept)
    }

    /// The steps that leave `state`.
    pub(crate) fn transitions(&self, state: usize) -> &[Transition] {
        self.states.get(state).map_or(&[], |state| &state.transitions)
    }

    /// The number of states and transitions.
    pub(crate) fn parts(&self) -> usize {
        let transitions = self.states.iter().map(|state| state.transitions.len()).sum::<usize>();
        transitions.saturating_add(self.states.len())
    }
}

impl State {
    /// Sorts the transitions, joins those that touch, and says whether none overlap.
    fn arrange(&mut self) -> bool {
        if self.transitions.len() < 2 {
            return true;
        }
        self.transitions.sort_unstable_by_key(|step| (step.dest, step.min, step.max));
        self.transitions.dedup_by(|next, kept| {
            let joins = kept.dest == next.dest && next.min <= kept.max.saturating_add(1);
            if joins {
                kept.max = kept.max.max(next.max);
            }
            joins
        });
        self.transitions.sort_unstable();
        self.transitions.iter().zip(self.transitions.iter().skip(1)).all(|(a, b)| a.max < b.min)
    }
}
