//! A filter: which patterns can match a name, by a rare piece of text that they contain.

use std::sync::Arc;

use super::table::Table;
use super::table::spread;

/// An index of patterns by one short piece of the literal text that each must contain.
#[derive(Clone, Debug)]
pub(super) struct Grams {
    /// One table for each length of piece, from 1 byte to 8.
    tables: [Pieces; WIDEST],
    /// Patterns that contain no literal text.
    free: Vec<usize>,
}

/// Pieces of one length and the patterns that they lead to.
#[derive(Clone, Debug, Default)]
struct Pieces {
    table: Table,
    /// Where the patterns of each piece end; those of the next one follow.
    ends: Vec<usize>,
    patterns: Vec<usize>,
    /// One bit set for each piece, by its hash: small enough to stay near the processor, it
    /// answers for most pieces of most names.
    present: Vec<u64>,
}

impl Grams {
    /// Indexes patterns by lists of texts, of each of which a match must contain at least one.
    pub(super) fn new(literals: &[Arc<[Vec<String>]>]) -> Self {
        let texts = || literals.iter().flat_map(|lists| lists.iter()).flatten();
        let mut counts = Counts::new(texts().map(String::len).sum());
        for text in texts() {
            pieces(text).for_each(|(width, piece)| counts.add(width, piece));
        }
        let mut chosen: [Vec<(u64, usize)>; WIDEST] = Default::default();
        let mut free = Vec::new();
        for (number, lists) in literals.iter().enumerate() {
            let usable = lists.iter().filter_map(|list| counts.rarest(list));
            let Some((_, best)) = usable.min_by_key(|(cost, _)| *cost) else {
                free.push(number);
                continue;
            };
            for (width, piece) in best {
                if let Some(list) = chosen.get_mut(width.saturating_sub(1)) {
                    list.push((piece, number));
                }
            }
        }
        Self { tables: chosen.map(Pieces::new), free }
    }

    /// For each of `count` patterns, whether it must be tried on too many names: it has no piece
    /// of text, or one that many other patterns have too.
    pub(super) fn common(&self, count: usize) -> Vec<bool> {
        let mut common = vec![false; count];
        let crowds = self.tables.iter().flat_map(Pieces::crowds);
        for &number in crowds.chain([self.free.as_slice()]).flatten() {
            if let Some(mark) = common.get_mut(number) {
                *mark = true;
            }
        }
        common
    }

    /// The numbers of the patterns that may match a name, in order.
    pub(super) fn candidates(&self, name: &str) -> Vec<usize> {
        let mut candidates = self.free.clone();
        let mut found: Vec<&[usize]> = Vec::new();
        for (width, table) in (1..).zip(&self.tables).filter(|(_, table)| !table.table.is_empty()) {
            for window in name.as_bytes().windows(width) {
                found.extend(table.get(pack(window)));
            }
        }
        // A piece can occur often in a name; its patterns are taken once.
        found.sort_unstable();
        found.dedup();
        candidates.extend(found.into_iter().flatten());
        candidates.sort_unstable();
        candidates.dedup();
        candidates
    }
}

impl Pieces {
    /// The table of these pieces and patterns.
    fn new(pairs: Vec<(u64, usize)>) -> Self {
        let spread = pairs.into_iter().map(|(piece, pattern)| (spread(piece), pattern));
        let mut pairs: Vec<(u64, usize)> = spread.collect();
        pairs.sort_unstable();
        let mut pieces = Self { present: vec![0; bit_words(pairs.len())], ..Self::default() };
        let mut hashes = Vec::new();
        // No two pieces of one length have the same hash.
        for group in pairs.chunk_by(|(one, _), (other, _)| one == other) {
            let Some(&(hash, _)) = group.first() else { continue };
            let (word, bit) = pieces.bit(hash);
            if let Some(word) = pieces.present.get_mut(word) {
                *word |= bit;
            }
            hashes.push(hash);
            pieces.patterns.extend(group.iter().map(|&(_, pattern)| pattern));
            pieces.ends.push(pieces.patterns.len());
        }
        pieces.table = Table::new(hashes);
        pieces
    }

    /// Lists of patterns that share a piece with many others.
    fn crowds(&self) -> impl Iterator<Item = &[usize]> {
        let lists = (0..self.ends.len()).filter_map(|number| self.of(number));
        lists.filter(|list| list.len() > CROWD)
    }

    /// The patterns indexed by a piece.
    fn get(&self, piece: u64) -> Option<&[usize]> {
        let hash = spread(piece);
        let (word, bit) = self.bit(hash);
        if self.present.get(word).is_none_or(|word| word & bit == 0) {
            return None;
        }
        self.of(self.table.find(hash).next()?)
    }

    /// The patterns of the piece with a number.
    fn of(&self, number: usize) -> Option<&[usize]> {
        let before = number.checked_sub(1).and_then(|before| self.ends.get(before));
        self.patterns.get(before.copied().unwrap_or_default()..*self.ends.get(number)?)
    }

    /// The place of a hash among the bits of those that are present.
    fn bit(&self, hash: u64) -> (usize, u64) {
        let word = usize::try_from(hash >> 6).unwrap_or_default();
        (word & self.present.len().saturating_sub(1), 1 << (hash & 63))
    }
}

/// How many words of bits are kept for so many pieces: a power of two, with a bit in eight set.
fn bit_words(pieces: usize) -> usize {
    if pieces == 0 { 0 } else { pieces.saturating_mul(2).next_power_of_two().div_ceil(4) }
}

/// About how often each piece occurs: pieces that share a counter look as frequent as together.
struct Counts {
    counters: Vec<u32>,
}

impl Counts {
    /// Counters for about so many pieces.
    fn new(many: usize) -> Self {
        Self { counters: vec![0; many.saturating_mul(8).next_power_of_two().clamp(64, COUNTERS)] }
    }

    fn add(&mut self, width: usize, piece: u64) {
        let slot = self.slot(width, piece);
        if let Some(counter) = self.counters.get_mut(slot) {
            *counter = counter.saturating_add(1);
        }
    }

    fn get(&self, width: usize, piece: u64) -> u32 {
        self.counters.get(self.slot(width, piece)).copied().unwrap_or_default()
    }

    /// The rarest piece of each text, and how frequent these are together.
    ///
    /// None, when some text is empty, or there is no text.
    fn rarest(&self, texts: &[String]) -> Option<(u32, Vec<(usize, u64)>)> {
        let mut total = 0_u32;
        let mut rarest = Vec::with_capacity(texts.len());
        for text in texts {
            // Short pieces are frequent in names: each byte that is missing counts double.
            let count = |&(width, piece): &(usize, u64)| {
                self.get(width, piece).saturating_mul(1 << WIDEST.saturating_sub(width))
            };
            let piece = pieces(text).min_by_key(count)?;
            total = total.saturating_add(count(&piece));
            rarest.push(piece);
        }
        (!rarest.is_empty()).then_some((total, rarest))
    }

    fn slot(&self, width: usize, piece: u64) -> usize {
        let width = u64::try_from(width).unwrap_or_default();
        let slot = spread(piece ^ width.rotate_right(8));
        usize::try_from(slot).unwrap_or_default() & self.counters.len().saturating_sub(1)
    }
}

/// The pieces of a text and their width: all of 8 bytes, or the text as it is when shorter.
fn pieces(text: &str) -> impl Iterator<Item = (usize, u64)> + '_ {
    let width = text.len().min(WIDEST);
    // A text without bytes has no windows, but `windows` refuses a width of 0.
    let windows = text.as_bytes().windows(width.max(1));
    windows.map(move |window| (width, pack(window)))
}

/// The bytes of a piece as a number.
fn pack(piece: &[u8]) -> u64 {
    piece.iter().fold(0, |packed, &byte| packed << 8 | u64::from(byte))
}

/// More patterns than this with the same piece are many.
const CROWD: usize = 32;

/// The longest piece, in bytes.
const WIDEST: usize = 8;

/// The most counters, a power of two.
const COUNTERS: usize = 1 << 20;
