//! Patterns: lines of text, of which the first two are patterns and the rest are names.

use crosstrust_pattern::analysis::{Analysis, CoverKind};
use crosstrust_pattern::{Containment, Matcher, Overlap, Pattern, tsv, version};

pub(crate) fn run(input: &[u8]) {
    let Ok(text) = str::from_utf8(input) else { return };
    let _ = tsv::unescape(text);
    let refusal = Pattern::parse(text).err();
    let _ = version::differences(text, refusal.as_ref());
    let mut lines = text.split('\n');
    let written = [lines.next().unwrap_or_default(), lines.next().unwrap_or_default()];
    let names: Vec<&str> = lines.take(MOST_NAMES).collect();
    let mut patterns = Vec::new();
    for text in written {
        match Pattern::parse(text) {
            Ok(pattern) => patterns.push(pattern),
            Err(error) => assert!(error.offset <= text.chars().count(), "{text}: {error}"),
        }
    }
    for pattern in &patterns {
        alone(pattern, &names);
    }
    if let [left, right] = patterns.as_slice() {
        compare(left, right, &names);
        compare(right, left, &names);
    }
    together(&patterns, &names);
}

/// One pattern by itself.
fn alone(pattern: &Pattern, names: &[&str]) {
    if let Some(example) = pattern.example() {
        assert!(pattern.matches(&example), "{pattern} does not match its example {example:?}");
    } else {
        assert!(names.iter().all(|name| !pattern.matches(name)), "{pattern} matches nothing");
    }
    for name in names {
        let (matches, length) = (pattern.matches(name), name.chars().count());
        let (prefix, suffix) =
            (pattern.longest_viable_prefix(name), pattern.longest_viable_suffix(name));
        assert!(prefix <= length && suffix <= length, "{pattern} on {name:?}");
        assert!(!matches || (prefix, suffix) == (length, length), "{pattern} on {name:?}");
        assert!(matches || !pattern.is_universal(), "{pattern} matches everything but {name:?}");
    }
    match pattern.overlaps(pattern) {
        Overlap::No => assert!(pattern.is_empty(), "{pattern} has nothing in common with itself"),
        Overlap::Yes { .. } => assert!(!pattern.is_empty(), "{pattern} matches nothing"),
        Overlap::TooComplex => {}
    }
}

/// Containment and overlap, by their own witnesses and by the names at hand.
fn compare(left: &Pattern, right: &Pattern, names: &[&str]) {
    match left.contains(right) {
        Containment::No { witness } => {
            let told = right.matches(&witness) && !left.matches(&witness);
            assert!(told, "{witness:?} is to be in {right} and not in {left}");
        }
        Containment::Yes => {
            let within = names.iter().all(|name| left.matches(name) || !right.matches(name));
            assert!(within, "{left} is to contain {right}");
        }
        Containment::TooComplex => {}
    }
    match left.overlaps(right) {
        Overlap::No => {
            let apart = names.iter().all(|name| !(left.matches(name) && right.matches(name)));
            assert!(apart, "{left} and {right} are to have nothing in common");
        }
        Overlap::Yes { witness } => {
            let told = left.matches(&witness) && right.matches(&witness);
            assert!(told, "{witness:?} is to be in {left} and {right}");
        }
        Overlap::TooComplex => {}
    }
}

/// Many at once say what each alone says.
fn together(patterns: &[Pattern], names: &[&str]) {
    let matcher = Matcher::new(patterns);
    for name in names {
        let each = patterns.iter().enumerate().filter(|(_, pattern)| pattern.matches(name));
        let each: Vec<usize> = each.map(|(index, _)| index).collect();
        assert_eq!(matcher.all_matches(name), each, "{patterns:?} on {name:?}");
        assert_eq!(matcher.first_match(name), each.first().copied(), "{patterns:?} on {name:?}");
    }
    let analysis = Analysis::new(patterns);
    for (index, pattern) in patterns.iter().enumerate() {
        let cover = analysis.cover(index);
        let Some((by, kind)) = cover.and_then(|one| Some((patterns.get(one.by)?, one.kind))) else {
            continue;
        };
        let within = names.iter().all(|name| by.matches(name) || !pattern.matches(name));
        assert!(within, "{by} is to cover {pattern}");
        assert_eq!(kind == CoverKind::SameText, by.as_str() == pattern.as_str());
    }
}

/// Names that are tried.
const MOST_NAMES: usize = 16;
