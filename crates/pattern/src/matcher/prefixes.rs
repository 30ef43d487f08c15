//! A set of byte strings that finds those which another one starts with.

/// Byte strings in order, each with the longest other one that it starts with.
#[derive(Clone, Debug, Default)]
pub(super) struct Prefixes {
    keys: Vec<Vec<u8>>,
    parents: Vec<Option<usize>>,
}

impl Prefixes {
    /// The set of these keys, which are sorted and distinct.
    pub(super) fn new(keys: Vec<Vec<u8>>) -> Self {
        let mut parents = Vec::with_capacity(keys.len());
        // The keys that the current one starts with, shortest first.
        let mut chain: Vec<(usize, &[u8])> = Vec::new();
        for (number, key) in keys.iter().enumerate() {
            while chain.pop_if(|(_, shorter)| !key.starts_with(shorter)).is_some() {}
            parents.push(chain.last().map(|&(parent, _)| parent));
            chain.push((number, key));
        }
        Self { keys, parents }
    }

    /// The numbers of all keys that `text` starts with, the longest first.
    pub(super) fn of<'a>(&'a self, text: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
        std::iter::successors(self.longest(text), |&number| self.parent(number))
    }

    /// The number of the longest key that `text` starts with.
    fn longest(&self, mut text: &[u8]) -> Option<usize> {
        loop {
            // The last key not above the text starts with the key that is looked for, and so do
            // the bytes that this last key and the text have in common.
            let number = self.keys.partition_point(|key| key.as_slice() <= text).checked_sub(1)?;
            let key = self.keys.get(number)?;
            let common = key.iter().zip(text).take_while(|(a, b)| a == b).count();
            if common == key.len() {
                return Some(number);
            }
            text = text.get(..common)?;
        }
    }

    /// The longest other key that this one starts with.
    pub(super) fn parent(&self, number: usize) -> Option<usize> {
        self.parents.get(number).copied().flatten()
    }

    /// The length of a key.
    pub(super) fn length(&self, number: usize) -> usize {
        self.keys.get(number).map_or(0, Vec::len)
    }
}
