//! Many restrictions files that judge the same names.

use std::collections::BTreeMap;

use crosstrust_pattern::{Matcher, Pattern};

use crate::restrictions::Restrictions;

/// Restrictions files made ready together: a name is compared once with the patterns of all of them, and
/// a pattern that several files have is compared once.
#[derive(Clone, Debug)]
pub struct RestrictionsSet {
    matcher: Matcher,
    /// The patterns, each once.
    patterns: Vec<String>,
    /// File by file the positions of its patterns among all, in ascending order.
    files: Vec<Vec<usize>>,
}

impl RestrictionsSet {
    /// Makes files ready; their positions are those of this list.
    pub fn new<'a>(files: impl IntoIterator<Item = &'a Restrictions>) -> Self {
        let mut positions = BTreeMap::new();
        let mut patterns: Vec<Pattern> = Vec::new();
        let mut of_files = Vec::new();
        for file in files {
            let each = file.patterns().iter().map(|pattern| {
                *positions.entry(pattern.as_str().to_owned()).or_insert_with(|| {
                    patterns.push(pattern.clone());
                    patterns.len().saturating_sub(1)
                })
            });
            let mut own = each.collect::<Vec<_>>();
            own.sort_unstable();
            own.dedup();
            of_files.push(own);
        }
        let texts = patterns.iter().map(|pattern| pattern.as_str().to_owned()).collect();
        Self { matcher: Matcher::new(&patterns), patterns: texts, files: of_files }
    }

    /// The patterns, each with how many files have it, in the order of their positions.
    pub fn patterns(&self) -> Vec<(&str, usize)> {
        let mut counts = vec![0_usize; self.patterns.len()];
        for position in self.files.iter().flatten() {
            if let Some(count) = counts.get_mut(*position) {
                *count = count.saturating_add(1);
            }
        }
        self.patterns.iter().map(String::as_str).zip(counts).collect()
    }

    /// Which patterns of all files match one of the names: positions for [`Self::admits`], in ascending
    /// order.
    pub fn matching<S: AsRef<str>>(&self, names: &[S]) -> Vec<usize> {
        let each = names.iter().flat_map(|name| self.matcher.all_matches(name.as_ref()));
        let mut matching = each.collect::<Vec<_>>();
        matching.sort_unstable();
        matching.dedup();
        matching
    }

    /// Whether a file, by its position, has one of the patterns that [`Self::matching`] gave.
    pub fn admits(&self, file: usize, matching: &[usize]) -> bool {
        let own = self.files.get(file).map_or(&[][..], Vec::as_slice);
        let (few, many) =
            if own.len() < matching.len() { (own, matching) } else { (matching, own) };
        few.iter().any(|position| many.binary_search(position).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file of a set judges as it does alone.
    #[test]
    fn a_set_judges_as_each_file_does() {
        let texts = [
            "trust.subject_name: ['*.east', 'n1.west']\n",
            "trust.subject_name: ['/n[12].*/', '*.east']\n",
            "trust.subject_name: []\n",
            "trust.subject_name: ['*']\n",
            "trust.subject_name: ['n?.we*', '*.east', '*.*']\n",
        ];
        let files = texts.map(|text| Restrictions::parse("trust.yml", text.as_bytes()).unwrap());
        let set = RestrictionsSet::new(&files);
        assert_eq!(set.patterns()[0], ("*.east", 3));
        for names in [&["n1.east"][..], &["n1.west"], &["n3.west", "x"], &[], &["x"], &["N1.EAST"]]
        {
            let matching = set.matching(names);
            for (position, file) in files.iter().enumerate() {
                let expected = file.judge(names).is_some();
                assert_eq!(set.admits(position, &matching), expected, "{names:?} {position}");
            }
        }
    }
}
