//! The bound on what the patterns of one file may cost together.

use crate::error::Error;
use crate::error::ErrorKind;

/// What is left of the work and memory that the patterns of one file may take together.
///
/// Each pattern alone is bounded; thousands of patterns near that bound are not. Real files take
/// a small part of it.
#[derive(Clone, Debug)]
pub struct Allowance {
    /// Automaton parts that may still be built.
    work: u64,
    /// Automaton parts that may still be kept.
    kept: u64,
}

impl Allowance {
    /// An allowance of so much work and so much to keep, for tests.
    #[cfg(test)]
    pub(crate) fn of(work: u64, kept: u64) -> Self {
        Self { work, kept }
    }

    /// Refuses the next pattern if nothing is left.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if self.work == 0 { Err(spent()) } else { Ok(()) }
    }

    /// Whether so much work and so much that is kept is less than the allowance.
    pub(crate) fn covers(&self, work: u64, kept: u64) -> bool {
        work < self.work && kept < self.kept
    }

    /// Takes from the allowance what a pattern has cost, and what it keeps.
    pub(crate) fn take(&mut self, work: u64, kept: u64) -> Result<(), Error> {
        let (Some(work), Some(kept)) = (self.work.checked_sub(work), self.kept.checked_sub(kept))
        else {
            self.work = 0;
            return Err(spent());
        };
        (self.work, self.kept) = (work, kept);
        Ok(())
    }
}

/// The error once the allowance is spent.
fn spent() -> Error {
    Error { offset: 0, kind: ErrorKind::AllowanceSpent }
}

impl Default for Allowance {
    fn default() -> Self {
        Self { work: MAX_WORK, kept: MAX_KEPT }
    }
}

/// Automaton parts that may be built for one file.
const MAX_WORK: u64 = 250_000_000;

/// Automaton parts that may be kept for one file.
const MAX_KEPT: u64 = 24_000_000;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::Pattern;

    #[test]
    fn patterns_that_are_costly_together_are_refused_from_some_place_on() {
        #[track_caller]
        fn check(work: u64, kept: u64, expected: usize) {
            let mut allowance = Allowance { work, kept };
            let parse = |_: &usize| Pattern::parse_within("/[a-c]{10}x?/", &mut allowance).is_ok();
            assert_eq!((0..50).take_while(parse).count(), expected);
            let spent = Error { offset: 0, kind: ErrorKind::AllowanceSpent };
            assert_eq!(Pattern::parse_within("a*", &mut allowance).err(), Some(spent));
        }

        // Twelve states and eleven transitions are kept of each.
        check(1_000_000, 23 * 7, 7);
        check(0, 1_000, 0);
    }

    #[test]
    fn patterns_without_an_automaton_cost_nothing() {
        let mut allowance = Allowance { work: 1, kept: 0 };
        assert!(Pattern::parse_within("*.node.east", &mut allowance).is_ok());
        assert!(Pattern::parse_within(r"/.*\.node\.east/", &mut allowance).is_ok());
    }
}
