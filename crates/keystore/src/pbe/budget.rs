//! The cost that a file may ask for.

use crate::error::Error;
use crate::error::FormatProblem;

/// The iterations that the key derivations of one file may still take.
pub(crate) struct Budget {
    left: u64,
}

impl Budget {
    /// The full allowance of one file.
    pub(crate) fn new() -> Self {
        Self { left: FILE_LIMIT }
    }

    /// A small allowance.
    #[cfg(test)]
    pub(crate) fn of(left: u64) -> Self {
        Self { left }
    }

    /// Takes the cost of a derivation that runs `iterations` for each of `blocks` blocks of key, at
    /// the cost of its digest, and gives the iterations in the type that the derivations take.
    pub(crate) fn spend(
        &mut self,
        iterations: u64,
        blocks: usize,
        digest_cost: u64,
    ) -> Result<u32, Error> {
        if iterations == 0 {
            let problem = FormatProblem::InvalidValue { what: "iteration count" };
            return Err(Error::Damaged { part: "encryption parameters", problem });
        }
        let limit = DERIVATION_LIMIT / digest_cost.max(1);
        let refusal = Error::TooManyIterations { iterations, limit };
        let count = u32::try_from(iterations).map_err(|_| refusal.clone())?;
        if iterations > limit {
            return Err(refusal);
        }
        let blocks = u64::try_from(blocks).unwrap_or(u64::MAX);
        let cost = blocks.saturating_mul(iterations).saturating_mul(digest_cost);
        let spent = Error::TooMuchWork { limit: FILE_LIMIT };
        self.left = self.left.checked_sub(cost).ok_or(spent)?;
        Ok(count)
    }
}

/// NSS writes 600,000 and a cautious `openssl pkcs12 -iter` may ask for a few millions. In the time of
/// SHA-256: slower digests may be repeated less often, so that no derivation takes over a second.
const DERIVATION_LIMIT: u64 = 5_000_000;
/// Enough for a thousand keys as Java writes them, and for a few at the above limit.
const FILE_LIMIT: u64 = 20_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limits_are_said() {
        let mut budget = Budget::new();
        assert_eq!(budget.spend(600_000, 2, 1), Ok(600_000));
        assert_eq!(
            budget.spend(2_147_483_647, 1, 1),
            Err(Error::TooManyIterations { iterations: 2_147_483_647, limit: 5_000_000 })
        );
        assert_eq!(
            budget.spend(600_000, 1, 10),
            Err(Error::TooManyIterations { iterations: 600_000, limit: 500_000 })
        );
        assert!(budget.spend(u64::MAX, 1, 1).is_err());
        assert!(budget.spend(1, usize::MAX, u64::MAX).is_err());
        assert!(matches!(budget.spend(0, 1, 1), Err(Error::Damaged { .. })));
        assert_eq!(
            (0..20).find_map(|_| budget.spend(5_000_000, 1, 1).err()),
            Some(Error::TooMuchWork { limit: 20_000_000 })
        );
    }
}
