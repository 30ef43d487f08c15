//! Changes to a text, and where a place in the changed text was before.

/// Bytes of a text to be replaced.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Edit {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) insert: String,
}

impl Edit {
    pub(crate) fn new(start: usize, end: usize, insert: impl Into<String>) -> Self {
        Self { start, end, insert: insert.into() }
    }
}

/// Changes to one text, in its order, none within another.
#[derive(Clone, Debug, Default)]
pub(crate) struct Patch {
    /// Each change with where what it inserts begins in the changed text.
    edits: Vec<(usize, Edit)>,
}

impl Patch {
    /// Of changes that get in each other's way the first is taken.
    pub(crate) fn of(edits: impl IntoIterator<Item = Edit>) -> Self {
        let mut sorted: Vec<Edit> = edits.into_iter().collect();
        sorted.sort();
        sorted.dedup();
        let mut taken: Vec<(usize, Edit)> = Vec::new();
        for edit in sorted {
            let start = match taken.last() {
                None => edit.start,
                Some((_, last)) if edit.start < last.end || (edit.start == last.start) => continue,
                Some((begins, last)) => begins
                    .saturating_add(last.insert.len())
                    .saturating_add(edit.start.saturating_sub(last.end)),
            };
            taken.push((start, edit));
        }
        Self { edits: taken }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.edits.len()
    }

    /// The text with the changes made.
    pub(crate) fn apply(&self, text: &str) -> String {
        let mut changed = String::with_capacity(text.len());
        let mut done = 0;
        for (_, edit) in &self.edits {
            changed.push_str(text.get(done..edit.start).unwrap_or_default());
            changed.push_str(&edit.insert);
            done = edit.end;
        }
        changed.push_str(text.get(done..).unwrap_or_default());
        changed
    }

    /// Whether a stretch of the changed text is not as it was.
    pub(crate) fn touches(&self, start: usize, end: usize) -> bool {
        let before = self.edits.partition_point(|(begins, _)| *begins < end);
        let last = before.checked_sub(1).and_then(|at| self.edits.get(at));
        last.is_some_and(|(begins, edit)| begins.saturating_add(edit.insert.len()) > start)
    }

    /// Where a place in the changed text is in the original one.
    pub(crate) fn original_offset(&self, changed: usize) -> usize {
        let after = self.edits.partition_point(|(begins, _)| *begins <= changed);
        let Some((begins, edit)) = after.checked_sub(1).and_then(|at| self.edits.get(at)) else {
            return changed;
        };
        let into = changed.saturating_sub(*begins);
        match into.checked_sub(edit.insert.len()) {
            Some(past) => edit.end.saturating_add(past),
            None => edit.start.saturating_add(into).min(edit.end),
        }
    }

    /// The changes of this patch, and others to the text that it makes.
    pub(crate) fn then(&self, edits: &[Edit]) -> Self {
        let mapped = edits.iter().map(|edit| {
            let (start, end) = (self.original_offset(edit.start), self.original_offset(edit.end));
            Edit::new(start, end, edit.insert.clone())
        });
        Self::of(self.edits.iter().map(|(_, edit)| edit.clone()).chain(mapped))
    }
}

#[cfg(test)]
mod tests {
    use super::Edit;
    use super::Patch;

    #[test]
    fn changes_are_made_and_places_found_again() {
        let patch = Patch::of([Edit::new(6, 8, ""), Edit::new(2, 2, "'"), Edit::new(4, 4, "'")]);
        assert_eq!(patch.apply("a *b c\t\td"), "a '*b' cd");
        let back: Vec<usize> = (0..=9).map(|offset| patch.original_offset(offset)).collect();
        assert_eq!(back, [0, 1, 2, 2, 3, 4, 4, 5, 8, 9]);
        let touched = [(0, 2), (0, 3), (3, 5), (3, 6), (6, 9)].map(|(a, b)| patch.touches(a, b));
        assert_eq!(touched, [false, true, false, true, true]);
    }

    #[test]
    fn of_two_changes_to_one_place_the_first_is_made() {
        let patch = Patch::of([Edit::new(0, 3, "x"), Edit::new(2, 4, "y"), Edit::new(0, 3, "x")]);
        assert_eq!((patch.len(), patch.apply("abcd")), (1, "xd".to_owned()));
    }
}
