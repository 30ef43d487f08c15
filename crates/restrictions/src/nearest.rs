//! The pattern nearest to a name, and where the two differ.

use std::cmp::Reverse;

use crosstrust_pattern::Pattern;

/// How a rejected name comes nearest to being trusted.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Nearest {
    /// The name.
    pub name: String,
    /// The position of the pattern in the file's list, from 0.
    pub pattern: usize,
    /// Where in the name the two part, in characters from 0.
    pub parts_at: usize,
    /// The label of the name around that place; empty at the end of the name.
    pub fragment: String,
    /// Whether upper and lower case are all they differ in.
    pub only_case_differs: bool,
}

impl Nearest {
    pub(crate) fn find<S: AsRef<str>>(patterns: &[Pattern], names: &[S]) -> Option<Self> {
        let mut best: Option<(Score, usize, &str)> = None;
        for name in names.iter().map(AsRef::as_ref) {
            let length = name.chars().count();
            for (position, pattern) in patterns.iter().enumerate() {
                let score = Score::of(pattern, name, length);
                if best.as_ref().is_none_or(|(highest, ..)| score.key() > highest.key()) {
                    best = Some((score, position, name));
                }
            }
        }
        let (score, pattern, name) = best?;
        let Score { only_case_differs, parts_at, .. } = score;
        let fragment = label_at(name, parts_at).to_owned();
        Some(Self { name: name.to_owned(), pattern, parts_at, fragment, only_case_differs })
    }
}

/// How near a pattern comes to a name.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Score {
    only_case_differs: bool,
    /// How many characters would have to be changed, put in or taken out.
    changes: usize,
    /// How many of the pattern's literal characters the name has, at both ends.
    common: usize,
    parts_at: usize,
}

impl Score {
    fn key(&self) -> (bool, Reverse<usize>, usize) {
        (self.only_case_differs, Reverse(self.changes), self.common)
    }

    fn of(pattern: &Pattern, name: &str, length: usize) -> Self {
        let (head, tail) = literal_ends(pattern);
        let prefix = pattern.longest_viable_prefix(name).min(length);
        let suffix = pattern.longest_viable_suffix(name).min(length);
        let parts_at = match () {
            () if prefix < length => prefix,
            // Nothing is wrong with the name but that it ends too early.
            () if suffix == 0 && head >= length => length,
            () => length.saturating_sub(suffix.saturating_add(1)),
        };
        let common = prefix.min(head).saturating_add(suffix.min(tail));
        let only_case_differs = fits_in_lower_case(pattern, name);
        let (changes, parts_at) =
            changes(pattern, name).unwrap_or((length.saturating_sub(prefix.max(suffix)), parts_at));
        Self { only_case_differs, changes, common, parts_at }
    }
}

/// How many characters of a name differ from a wildcard pattern, and where in the name the first of them is. Nothing
/// for regular expressions, and where it would take long.
fn changes(pattern: &Pattern, name: &str) -> Option<(usize, usize)> {
    let parts = parts(pattern)?;
    let name: Vec<char> = name.chars().collect();
    if parts.len().saturating_mul(name.len()) > MOST_CELLS {
        return None;
    }
    // By how much of the name was read: the fewest changes, and where the first of them is.
    let mut best: Vec<(usize, usize)> = (0..=name.len()).map(|read| (read, 0)).collect();
    for part in parts {
        let mut next = Vec::with_capacity(best.len());
        for (read, above) in best.iter().enumerate() {
            // The part stands for nothing: free for `*`, else a character that the name lacks.
            let mut cell = changed(*above, usize::from(part != Part::Run), read);
            if let Some(before) = read.checked_sub(1) {
                let (left, diagonal) = (next.get(before).copied(), best.get(before).copied());
                let fits = part.fits(name.get(before).copied());
                // It stands for a character, or the name has one too many.
                let taken = diagonal.map(|one| changed(one, usize::from(!fits), before));
                let more = left.map(|one| changed(one, usize::from(part != Part::Run), before));
                cell = [taken, more]
                    .into_iter()
                    .flatten()
                    .fold(cell, |one, other| if other.0 <= one.0 { other } else { one });
            }
            next.push(cell);
        }
        best = next;
    }
    best.last().copied()
}

/// More changes, the first of them at a place if there was none before.
fn changed((changes, first): (usize, usize), more: usize, place: usize) -> (usize, usize) {
    let first = if changes == 0 { place } else { first };
    (changes.saturating_add(more), first)
}

/// A part of a wildcard pattern.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Part {
    /// `*`.
    Run,
    /// `?`.
    Any,
    Literal(char),
}

impl Part {
    fn fits(self, character: Option<char>) -> bool {
        match self {
            Self::Run | Self::Any => true,
            Self::Literal(own) => character == Some(own),
        }
    }
}

/// The parts of a wildcard pattern; nothing for a regular expression.
fn parts(pattern: &Pattern) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut characters = pattern.as_str().chars();
    while let Some(character) = characters.next().filter(|_| !pattern.is_regex()) {
        parts.push(match character {
            '*' => Part::Run,
            '?' => Part::Any,
            // The character after the backslash is literal, whatever it is.
            '\\' => Part::Literal(characters.next().unwrap_or('\\')),
            literal => Part::Literal(literal),
        });
    }
    (!pattern.is_regex()).then_some(parts)
}

/// So many pairs of a part and a character are compared.
const MOST_CELLS: usize = 1 << 16;

/// Whether the name matches once both are in lower case. Not tried for regular expressions, whose
/// letters may be more than themselves.
fn fits_in_lower_case(pattern: &Pattern, name: &str) -> bool {
    if pattern.is_regex() {
        return false;
    }
    let (lower_pattern, lower_name) = (pattern.as_str().to_lowercase(), name.to_lowercase());
    (lower_pattern != pattern.as_str() || lower_name != name)
        && Pattern::parse(&lower_pattern).is_ok_and(|pattern| pattern.matches(&lower_name))
}

/// How many literal characters a wildcard pattern begins and ends with.
fn literal_ends(pattern: &Pattern) -> (usize, usize) {
    let Some(parts) = parts(pattern) else { return (usize::MAX, 0) };
    let is_literal = |part: &&Part| matches!(part, Part::Literal(_));
    (parts.iter().take_while(is_literal).count(), parts.iter().rev().take_while(is_literal).count())
}

/// The part between two dots of a name around a character.
fn label_at(name: &str, position: usize) -> &str {
    let mut start: usize = 0;
    for label in name.split('.') {
        let end = start.saturating_add(label.chars().count());
        if position <= end {
            return if position < end || name.chars().nth(position).is_some() { label } else { "" };
        }
        start = end.saturating_add(1);
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::Nearest;
    use crosstrust_pattern::Pattern;

    #[test]
    fn the_nearest_pattern_shares_most_with_the_name_at_its_ends() {
        #[track_caller]
        fn check(patterns: &[&str], name: &str, expected: (usize, &str, bool)) {
            let patterns: Vec<Pattern> =
                patterns.iter().map(|pattern| Pattern::parse(pattern).unwrap()).collect();
            let nearest = Nearest::find(&patterns, &[name]).unwrap();
            let found = (nearest.pattern, nearest.fragment.as_str(), nearest.only_case_differs);
            assert_eq!(found, expected);
        }

        check(&["*.node.east", "*.node.west"], "es1.node.vest", (1, "vest", false));
        check(
            &["*.node.c1.cluster.s.account", "*.x"],
            "i.node.c2.cluster.s.account",
            (0, "c2", false),
        );
        check(&["es1.node.east", "es2.node.east"], "es3.node.east", (0, "es3", false));
        check(&["*.node.EAST"], "es1.node.east", (0, "east", true));
        // A letter that is left out is nearer than another name that ends alike.
        let patterns =
            ["*.node.eastcluster.cluster.s.account", "*.node.westclustr.cluster.s.account"];
        check(&patterns, "w1.node.westcluster.cluster.s.account", (1, "westcluster", false));
        check(
            &["*.node.prod*.cluster.a.account"],
            "v1.node.dev.cluster.a.account",
            (0, "dev", false),
        );
        check(&["node1"], "node", (0, "", false));
        check(&["node1"], "node12", (0, "node12", false));
        check(&["/node[0-9]\\.east/"], "node1.west", (0, "west", false));
    }

    #[test]
    fn without_patterns_or_names_nothing_is_nearest() {
        assert_eq!(Nearest::find(&[], &["a"]), None);
        assert_eq!(Nearest::find::<&str>(&[Pattern::parse("a").unwrap()], &[]), None);
    }
}
