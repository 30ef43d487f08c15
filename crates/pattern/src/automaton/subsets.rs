//! Sets of states, numbered in the order in which they are found.

/// A collection of distinct sets of states.
///
/// The sets lie one after the other in one list, and are found again through a hash table of
/// their numbers: determinisation asks for a set's number more often than for anything else.
#[derive(Clone, Debug)]
pub(super) struct Subsets {
    members: Vec<usize>,
    /// Where each set ends; it starts where the one before it ends.
    ends: Vec<usize>,
    /// Numbers of sets, by hash; a power of two of slots, of which at most half are taken.
    slots: Vec<Option<usize>>,
}

impl Subsets {
    /// No sets.
    pub(super) fn new() -> Self {
        Self { members: Vec::new(), ends: Vec::new(), slots: vec![None; FIRST_SLOTS] }
    }

    /// The set with this number.
    pub(super) fn get(&self, number: usize) -> Option<&[usize]> {
        let start = match number.checked_sub(1) {
            Some(before) => *self.ends.get(before)?,
            None => 0,
        };
        self.members.get(start..*self.ends.get(number)?)
    }

    /// The number of a set, whose states are given in order; a new number where needed.
    pub(super) fn number(&mut self, set: impl Iterator<Item = usize> + Clone) -> usize {
        let slot = self.slot(&set);
        if let Some(number) = self.slots.get(slot).copied().flatten() {
            return number;
        }
        let number = self.ends.len();
        self.members.extend(set);
        self.ends.push(self.members.len());
        if let Some(slot) = self.slots.get_mut(slot) {
            *slot = Some(number);
        }
        if self.ends.len().saturating_mul(2) > self.slots.len() {
            self.grow();
        }
        number
    }

    /// The slot where a set stands, or where it belongs.
    fn slot(&self, set: &(impl Iterator<Item = usize> + Clone)) -> usize {
        let mask = self.slots.len().saturating_sub(1);
        let mut slot = hash(set.clone()) & mask;
        while let Some(number) = self.slots.get(slot).copied().flatten() {
            let known = self.get(number).unwrap_or_default();
            if known.iter().copied().eq(set.clone()) {
                break;
            }
            slot = slot.wrapping_add(1) & mask;
        }
        slot
    }

    /// Doubles the slots.
    fn grow(&mut self) {
        self.slots = vec![None; self.slots.len().saturating_mul(2)];
        for number in 0..self.ends.len() {
            let slot = self.slot(&self.get(number).unwrap_or_default().iter().copied());
            if let Some(slot) = self.slots.get_mut(slot) {
                *slot = Some(number);
            }
        }
    }
}

/// A number that is likely another one for another set.
fn hash(set: impl Iterator<Item = usize>) -> usize {
    let mixed =
        set.fold(usize::MAX, |hash, state| (hash ^ state).wrapping_mul(MULTIPLIER).rotate_left(23));
    mixed ^ mixed.rotate_left(29)
}

/// The number of slots to start with, a power of two.
const FIRST_SLOTS: usize = 16;

/// An odd number with well-spread bits, half as wide as a word at least.
const MULTIPLIER: usize = 0x9E37_79B1;
