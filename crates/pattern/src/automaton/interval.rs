//! Decimal numbers between two bounds, the regular expression `<n-m>`.

use smallvec::smallvec;

use super::Automaton;
use super::Budget;
use super::Excess;
use super::State;
use super::Transition;
use super::Transitions;
use super::operations::shift;

/// Matches the decimal numbers from `min` to `max`, both included, with `min` not above `max`.
///
/// With `width`, the number has exactly that many digits; without, any number of leading zeros
/// is allowed.
pub(crate) fn decimal_interval(
    min: u32,
    max: u32,
    width: Option<usize>,
    budget: &mut Budget,
) -> Result<Automaton, Excess> {
    let width_or_natural = width.unwrap_or_else(|| max.to_string().len());
    let low = digits(min, width_or_natural);
    let high = digits(max, width_or_natural);
    let mut builder = Builder { states: Vec::new(), initials: Vec::new(), budget };
    if width.is_none() {
        builder.states.push(State::default());
    }
    builder.between(&low, &high, width.is_none())?;
    let Builder { mut states, initials, budget } = builder;
    if width.is_none() {
        let mut start: Transitions = smallvec![Transition { min: ZERO, max: ZERO, dest: 0 }];
        for initial in initials {
            let state = states.get(initial);
            start.extend(state.into_iter().flat_map(|state| state.transitions.iter().copied()));
        }
        if let Some(first) = states.first_mut() {
            first.transitions = start;
        }
    }
    Automaton::from_states(states, budget)
}

/// The number as code points of decimal digits, with zeros in front up to `width`.
fn digits(number: u32, width: usize) -> Vec<u32> {
    format!("{number:0width$}").chars().map(u32::from).collect()
}

/// The states made so far, and those from which leading zeros were skipped.
struct Builder<'a> {
    states: Vec<State>,
    initials: Vec<usize>,
    budget: &'a mut Budget,
}

impl Builder<'_> {
    /// Digits that both bounds share, then a way for each side and one for what lies between.
    fn between(&mut self, low: &[u32], high: &[u32], mut zeros: bool) -> Result<(), Excess> {
        let mut state = self.add(false)?;
        for (index, (&lower, &upper)) in low.iter().zip(high).enumerate() {
            self.note(state, zeros);
            zeros &= lower == ZERO;
            let rest = index.saturating_add(1);
            if lower == upper {
                let next = self.add(rest == low.len())?;
                self.step(state, lower, lower, next);
                state = next;
                continue;
            }
            let bottom = self.at_least(low.get(rest..).unwrap_or_default(), zeros)?;
            self.step(state, lower, lower, bottom);
            let top = self.at_most(high.get(rest..).unwrap_or_default())?;
            self.step(state, upper, upper, top);
            if lower.saturating_add(1) < upper {
                let middle = self.any(low.len().saturating_sub(rest))?;
                self.step(state, lower.saturating_add(1), upper.saturating_sub(1), middle);
            }
            return Ok(());
        }
        Ok(())
    }

    /// Digits that are together not below `low`.
    fn at_least(&mut self, low: &[u32], mut zeros: bool) -> Result<usize, Excess> {
        let first = self.add(low.is_empty())?;
        let mut state = first;
        for (index, &digit) in low.iter().enumerate() {
            self.note(state, zeros);
            zeros &= digit == ZERO;
            let left = low.len().saturating_sub(index).saturating_sub(1);
            if digit < NINE {
                let any = self.any(left)?;
                self.step(state, digit.saturating_add(1), NINE, any);
            }
            let next = self.add(left == 0)?;
            self.step(state, digit, digit, next);
            state = next;
        }
        Ok(first)
    }

    /// Digits that are together not above `high`.
    fn at_most(&mut self, high: &[u32]) -> Result<usize, Excess> {
        let first = self.add(high.is_empty())?;
        let mut state = first;
        for (index, &digit) in high.iter().enumerate() {
            let left = high.len().saturating_sub(index).saturating_sub(1);
            if digit > ZERO {
                let any = self.any(left)?;
                self.step(state, ZERO, digit.saturating_sub(1), any);
            }
            let next = self.add(left == 0)?;
            self.step(state, digit, digit, next);
            state = next;
        }
        Ok(first)
    }

    /// So many digits of any kind.
    fn any(&mut self, count: usize) -> Result<usize, Excess> {
        let first = self.add(count == 0)?;
        let mut state = first;
        for left in (0..count).rev() {
            let next = self.add(left == 0)?;
            self.step(state, ZERO, NINE, next);
            state = next;
        }
        Ok(first)
    }

    /// A new state.
    fn add(&mut self, accept: bool) -> Result<usize, Excess> {
        self.budget.charge(1)?;
        self.states.push(State { accept, transitions: Transitions::new() });
        Ok(self.states.len().saturating_sub(1))
    }

    /// A step from one state to another.
    fn step(&mut self, source: usize, min: u32, max: u32, dest: usize) {
        if let Some(state) = self.states.get_mut(source) {
            state.transitions.push(shift(Transition { min, max, dest: 0 }, dest));
        }
    }

    /// Keeps the state as one at which a number may start, when only zeros came before it.
    fn note(&mut self, state: usize, zeros: bool) {
        if zeros {
            self.initials.push(state);
        }
    }
}

/// The code point of `0`.
const ZERO: u32 = 0x30;

/// The code point of `9`.
const NINE: u32 = 0x39;
