//! Patterns with no wildcard but one star, found by the text before and after it.

use super::prefixes;
use super::prefixes::Prefixes;
use super::prefixes::Text;

/// Whole names, and pairs of a start and an end.
#[derive(Clone, Debug)]
pub(super) struct Affixes {
    whole: Prefixes,
    /// The ends, written backwards. They stand for [pairs](Self::pairs).
    ends: Prefixes,
    /// The pairs, those of one end together.
    pairs: Vec<Pair>,
    /// The starts of all pairs.
    text: String,
    /// The starts of pairs that share their end with many, those of one end in one set, and the
    /// patterns that have them.
    starts: Prefixes,
    /// For each such start, the first pattern with it or with a shorter start.
    best: Vec<usize>,
    /// For each end, the first pattern with it or with a shorter end.
    floors: Vec<usize>,
}

/// A pattern with a star, of which the end is known.
#[derive(Clone, Copy, Debug)]
struct Pair {
    /// Where its start begins and ends among those of all.
    start: (usize, usize),
    index: usize,
}

/// Affixes that are being collected.
#[derive(Debug, Default)]
pub(super) struct Builder {
    whole: prefixes::Builder,
    ends: prefixes::Builder,
    pairs: Vec<Pair>,
    text: String,
}

impl Builder {
    /// Adds a pattern without a star. Patterns come in order.
    pub(super) fn add_whole(&mut self, text: &str, index: usize) {
        self.whole.add(0, text.bytes(), index);
    }

    /// Adds a pattern with a star. Patterns come in order.
    pub(super) fn add(&mut self, first: &str, last: &str, index: usize) {
        self.ends.add(0, last.bytes().rev(), self.pairs.len());
        let begin = self.text.len();
        self.text.push_str(first);
        self.pairs.push(Pair { start: (begin, self.text.len()), index });
    }

    /// Makes the collection ready.
    pub(super) fn finish(self) -> Affixes {
        let ends = self.ends.finish();
        let pairs = ends.all_members().filter_map(|pair| self.pairs.get(pair).copied()).collect();
        let mut affixes = Affixes {
            whole: self.whole.finish(),
            floors: vec![usize::MAX; ends.len()],
            ends,
            pairs,
            text: self.text,
            starts: Prefixes::default(),
            best: Vec::new(),
        };
        affixes.find_floors();
        affixes.index_starts();
        affixes
    }
}

impl Affixes {
    fn find_floors(&mut self) {
        for end in self.ends.parents_first() {
            let above = self.ends.parent(end).and_then(|parent| self.floors.get(parent)).copied();
            let own = self.pairs(end).first().map(|pair| pair.index);
            replace(&mut self.floors, end, own.into_iter().chain(above).min());
        }
    }

    fn index_starts(&mut self) {
        let mut starts = prefixes::Builder::default();
        for end in 0..self.ends.len() {
            let pairs = self.pairs(end);
            for pair in pairs.iter().filter(|_| pairs.len() > FEW) {
                starts.add(end, self.start(pair).bytes(), pair.index);
            }
        }
        self.starts = starts.finish();
        self.best = vec![usize::MAX; self.starts.len()];
        for start in self.starts.parents_first() {
            let above = self.starts.parent(start).and_then(|parent| self.best.get(parent)).copied();
            let own = self.starts.members(start).next();
            replace(&mut self.best, start, own.into_iter().chain(above).min());
        }
    }

    /// The first pattern that matches the whole of `name`.
    pub(super) fn first(&self, name: &str) -> Option<usize> {
        let text = Text::new(name.as_bytes());
        let mut best = self.whole(&text).next().unwrap_or(usize::MAX);
        let reversed: Vec<u8> = name.bytes().rev().collect();
        for end in self.ends.of(0, &Text::new(&reversed), name.len()) {
            if self.floors.get(end).is_none_or(|floor| *floor >= best) {
                break;
            }
            best = best.min(self.first_of(end, &text, name).unwrap_or(usize::MAX));
        }
        (best != usize::MAX).then_some(best)
    }

    /// The first pattern with this end that matches the whole of a name that has the end.
    fn first_of(&self, end: usize, text: &Text<'_>, name: &str) -> Option<usize> {
        let (pairs, before) = (self.pairs(end), self.before(name, end));
        if pairs.len() > FEW {
            let start = self.starts.of(end, text, before).next()?;
            return self.best.get(start).copied();
        }
        pairs.iter().find(|pair| self.fits(pair, name, before)).map(|pair| pair.index)
    }

    /// All patterns that match the whole of `name`, in no particular order.
    pub(super) fn all(&self, name: &str) -> Vec<usize> {
        let text = Text::new(name.as_bytes());
        let mut all: Vec<usize> = self.whole(&text).collect();
        let reversed: Vec<u8> = name.bytes().rev().collect();
        for end in self.ends.of(0, &Text::new(&reversed), name.len()) {
            let (pairs, before) = (self.pairs(end), self.before(name, end));
            if pairs.len() > FEW {
                let starts = self.starts.of(end, &text, before);
                all.extend(starts.flat_map(|start| self.starts.members(start)));
            } else {
                let fitting = pairs.iter().filter(|pair| self.fits(pair, name, before));
                all.extend(fitting.map(|pair| pair.index));
            }
        }
        all
    }

    /// Whether the first bytes of a name, so many, begin with the start of a pair.
    fn fits(&self, pair: &Pair, name: &str, bytes: usize) -> bool {
        let start = self.start(pair);
        start.len() <= bytes && name.starts_with(start)
    }

    /// The pairs that have an end, in order.
    fn pairs(&self, end: usize) -> &[Pair] {
        self.pairs.get(self.ends.range(end)).unwrap_or_default()
    }

    fn start(&self, pair: &Pair) -> &str {
        self.text.get(pair.start.0..pair.start.1).unwrap_or_default()
    }

    /// How many bytes of a name stand before an end that it has.
    fn before(&self, name: &str, end: usize) -> usize {
        name.len().saturating_sub(self.ends.length(end))
    }

    /// The patterns that are exactly this name, in order.
    fn whole(&self, name: &Text<'_>) -> impl Iterator<Item = usize> {
        self.whole.find(0, name).into_iter().flat_map(|number| self.whole.members(number))
    }
}

fn replace(list: &mut [usize], position: usize, value: Option<usize>) {
    if let (Some(place), Some(value)) = (list.get_mut(position), value) {
        *place = value;
    }
}

/// So many pairs of one end are as well tried one by one.
const FEW: usize = 4;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_and_many_patterns_of_one_end_are_found_alike() {
        let starts = ["aba", "", "a", "ab", "b", "a", "abab", "ba"];
        let names = ["", "a", "aba", "abaz", "bz", "abz", "zz", "ababz", "abazz", "zabz"];
        for (count, end) in (0..=starts.len()).flat_map(|count| [(count, "z"), (count, "baz")]) {
            let starts = &starts[..count];
            let mut builder = Builder::default();
            for (index, start) in starts.iter().enumerate() {
                builder.add(start, end, index);
            }
            let affixes = builder.finish();
            for name in names {
                let before = name.strip_suffix(end);
                let fits = |start: &&str| before.is_some_and(|before| before.starts_with(*start));
                let numbered = starts.iter().enumerate().filter(|(_, start)| fits(start));
                let expected: Vec<usize> = numbered.map(|(index, _)| index).collect();
                let mut all = affixes.all(name);
                all.sort_unstable();
                assert_eq!(all, expected, "{name} by {starts:?} and {end}");
                assert_eq!(affixes.first(name), expected.first().copied(), "{name} by {starts:?}");
            }
        }
    }
}
