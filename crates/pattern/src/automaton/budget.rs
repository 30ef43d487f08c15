//! The bound on what building automata may cost.

/// The number of states and transitions that building one pattern may create.
///
/// It bounds memory and time where Lucene has no bound of its own, as in `/((a{1000}){1000})/`.
pub(crate) const MAX_PARTS: u64 = 3_000_000;

/// Why an automaton was not built.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Excess {
    /// Lucene's own limit on determinisation was reached.
    Effort {
        /// The limit.
        limit: u64,
    },
    /// Our bound on states and transitions was reached.
    Parts {
        /// The limit.
        limit: u64,
    },
}

/// What is left of the allowance for states and transitions.
#[derive(Clone, Debug)]
pub(crate) struct Budget {
    limit: u64,
    left: u64,
    /// Steps of work that left nothing behind.
    work: u64,
}

impl Budget {
    /// An allowance of `limit` states and transitions.
    pub(crate) fn new(limit: u64) -> Self {
        Self { limit, left: limit, work: 0 }
    }

    /// No bound, for work that something else bounds.
    pub(crate) fn unlimited() -> Self {
        Self::new(u64::MAX)
    }

    /// What was built and done so far. Of many patterns together each step of work counts in full.
    pub(crate) fn spent(&self) -> u64 {
        self.limit.saturating_sub(self.left).saturating_add(self.work)
    }

    /// Takes `parts` from the allowance.
    pub(crate) fn charge(&mut self, parts: usize) -> Result<(), Excess> {
        self.charge_product(parts, 1)
    }

    /// Takes work that leaves nothing behind from the allowance, in which it costs less than what
    /// stays.
    pub(crate) fn charge_work(&mut self, steps: usize) -> Result<(), Excess> {
        self.work = self.work.saturating_add(u64::try_from(steps).unwrap_or(u64::MAX));
        self.charge(steps.div_ceil(STEPS_OF_A_PART))
    }

    /// Takes `parts` times `count` from the allowance.
    pub(crate) fn charge_product(&mut self, parts: usize, count: usize) -> Result<(), Excess> {
        let parts = parts.checked_mul(count).and_then(|cost| u64::try_from(cost).ok());
        match parts.and_then(|cost| self.left.checked_sub(cost)) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => Err(Excess::Parts { limit: self.limit }),
        }
    }
}

/// How many steps of work cost as much as a part that is kept.
const STEPS_OF_A_PART: usize = 8;
