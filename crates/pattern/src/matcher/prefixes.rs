//! Sets of byte strings that find those which another one starts with.

use std::cmp::Ordering;
use std::ops::Range;

use super::table::Table;
use super::table::narrow;
use super::table::spread;
use super::table::widen;

/// Byte strings in numbered sets, each with the longest other one of its set that it starts with.
#[derive(Clone, Debug, Default)]
pub(super) struct Prefixes {
    table: Table,
    keys: Vec<Key>,
    /// The bytes of all keys.
    bytes: Vec<u8>,
    /// What each key stands for, one key's after the other's.
    members: Vec<u32>,
    /// For each set the lengths of its keys, the longest first.
    lengths: Vec<Vec<usize>>,
}

/// A byte string of a set. A file can have many thousands of them, so they are kept small.
#[derive(Clone, Copy, Debug)]
struct Key {
    set: u32,
    start: u32,
    end: u32,
    /// Where what it stands for ends; that of the next one follows.
    members: u32,
    /// The number of its parent, or [`NONE`].
    parent: u32,
}

/// Keys that are being collected.
#[derive(Debug, Default)]
pub(super) struct Builder {
    entries: Vec<Entry>,
    bytes: Vec<u8>,
    lengths: Vec<Vec<usize>>,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    hash: u64,
    set: u32,
    start: u32,
    end: u32,
    member: u32,
}

/// A byte string to be looked up, and the hashes of all that it starts with.
#[derive(Debug)]
pub(super) struct Text<'a> {
    bytes: &'a [u8],
    hashes: Vec<u64>,
}

impl<'a> Text<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let mut hashes = Vec::with_capacity(bytes.len().saturating_add(1));
        let mut hash = SEED;
        hashes.push(hash);
        for byte in bytes {
            hash = step(hash, *byte);
            hashes.push(hash);
        }
        Self { bytes, hashes }
    }

    /// Its first bytes and their hash in a set; none if it is shorter.
    fn start(&self, set: usize, length: usize) -> Option<(&[u8], u64)> {
        Some((self.bytes.get(..length)?, in_set(*self.hashes.get(length)?, set)))
    }
}

impl Builder {
    /// Adds a key to a set, and what it stands for. Members of one key come in order.
    pub(super) fn add(&mut self, set: usize, key: impl Iterator<Item = u8>, member: usize) {
        let start = self.bytes.len();
        let mut hash = SEED;
        for byte in key {
            self.bytes.push(byte);
            hash = step(hash, byte);
        }
        let end = self.bytes.len();
        self.entries.push(Entry {
            hash: in_set(hash, set),
            set: narrow(set),
            start: narrow(start),
            end: narrow(end),
            member: narrow(member),
        });
        if self.lengths.len() <= set {
            self.lengths.resize(set.saturating_add(1), Vec::new());
        }
        // Neighbours are often of one length.
        let length = end.saturating_sub(start);
        if let Some(lengths) = self.lengths.get_mut(set).filter(|all| all.last() != Some(&length)) {
            lengths.push(length);
        }
    }

    pub(super) fn finish(self) -> Prefixes {
        let Self { mut entries, bytes, mut lengths } = self;
        for lengths in &mut lengths {
            lengths.sort_unstable_by(|one, other| other.cmp(one));
            lengths.dedup();
        }
        entries.sort_unstable_by(|one, other| {
            one.order(other, &bytes).then(one.member.cmp(&other.member))
        });
        let mut keys = Vec::with_capacity(entries.len());
        let (mut hashes, mut members) = (Vec::with_capacity(entries.len()), Vec::new());
        for alike in entries.chunk_by(|one, other| one.order(other, &bytes).is_eq()) {
            let Some(&Entry { hash, set, start, end, .. }) = alike.first() else { continue };
            members.extend(alike.iter().map(|entry| entry.member));
            keys.push(Key { set, start, end, members: narrow(members.len()), parent: NONE });
            hashes.push(hash);
        }
        let mut prefixes = Prefixes { table: Table::new(hashes), keys, bytes, members, lengths };
        prefixes.find_parents();
        prefixes
    }
}

impl Entry {
    fn order(&self, other: &Self, bytes: &[u8]) -> Ordering {
        let text = |entry: &Self| bytes.get(widen(entry.start)..widen(entry.end));
        let sets = (self.hash, self.set).cmp(&(other.hash, other.set));
        sets.then_with(|| text(self).cmp(&text(other)))
    }
}

impl Prefixes {
    fn find_parents(&mut self) {
        let parents = self.keys.iter().enumerate().map(|(number, key)| {
            let set = widen(key.set);
            let shorter = self.shorter(set, self.length(number));
            if shorter.is_empty() {
                return None;
            }
            self.longest(set, &Text::new(self.bytes(key)), shorter)
        });
        let parents: Vec<Option<usize>> = parents.collect();
        for (key, parent) in self.keys.iter_mut().zip(parents) {
            key.parent = parent.map_or(NONE, narrow);
        }
    }

    /// The lengths of keys of a set that are less than one.
    fn shorter(&self, set: usize, length: usize) -> &[usize] {
        let lengths = self.lengths.get(set).map_or(&[][..], Vec::as_slice);
        let below = lengths.partition_point(|&other| other >= length);
        lengths.get(below..).unwrap_or_default()
    }

    /// The numbers of all keys of a set that the first bytes of a text start with, the longest
    /// first.
    pub(super) fn of(
        &self,
        set: usize,
        text: &Text<'_>,
        bytes: usize,
    ) -> impl Iterator<Item = usize> {
        let lengths = self.shorter(set, bytes.saturating_add(1));
        let longest = self.longest(set, text, lengths);
        std::iter::successors(longest, |&number| self.parent(number))
    }

    /// The key of a set that is exactly this text.
    pub(super) fn find(&self, set: usize, text: &Text<'_>) -> Option<usize> {
        self.longest(set, text, &[text.bytes.len()])
    }

    /// The longest key of a set that `text` starts with, of some lengths.
    fn longest(&self, set: usize, text: &Text<'_>, lengths: &[usize]) -> Option<usize> {
        lengths.iter().find_map(|&length| {
            let (bytes, hash) = text.start(set, length)?;
            let alike = self.table.find(hash);
            let keys = self.keys.get(alike.clone())?;
            let wanted = (narrow(set), bytes);
            let found =
                keys.binary_search_by(|key| (key.set, self.bytes(key)).cmp(&wanted)).ok()?;
            alike.start.checked_add(found)
        })
    }

    fn bytes(&self, key: &Key) -> &[u8] {
        self.bytes.get(widen(key.start)..widen(key.end)).unwrap_or_default()
    }

    /// The longest other key of the same set that this one starts with.
    pub(super) fn parent(&self, number: usize) -> Option<usize> {
        let parent = self.keys.get(number)?.parent;
        (parent != NONE).then_some(widen(parent))
    }

    /// What a key stands for, in order.
    pub(super) fn members(&self, number: usize) -> impl Iterator<Item = usize> {
        let members = self.members.get(self.range(number)).unwrap_or_default();
        members.iter().copied().map(widen)
    }

    /// Where what a key stands for lies in the list of [all that](Self::all_members).
    pub(super) fn range(&self, number: usize) -> Range<usize> {
        let end = |number: usize| self.keys.get(number).map_or(0, |key| widen(key.members));
        number.checked_sub(1).map_or(0, end)..end(number)
    }

    /// What all keys stand for, one key's after the other's.
    pub(super) fn all_members(&self) -> impl Iterator<Item = usize> {
        self.members.iter().copied().map(widen)
    }

    /// The length of a key.
    pub(super) fn length(&self, number: usize) -> usize {
        self.keys.get(number).map_or(0, |key| widen(key.end.saturating_sub(key.start)))
    }

    /// The numbers of all keys, each after its parent.
    pub(super) fn parents_first(&self) -> Vec<usize> {
        let mut numbers: Vec<usize> = (0..self.keys.len()).collect();
        numbers.sort_by_key(|&number| self.length(number));
        numbers
    }

    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }
}

/// The hash of a text that is one byte longer. Texts with the same hash only take longer.
fn step(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(PRIME)
}

/// The hash of a key in a set.
fn in_set(hash: u64, set: usize) -> u64 {
    spread(hash.wrapping_add(u64::try_from(set).unwrap_or_default()))
}

/// The parent of a key that has none.
const NONE: u32 = u32::MAX;

/// Start and factor of the hash named after Fowler, Noll and Vo, in its variant 1a.
const SEED: u64 = 0xCBF2_9CE4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01B3;
