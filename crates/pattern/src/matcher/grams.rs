//! A filter: which patterns can match a name, by a rare piece of text that they contain.

/// An index of patterns by one short piece of the literal text that each must contain.
#[derive(Clone, Debug)]
pub(super) struct Grams {
    /// One table for each length of piece, from 1 byte to 8.
    tables: [Table; WIDEST],
    /// Patterns that contain no literal text.
    free: Vec<usize>,
}

/// A hash table from pieces of one length to patterns.
#[derive(Clone, Debug, Default)]
struct Table {
    /// Pieces and the range of their patterns; a power of two in number, and never full.
    slots: Vec<Option<(u64, usize, usize)>>,
    /// One bit set for each piece, by its hash: small enough to stay near the processor, it
    /// answers for most pieces of most names.
    present: Vec<u64>,
    patterns: Vec<usize>,
}

impl Grams {
    /// Indexes patterns by lists of texts, of each of which a match must contain at least one.
    pub(super) fn new(literals: &[Vec<Vec<String>>]) -> Self {
        let mut counts = Counts::new();
        for text in literals.iter().flatten().flatten() {
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
        Self { tables: chosen.map(Table::new), free }
    }

    /// For each of `count` patterns, whether it must be tried on too many names: it has no piece
    /// of text, or one that many other patterns have too.
    pub(super) fn common(&self, count: usize) -> Vec<bool> {
        let mut common = vec![false; count];
        let crowds = self.tables.iter().flat_map(Table::crowds);
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
        for (width, table) in (1..).zip(&self.tables).filter(|(_, table)| !table.slots.is_empty()) {
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

impl Table {
    /// The table of these pieces and patterns.
    fn new(mut pairs: Vec<(u64, usize)>) -> Self {
        if pairs.is_empty() {
            return Self::default();
        }
        pairs.sort_unstable();
        let size = pairs.len().saturating_mul(2).next_power_of_two();
        let present = vec![0; size.div_ceil(4)];
        let mut table = Self { slots: vec![None; size], present, patterns: Vec::new() };
        for group in pairs.chunk_by(|(a, _), (b, _)| a == b) {
            let start = table.patterns.len();
            table.patterns.extend(group.iter().map(|&(_, pattern)| pattern));
            let end = table.patterns.len();
            if let Some(&(piece, _)) = group.first() {
                let (word, bit) = table.bit(piece);
                if let Some(word) = table.present.get_mut(word) {
                    *word |= bit;
                }
                let slot = table.probe(piece).find(|&slot| table.at(slot).is_none());
                if let Some(slot) = slot.and_then(|slot| table.slots.get_mut(slot)) {
                    *slot = Some((piece, start, end));
                }
            }
        }
        table
    }

    /// Lists of patterns that share a piece with many others.
    fn crowds(&self) -> impl Iterator<Item = &[usize]> {
        let lists = self.slots.iter().flatten();
        let lists = lists.filter_map(|&(_, start, end)| self.patterns.get(start..end));
        lists.filter(|list| list.len() > CROWD)
    }

    /// The patterns indexed by a piece.
    fn get(&self, piece: u64) -> Option<&[usize]> {
        let (word, bit) = self.bit(piece);
        if self.present.get(word).is_none_or(|word| word & bit == 0) {
            return None;
        }
        let found = self.probe(piece).map(|slot| self.at(slot));
        let entry = found.take_while(Option::is_some).flatten().find(|&(key, ..)| key == piece);
        entry.and_then(|(_, start, end)| self.patterns.get(start..end))
    }

    /// The place of a piece among the bits of those that are present.
    fn bit(&self, piece: u64) -> (usize, u64) {
        let hash = hash(piece);
        let word = usize::try_from(hash >> 6).unwrap_or_default();
        (word & self.present.len().saturating_sub(1), 1 << (hash & 63))
    }

    /// What a slot holds.
    fn at(&self, slot: usize) -> Option<(u64, usize, usize)> {
        self.slots.get(slot).copied().flatten()
    }

    /// The slots where a piece may stand, in order.
    fn probe(&self, piece: u64) -> impl Iterator<Item = usize> + use<> {
        let mask = self.slots.len().saturating_sub(1);
        let first = usize::try_from(hash(piece)).unwrap_or_default();
        (0..=mask).map(move |step| first.wrapping_add(step) & mask)
    }
}

/// About how often each piece occurs: pieces that share a counter look as frequent as together.
struct Counts {
    counters: Vec<u32>,
}

impl Counts {
    fn new() -> Self {
        Self { counters: vec![0; COUNTERS] }
    }

    fn add(&mut self, width: usize, piece: u64) {
        if let Some(counter) = self.counters.get_mut(Self::slot(width, piece)) {
            *counter = counter.saturating_add(1);
        }
    }

    fn get(&self, width: usize, piece: u64) -> u32 {
        self.counters.get(Self::slot(width, piece)).copied().unwrap_or_default()
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

    fn slot(width: usize, piece: u64) -> usize {
        let width = u64::try_from(width).unwrap_or_default();
        let slot = hash(piece ^ width.rotate_right(8));
        usize::try_from(slot).unwrap_or_default() & COUNTERS.saturating_sub(1)
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

/// Spreads a number over all bits.
fn hash(piece: u64) -> u64 {
    let mixed = (piece ^ (piece >> 32)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed ^ (mixed >> 29)
}

/// More patterns than this with the same piece are many.
const CROWD: usize = 32;

/// The longest piece, in bytes.
const WIDEST: usize = 8;

/// The number of counters, a power of two.
const COUNTERS: usize = 1 << 20;
