//! Patterns with no wildcard but one star, found by the text before and after it.

use super::prefixes;
use super::prefixes::Prefixes;
use super::prefixes::Text;

/// Whole names, and pairs of a start and an end.
#[derive(Clone, Debug)]
pub(super) struct Affixes {
    whole: Prefixes,
    /// The ends, written backwards.
    ends: Prefixes,
    /// The starts, those that share an end in one set, and the patterns that have them.
    starts: Prefixes,
    /// For each start, the first pattern with it or with a shorter start.
    best: Vec<usize>,
    /// For each end, the first pattern with it or with a shorter end.
    floors: Vec<usize>,
}

/// Affixes that are being collected.
#[derive(Debug, Default)]
pub(super) struct Builder<'a> {
    whole: prefixes::Builder,
    ends: prefixes::Builder,
    pairs: Vec<(&'a str, usize)>,
}

impl<'a> Builder<'a> {
    /// Adds a pattern without a star. Patterns come in order.
    pub(super) fn add_whole(&mut self, text: &str, index: usize) {
        self.whole.add(0, text.bytes(), index);
    }

    /// Adds a pattern with a star. Patterns come in order.
    pub(super) fn add(&mut self, first: &'a str, last: &str, index: usize) {
        self.ends.add(0, last.bytes().rev(), self.pairs.len());
        self.pairs.push((first, index));
    }

    /// Makes the collection ready.
    pub(super) fn finish(self) -> Affixes {
        let ends = self.ends.finish();
        let mut starts = prefixes::Builder::default();
        let mut floors = vec![usize::MAX; ends.len()];
        for end in ends.parents_first() {
            let pairs = ends.members(end).iter().filter_map(|&pair| self.pairs.get(pair));
            let mut floor = ends.parent(end).and_then(|parent| floors.get(parent)).copied();
            for (first, index) in pairs {
                starts.add(end, first.bytes(), *index);
                floor = Some(floor.unwrap_or(usize::MAX).min(*index));
            }
            replace(&mut floors, end, floor);
        }
        let starts = starts.finish();
        let mut best = vec![usize::MAX; starts.len()];
        for start in starts.parents_first() {
            let above = starts.parent(start).and_then(|parent| best.get(parent)).copied();
            let own = starts.members(start).first().copied();
            replace(&mut best, start, own.into_iter().chain(above).min());
        }
        Affixes { whole: self.whole.finish(), ends, starts, best, floors }
    }
}

fn replace(list: &mut [usize], position: usize, value: Option<usize>) {
    if let (Some(place), Some(value)) = (list.get_mut(position), value) {
        *place = value;
    }
}

impl Affixes {
    /// The first pattern that matches the whole of `name`.
    pub(super) fn first(&self, name: &str) -> Option<usize> {
        let text = Text::new(name.as_bytes());
        let mut best = self.whole(&text).first().copied().unwrap_or(usize::MAX);
        let reversed: Vec<u8> = name.bytes().rev().collect();
        for end in self.ends.of(0, &Text::new(&reversed), name.len()) {
            if self.floors.get(end).is_none_or(|floor| *floor >= best) {
                break;
            }
            let found = self.starts.of(end, &text, self.before(name, end)).next();
            let found = found.and_then(|start| self.best.get(start)).copied();
            best = best.min(found.unwrap_or(usize::MAX));
        }
        (best != usize::MAX).then_some(best)
    }

    /// All patterns that match the whole of `name`, in no particular order.
    pub(super) fn all(&self, name: &str) -> Vec<usize> {
        let text = Text::new(name.as_bytes());
        let mut all = self.whole(&text).to_vec();
        let reversed: Vec<u8> = name.bytes().rev().collect();
        for end in self.ends.of(0, &Text::new(&reversed), name.len()) {
            for start in self.starts.of(end, &text, self.before(name, end)) {
                all.extend(self.starts.members(start));
            }
        }
        all
    }

    /// How many bytes of a name stand before an end that it has.
    fn before(&self, name: &str, end: usize) -> usize {
        name.len().saturating_sub(self.ends.length(end))
    }

    /// The patterns that are exactly this name.
    fn whole(&self, name: &Text<'_>) -> &[usize] {
        self.whole.find(0, name).map_or(&[], |number| self.whole.members(number))
    }
}
