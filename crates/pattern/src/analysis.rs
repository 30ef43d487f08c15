//! Patterns that others in the same file make superfluous.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::automaton::Budget;
use crate::automaton::Excess;
use crate::containment::Containment;
use crate::matcher::Matcher;
use crate::pattern::Form;
use crate::pattern::Pattern;

/// Another pattern that matches every name that a pattern matches.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Cover {
    /// The index of the other pattern.
    pub by: usize,
    /// How the two compare.
    pub kind: CoverKind,
}

/// How a pattern compares with the one that covers it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum CoverKind {
    /// It matches fewer names.
    Narrower,
    /// It matches the same names, written in another way.
    SameNames,
    /// It is the same text.
    SameText,
}

/// Which patterns of a file are covered by others.
///
/// Of patterns that match the same names, the first covers the others. Patterns that match no
/// name are left out.
#[derive(Clone, Debug)]
pub struct Analysis {
    covers: Vec<Option<Cover>>,
    complete: bool,
}

impl Analysis {
    /// Compares all patterns of a file.
    pub fn new(patterns: &[Pattern]) -> Self {
        Self::within(patterns, Budget::new(MAX_COMPARING))
    }

    /// Compares all patterns of a file, with a bound on comparing automata.
    fn within(patterns: &[Pattern], comparing: Budget) -> Self {
        let mut comparison = Comparison::new(patterns, comparing);
        let mut covers = Vec::with_capacity(patterns.len());
        let mut complete = true;
        for index in 0..patterns.len() {
            let cover = comparison.cover(index);
            complete &= cover.is_ok();
            covers.push(cover.unwrap_or_default());
        }
        Self { covers, complete }
    }

    /// The first pattern that covers the one at `index`.
    pub fn cover(&self, index: usize) -> Option<Cover> {
        self.covers.get(index).copied().flatten()
    }

    /// Whether every pattern was compared; if not, the file is too complex to find all covers.
    pub fn is_complete(&self) -> bool {
        self.complete
    }
}

/// Patterns made ready to be compared.
struct Comparison<'a> {
    patterns: &'a [Pattern],
    /// The first pattern with each text.
    first: BTreeMap<&'a str, usize>,
    /// Patterns of distinct texts, and their indices.
    matcher: Matcher,
    indices: Vec<usize>,
    /// A character that is in no pattern.
    foreign: char,
    matching: Budget,
    comparing: Budget,
}

impl<'a> Comparison<'a> {
    fn new(patterns: &'a [Pattern], comparing: Budget) -> Self {
        let mut first = BTreeMap::new();
        let mut indices = Vec::new();
        let mut distinct = Vec::new();
        for (index, pattern) in patterns.iter().enumerate() {
            first.entry(pattern.as_str()).or_insert_with(|| {
                indices.push(index);
                distinct.push(pattern.clone());
                index
            });
        }
        Self {
            patterns,
            first,
            matcher: Matcher::new(&distinct),
            indices,
            foreign: foreign_character(patterns),
            matching: Budget::new(MAX_MATCHING),
            comparing,
        }
    }

    /// The first pattern that covers the one at `index`.
    fn cover(&mut self, index: usize) -> Result<Option<Cover>, Excess> {
        let Some(pattern) = self.patterns.get(index) else { return Ok(None) };
        if let Some(&by) = self.first.get(pattern.as_str())
            && by != index
        {
            return Ok(Some(Cover { by, kind: CoverKind::SameText }));
        }
        let Some(sample) = self.sample(pattern) else { return Ok(None) };
        for number in self.matcher.all_matches_within(&sample, &mut self.matching)? {
            let Some(&by) = self.indices.get(number).filter(|&&by| by != index) else { continue };
            let Some(other) = self.patterns.get(by) else { continue };
            if !self.contains(other, pattern)? {
                continue;
            }
            let same = self.contains(pattern, other)?;
            // Of two that match the same names, the later one is covered.
            if !same || by < index {
                let kind = if same { CoverKind::SameNames } else { CoverKind::Narrower };
                return Ok(Some(Cover { by, kind }));
            }
        }
        Ok(None)
    }

    /// A name that the pattern matches, and that few others match unless they cover it.
    fn sample(&self, pattern: &Pattern) -> Option<String> {
        match pattern.form() {
            Form::Wildcard(wildcard) => {
                Some(wildcard.sample(self.foreign, self.foreign.encode_utf8(&mut [0; 4])))
            }
            Form::Nothing | Form::Automaton(..) => pattern.example(),
        }
    }

    /// Whether `outer` matches every name that `inner` matches.
    fn contains(&mut self, outer: &Pattern, inner: &Pattern) -> Result<bool, Excess> {
        match outer.contains_within(inner, &mut self.comparing) {
            Containment::Yes => Ok(true),
            Containment::No { .. } => Ok(false),
            Containment::TooComplex => Err(Excess::Parts { limit: MAX_COMPARING }),
        }
    }
}

/// A character of the private use area that is in none of the patterns.
fn foreign_character(patterns: &[Pattern]) -> char {
    let used: BTreeSet<char> = patterns
        .iter()
        .flat_map(|pattern| pattern.as_str().chars())
        .filter(|character| PRIVATE_USE.contains(character))
        .collect();
    PRIVATE_USE.clone().find(|character| !used.contains(character)).unwrap_or('\u{E000}')
}

/// Characters that no name has any reason to contain.
const PRIVATE_USE: std::ops::RangeInclusive<char> = '\u{E000}'..='\u{F8FF}';

/// How many bytes of samples may be tried on patterns for one file.
const MAX_MATCHING: u64 = 100_000_000;

/// How many steps all comparisons of automata for one file may take.
const MAX_COMPARING: u64 = 5_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    fn analysis(texts: &[&str]) -> Analysis {
        let patterns: Vec<Pattern> =
            texts.iter().map(|text| Pattern::parse(text).unwrap()).collect();
        Analysis::new(&patterns)
    }

    #[test]
    fn each_pattern_is_covered_by_the_first_that_matches_all_its_names() {
        #[track_caller]
        fn check(texts: &[&str], expected: &[Option<(usize, CoverKind)>]) {
            let analysis = analysis(texts);
            let covers: Vec<_> = (0..texts.len())
                .map(|index| analysis.cover(index).map(|cover| (cover.by, cover.kind)))
                .collect();
            assert_eq!(covers, expected, "{texts:?}");
            assert!(analysis.is_complete());
        }

        use CoverKind::Narrower;
        use CoverKind::SameNames;
        use CoverKind::SameText;

        check(&["*.a", "*.b"], &[None, None]);
        check(&["*.a", "*.a", "*.a"], &[None, Some((0, SameText)), Some((0, SameText))]);
        check(&["x.a", "*.a", "*"], &[Some((1, Narrower)), Some((2, Narrower)), None]);
        check(&["*.a", "**.a", r"/.*\.a/"], &[None, Some((0, SameNames)), Some((0, SameNames))]);
        check(&["a?", "aa", "a*"], &[Some((2, Narrower)), Some((0, Narrower)), None]);
        check(&["a*b", "*b", "a*"], &[Some((1, Narrower)), None, None]);
        check(&["*a?b*", "*a.b*"], &[None, Some((0, Narrower))]);
        check(&["/n[0-9]/", "/n[0-9]+/", "n?"], &[Some((1, Narrower)), None, None]);
        check(&["/n[0-9]/", "n?"], &[Some((1, Narrower)), None]);
        check(&["n?", "/n./"], &[None, Some((0, SameNames))]);
        check(&["", "*", "/#/", "\u{1F600}"], &[None, None, None, None]);
        check(&["node-1", "/node-<1-3>/"], &[Some((1, Narrower)), None]);
    }

    #[test]
    fn a_file_that_would_take_too_long_is_compared_in_part() {
        let texts = ["*.a", "x.a", "/[a-f]+x/", "/[a-z]+x?/"];
        let patterns: Vec<Pattern> =
            texts.iter().map(|text| Pattern::parse(text).unwrap()).collect();
        let analysis = Analysis::within(&patterns, Budget::new(2));
        let cover = Cover { by: 0, kind: CoverKind::Narrower };
        assert_eq!((analysis.cover(1), analysis.cover(2)), (Some(cover), None));
        assert!(!analysis.is_complete());
        assert!(Analysis::new(&patterns).cover(2).is_some_and(|cover| cover.by == 3));
    }
}
