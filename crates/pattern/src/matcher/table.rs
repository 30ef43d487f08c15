//! Numbers of things, found by their hashes.

/// Sorted hashes: the number of a thing is the position of its hash.
///
/// Hashes with the same leading bits stand together, and the first of them is known. Where many
/// do, by chance or by intent, a binary search finds them: no input makes this slow.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    hashes: Vec<u64>,
    /// For each value of the leading bits, how many hashes are below it; and how many there are.
    starts: Vec<u32>,
    /// How far a hash is shifted for its leading bits.
    shift: u32,
}

impl Table {
    /// The table of these hashes, which are sorted.
    pub(super) fn new(hashes: Vec<u64>) -> Self {
        let buckets = hashes.len().saturating_mul(2).next_power_of_two().max(2);
        let shift = u64::BITS.saturating_sub(buckets.trailing_zeros());
        let mut starts = Vec::with_capacity(buckets.saturating_add(1));
        let mut below: usize = 0;
        for bucket in 0..buckets {
            starts.push(narrow(below));
            let rest = hashes.get(below..).unwrap_or_default();
            let inside = rest.iter().take_while(|&&hash| leading(hash, shift) <= bucket).count();
            below = below.saturating_add(inside);
        }
        starts.push(narrow(hashes.len()));
        Self { hashes, starts, shift }
    }

    /// The numbers with this hash: seldom more than one.
    pub(super) fn find(&self, hash: u64) -> std::ops::Range<usize> {
        let bucket = leading(hash, self.shift);
        let start = self.start(bucket);
        let end = self.start(bucket.saturating_add(1));
        let hashes = self.hashes.get(start..end).unwrap_or_default();
        let below = hashes.partition_point(|&other| other < hash);
        let alike = hashes.get(below..).unwrap_or_default();
        let alike = alike.partition_point(|&other| other == hash);
        let start = start.saturating_add(below);
        start..start.saturating_add(alike)
    }

    /// How many hashes are below those with these leading bits.
    fn start(&self, bucket: usize) -> usize {
        widen(self.starts.get(bucket).copied().unwrap_or_default())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }
}

/// A position, as it is kept. So many as would not fit do not come from files, which are bounded.
pub(super) fn narrow(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

/// A position that was kept.
pub(super) fn widen(position: u32) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

/// The leading bits of a hash.
fn leading(hash: u64, shift: u32) -> usize {
    usize::try_from(hash >> shift).unwrap_or(usize::MAX)
}

/// Spreads a number over all bits; no two numbers become the same.
pub(super) fn spread(number: u64) -> u64 {
    let mixed = (number ^ (number >> 32)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed ^ (mixed >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_however_their_hashes_lie() {
        let spread: Vec<u64> = (0..1000).map(|number| number << 53).collect();
        let crowded: Vec<u64> = (0..1000).map(|number| number / 3).collect();
        for hashes in [vec![], vec![7], vec![0, u64::MAX], spread, crowded] {
            let table = Table::new(hashes.clone());
            for &hash in hashes.iter().chain(&[1, 8, u64::MAX - 1]) {
                let numbers = 0..hashes.len();
                let expected: Vec<usize> =
                    numbers.filter(|&number| hashes[number] == hash).collect();
                assert_eq!(table.find(hash).collect::<Vec<_>>(), expected, "{hash}");
            }
        }
    }
}
