//! Patterns with no wildcard but one star, found by the text before and after it.

use std::collections::BTreeMap;

use super::prefixes::Prefixes;

/// Whole names, and pairs of a start and an end.
#[derive(Clone, Debug)]
pub(super) struct Affixes {
    whole: Vec<(String, Vec<usize>)>,
    /// The ends, written backwards.
    ends: Prefixes,
    /// For each end, the starts that go with it.
    groups: Vec<Group>,
}

/// The starts that share an end.
#[derive(Clone, Debug)]
struct Group {
    starts: Prefixes,
    /// For each start, the patterns with it.
    members: Vec<Vec<usize>>,
    /// For each start, the first pattern with it or with a shorter start.
    best: Vec<usize>,
    /// The first pattern in this group, and in those of the ends that this one ends with.
    floor: usize,
}

/// Affixes that are being collected.
#[derive(Debug, Default)]
pub(super) struct Builder {
    whole: BTreeMap<String, Vec<usize>>,
    ends: BTreeMap<Vec<u8>, BTreeMap<Vec<u8>, Vec<usize>>>,
}

impl Builder {
    /// Adds a pattern without a star. Patterns come in order.
    pub(super) fn add_whole(&mut self, text: &str, index: usize) {
        self.whole.entry(text.to_owned()).or_default().push(index);
    }

    /// Adds a pattern with a star. Patterns come in order.
    pub(super) fn add(&mut self, first: &str, last: &str, index: usize) {
        let starts = self.ends.entry(last.bytes().rev().collect()).or_default();
        starts.entry(first.as_bytes().to_vec()).or_default().push(index);
    }

    /// Makes the collection ready.
    pub(super) fn finish(self) -> Affixes {
        let (ends, starts): (Vec<_>, Vec<_>) = self.ends.into_iter().unzip();
        let ends = Prefixes::new(ends);
        let mut groups: Vec<Group> = Vec::with_capacity(starts.len());
        for (number, starts) in starts.into_iter().enumerate() {
            // An end sorts before those that end with it, so its group is there already.
            let parent = ends.parent(number).and_then(|parent| groups.get(parent));
            let floor = parent.map_or(usize::MAX, |parent| parent.floor);
            groups.push(Group::new(starts, floor));
        }
        Affixes { whole: self.whole.into_iter().collect(), ends, groups }
    }
}

impl Group {
    fn new(starts: BTreeMap<Vec<u8>, Vec<usize>>, floor: usize) -> Self {
        let (keys, members): (Vec<_>, Vec<Vec<usize>>) = starts.into_iter().unzip();
        let starts = Prefixes::new(keys);
        let mut best: Vec<usize> = Vec::with_capacity(members.len());
        for (number, indices) in members.iter().enumerate() {
            let own = indices.first().copied().unwrap_or(usize::MAX);
            let above = starts.parent(number).and_then(|parent| best.get(parent)).copied();
            best.push(own.min(above.unwrap_or(usize::MAX)));
        }
        let floor = best.iter().copied().min().unwrap_or(usize::MAX).min(floor);
        Self { starts, members, best, floor }
    }
}

impl Affixes {
    /// The first pattern that matches the whole of `name`.
    pub(super) fn first(&self, name: &str) -> Option<usize> {
        let mut best = self.whole(name).first().copied().unwrap_or(usize::MAX);
        let reversed: Vec<u8> = name.bytes().rev().collect();
        for end in self.ends.of(&reversed) {
            let Some(group) = self.groups.get(end).filter(|group| group.floor < best) else {
                break;
            };
            let found = group.starts.of(self.before(name, end)).next();
            let found = found.and_then(|start| group.best.get(start)).copied();
            best = best.min(found.unwrap_or(usize::MAX));
        }
        (best != usize::MAX).then_some(best)
    }

    /// All patterns that match the whole of `name`, in no particular order.
    pub(super) fn all(&self, name: &str) -> Vec<usize> {
        let mut all = self.whole(name).to_vec();
        let reversed: Vec<u8> = name.bytes().rev().collect();
        for end in self.ends.of(&reversed) {
            let Some(group) = self.groups.get(end) else { continue };
            for start in group.starts.of(self.before(name, end)) {
                all.extend(group.members.get(start).into_iter().flatten());
            }
        }
        all
    }

    /// The patterns that are exactly this name.
    fn whole(&self, name: &str) -> &[usize] {
        let found = self.whole.binary_search_by(|(text, _)| text.as_str().cmp(name));
        found.ok().and_then(|number| self.whole.get(number)).map_or(&[], |(_, indices)| indices)
    }

    /// The part of a name before an end that it has.
    fn before<'a>(&self, name: &'a str, end: usize) -> &'a [u8] {
        let length = name.len().saturating_sub(self.ends.length(end));
        name.as_bytes().get(..length).unwrap_or_default()
    }
}
