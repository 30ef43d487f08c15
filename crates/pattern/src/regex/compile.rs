//! From a parsed expression to the automaton that Lucene 10 builds for it.

use super::Expression;
use super::Part;
use crate::automaton::Automaton;
use crate::automaton::Budget;
use crate::automaton::Excess;
use crate::automaton::complement;
use crate::automaton::concatenate;
use crate::automaton::decimal_interval;
use crate::automaton::intersection;
use crate::automaton::optional;
use crate::automaton::repeat;
use crate::automaton::repeat_at_least;
use crate::automaton::repeat_between;
use crate::automaton::union;

/// Builds the automaton of a whole expression.
pub(crate) fn compile(expression: &Expression, budget: &mut Budget) -> Result<Automaton, Excess> {
    let mut built = Built { automata: Vec::with_capacity(expression.parts.len()) };
    for part in &expression.parts {
        let automaton = built.build(part, budget)?;
        built.automata.push(automaton);
    }
    Ok(built.take(expression.root()))
}

/// The automata of the parts so far. Each is used once, by the part it belongs to.
struct Built {
    automata: Vec<Automaton>,
}

impl Built {
    fn build(&mut self, part: &Part, budget: &mut Budget) -> Result<Automaton, Excess> {
        match part {
            Part::AnyString => Ok(Automaton::any_string()),
            Part::AtLeast(part, min) => repeat_at_least(self.take(*part), *min, budget),
            Part::Between(part, min, max) => repeat_between(&self.take(*part), *min, *max, budget),
            Part::Complement(part) => complement(self.take(*part), budget),
            Part::Concatenation(parts) => concatenate(&self.borrow(parts), budget),
            Part::Interval { min, max, width } => decimal_interval(*min, *max, *width, budget),
            Part::Intersection(left, right) => {
                intersection(&self.take(*left), &self.take(*right), budget)
            }
            Part::Nothing => Ok(Automaton::empty()),
            Part::OneOf(ranges) if ranges.is_empty() => Ok(Automaton::empty()),
            Part::OneOf(ranges) => Automaton::one_of(ranges, budget),
            Part::Optional(part) => optional(self.take(*part), budget),
            Part::Repeat(part) => repeat(self.take(*part), budget),
            Part::Text(text) => Automaton::string(text.chars().map(u32::from), budget),
            Part::Union(parts) => union(&self.borrow(parts), budget),
        }
    }

    /// The automaton of a part, which is not needed again.
    fn take(&mut self, number: usize) -> Automaton {
        let slot = self.automata.get_mut(number);
        slot.map_or_else(Automaton::empty, |slot| std::mem::replace(slot, Automaton::empty()))
    }

    /// The automata of several parts.
    fn borrow(&self, numbers: &[usize]) -> Vec<&Automaton> {
        numbers.iter().filter_map(|&number| self.automata.get(number)).collect()
    }
}
