//! The matcher against a second one that is as plain as can be, on random patterns and names.
#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test may panic")]

use crosstrust_pattern::Containment;
use crosstrust_pattern::Matcher;
use crosstrust_pattern::Overlap;
use crosstrust_pattern::Pattern;
use proptest::prelude::*;

/// A regular expression, as its meaning is defined.
#[derive(Clone, Debug)]
enum Regex {
    Any,
    AnyString,
    Class(bool, Vec<char>),
    Complement(Box<Regex>),
    Concatenation(Vec<Regex>),
    Counted(Box<Regex>, usize, usize),
    Intersection(Box<Regex>, Box<Regex>),
    Optional(Box<Regex>),
    Plus(Box<Regex>),
    Star(Box<Regex>),
    Text(String),
    Union(Vec<Regex>),
}

impl Regex {
    /// Whether the whole text matches, by trying every way to divide it.
    fn matches(&self, text: &[char]) -> bool {
        match self {
            Regex::Any => text.len() == 1,
            Regex::AnyString => true,
            Regex::Class(negated, set) => {
                matches!(text, [character] if set.contains(character) != *negated)
            }
            Regex::Complement(inner) => !inner.matches(text),
            Regex::Concatenation(parts) => sequence(parts, text),
            Regex::Counted(inner, min, max) => (*min..=*max).any(|n| inner.times(n, text)),
            Regex::Intersection(left, right) => left.matches(text) && right.matches(text),
            Regex::Optional(inner) => text.is_empty() || inner.matches(text),
            Regex::Plus(inner) => (1..=text.len() + 1).any(|n| inner.times(n, text)),
            Regex::Star(inner) => (0..=text.len() + 1).any(|n| inner.times(n, text)),
            Regex::Text(literal) => literal.chars().eq(text.iter().copied()),
            Regex::Union(parts) => parts.iter().any(|part| part.matches(text)),
        }
    }

    /// Whether the text divides into so many matches.
    fn times(&self, count: usize, text: &[char]) -> bool {
        if count == 0 {
            return text.is_empty();
        }
        (0..=text.len()).any(|at| self.matches(&text[..at]) && self.times(count - 1, &text[at..]))
    }

    /// The expression as written.
    fn write(&self) -> String {
        match self {
            Regex::Any => ".".to_owned(),
            Regex::AnyString => "@".to_owned(),
            Regex::Class(negated, set) => {
                let set: String = set.iter().flat_map(|c| ['\\', *c]).collect();
                format!(
                    "[{}{}]",
                    if *negated { "^" } else { "" },
                    set.replace("\\a", "a").replace("\\b", "b")
                )
            }
            Regex::Complement(inner) => format!("~({})", inner.write()),
            Regex::Concatenation(parts) => {
                parts.iter().map(|part| ["(", &part.write(), ")"].concat()).collect()
            }
            Regex::Counted(inner, min, max) => format!("({}){{{min},{max}}}", inner.write()),
            Regex::Intersection(left, right) => format!("(({})&({}))", left.write(), right.write()),
            Regex::Optional(inner) => format!("({})?", inner.write()),
            Regex::Plus(inner) => format!("({})+", inner.write()),
            Regex::Star(inner) => format!("({})*", inner.write()),
            Regex::Text(literal) if literal.is_empty() => "()".to_owned(),
            Regex::Text(literal) => format!("\"{literal}\""),
            Regex::Union(parts) => {
                format!("({})", parts.iter().map(Regex::write).collect::<Vec<_>>().join("|"))
            }
        }
    }
}

fn sequence(parts: &[Regex], text: &[char]) -> bool {
    let Some((first, rest)) = parts.split_first() else { return text.is_empty() };
    (0..=text.len()).any(|at| first.matches(&text[..at]) && sequence(rest, &text[at..]))
}

/// Whether a wildcard pattern matches, by trying every length for each star.
fn wildcard_matches(pattern: &[char], name: &[char]) -> bool {
    match pattern {
        [] => name.is_empty(),
        ['*', rest @ ..] => (0..=name.len()).any(|at| wildcard_matches(rest, &name[at..])),
        ['?', rest @ ..] => !name.is_empty() && wildcard_matches(rest, &name[1..]),
        ['\\', escaped, rest @ ..] => {
            name.first() == Some(escaped) && wildcard_matches(rest, &name[1..])
        }
        [literal, rest @ ..] => name.first() == Some(literal) && wildcard_matches(rest, &name[1..]),
    }
}

/// Expressions whose language is not empty, so that Lucene's rule for repeating nothing is moot.
fn positive() -> impl Strategy<Value = Regex> {
    let character = prop::sample::select(vec!['a', 'b', '.', 'é']);
    let leaf = prop_oneof![
        "[ab.]{0,3}".prop_map(Regex::Text),
        Just(Regex::Any),
        (any::<bool>(), prop::collection::vec(character, 1..3))
            .prop_map(|(negated, set)| Regex::Class(negated, set)),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let boxed = inner.clone().prop_map(Box::new);
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(Regex::Concatenation),
            prop::collection::vec(inner, 1..4).prop_map(Regex::Union),
            boxed.clone().prop_map(Regex::Optional),
            boxed.clone().prop_map(Regex::Star),
            boxed.clone().prop_map(Regex::Plus),
            (boxed, 0..3_usize, 0..3_usize).prop_map(|(inner, min, more)| Regex::Counted(
                inner,
                min,
                min + more
            )),
        ]
    })
}

/// Expressions with complements and intersections on top of positive ones.
fn regex() -> impl Strategy<Value = Regex> {
    let leaf = prop_oneof![9 => positive(), 1 => Just(Regex::AnyString)];
    leaf.prop_recursive(2, 6, 2, |inner| {
        let boxed = inner.clone().prop_map(Box::new);
        prop_oneof![
            boxed.clone().prop_map(Regex::Complement),
            (boxed.clone(), boxed).prop_map(|(left, right)| Regex::Intersection(left, right)),
            prop::collection::vec(inner.clone(), 1..3).prop_map(Regex::Concatenation),
            prop::collection::vec(inner, 1..3).prop_map(Regex::Union),
        ]
    })
}

fn wildcard() -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop::sample::select(vec!["a", "b", ".", "*", "?", "\\*", "ab", "é"]),
        1..8,
    )
    .prop_map(|pieces| pieces.concat())
}

fn pattern() -> impl Strategy<Value = String> {
    prop_oneof![3 => wildcard(), 1 => regex().prop_map(|regex| format!("/{}/", regex.write()))]
}

fn name() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(vec!['a', 'b', '.', '*', 'é']), 0..8)
        .prop_map(|name| name.into_iter().collect())
}

/// All names of up to five characters that can tell patterns over these letters apart.
fn short_names() -> Vec<String> {
    let mut names = vec![String::new()];
    let mut from = 0;
    for _ in 0..5 {
        let to = names.len();
        for index in from..to {
            for character in ['a', 'b', '.', 'z'] {
                names.push(format!("{}{character}", names[index]));
            }
        }
        from = to;
    }
    names
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn regular_expressions_mean_what_they_are_defined_to(regex in regex(), names in prop::collection::vec(name(), 1..20)) {
        let text = format!("/{}/", regex.write());
        let pattern = Pattern::parse(&text).unwrap();
        for name in names {
            let characters: Vec<char> = name.chars().collect();
            prop_assert_eq!(pattern.matches(&name), regex.matches(&characters), "{} on {}", text, name);
        }
    }

    #[test]
    fn wildcards_mean_what_they_are_defined_to(text in wildcard(), names in prop::collection::vec(name(), 1..20)) {
        let pattern = Pattern::parse(&text).unwrap();
        let pieces: Vec<char> = text.chars().collect();
        for name in names {
            let characters: Vec<char> = name.chars().collect();
            prop_assert_eq!(pattern.matches(&name), wildcard_matches(&pieces, &characters), "{} on {}", text, name);
        }
    }

    #[test]
    fn many_patterns_match_as_one_by_one(texts in prop::collection::vec(pattern(), 0..80), names in prop::collection::vec(name(), 1..20)) {
        let patterns: Vec<Pattern> = texts.iter().map(|text| Pattern::parse(text).unwrap()).collect();
        let matcher = Matcher::new(&patterns);
        for name in names {
            let matching: Vec<usize> = (0..patterns.len()).filter(|&index| patterns[index].matches(&name)).collect();
            prop_assert_eq!(matcher.first_match(&name), matching.first().copied(), "{}", &name);
            prop_assert_eq!(matcher.all_matches(&name), matching, "{}", &name);
        }
    }

    #[test]
    fn containment_and_overlap_agree_with_all_short_names(first in pattern(), second in pattern()) {
        let (a, b) = (Pattern::parse(&first).unwrap(), Pattern::parse(&second).unwrap());
        let names = short_names();
        match a.contains(&b) {
            Containment::Yes => for name in &names {
                prop_assert!(!b.matches(name) || a.matches(name), "{} {} {}", first, second, name);
            },
            Containment::No { witness } => prop_assert!(b.matches(&witness) && !a.matches(&witness), "{}", witness),
            Containment::TooComplex => prop_assert!(false, "too complex"),
        }
        let shared = names.iter().find(|name| a.matches(name) && b.matches(name));
        match a.overlaps(&b) {
            Overlap::Yes { witness } => {
                prop_assert!(a.matches(&witness) && b.matches(&witness), "{}", witness);
                let shortest = shared.map_or(usize::MAX, |name| name.chars().count());
                prop_assert!(witness.chars().count() <= shortest, "{} {}", witness, shortest);
            }
            Overlap::No => prop_assert_eq!(shared, None),
            Overlap::TooComplex => prop_assert!(false, "too complex"),
        }
        prop_assert_eq!(a.is_empty(), a.example().is_none());
        prop_assert!(a.example().is_none_or(|name| a.matches(&name)));
        prop_assert!(!a.is_universal() || names.iter().all(|name| a.matches(name)));
    }

    #[test]
    fn the_viable_prefix_is_the_longest_that_some_match_starts_with(text in pattern(), name in name()) {
        let pattern = Pattern::parse(&text).unwrap();
        let count = pattern.longest_viable_prefix(&name);
        let length = name.chars().count();
        prop_assert!(count <= length);
        let escaped = |count: usize| name.chars().take(count).flat_map(|c| ['\\', c]).collect::<String>();
        let starting = |count: usize| Pattern::parse(&format!("{}*", escaped(count))).unwrap();
        if !pattern.is_empty() {
            prop_assert!(matches!(pattern.overlaps(&starting(count)), Overlap::Yes { .. }), "{} {} {}", text, name, count);
        }
        if count < length {
            prop_assert_eq!(pattern.overlaps(&starting(count + 1)), Overlap::No, "{} {} {}", text, name, count);
        }
    }

    #[test]
    fn the_viable_suffix_is_the_longest_that_some_match_ends_with(text in pattern(), name in name()) {
        let pattern = Pattern::parse(&text).unwrap();
        let count = pattern.longest_viable_suffix(&name);
        let length = name.chars().count();
        prop_assert!(count <= length);
        let escaped = |count: usize| name.chars().skip(length - count).flat_map(|c| ['\\', c]).collect::<String>();
        let ending = |count: usize| Pattern::parse(&format!("*{}", escaped(count))).unwrap();
        if !pattern.is_empty() {
            prop_assert!(matches!(pattern.overlaps(&ending(count)), Overlap::Yes { .. }), "{} {} {}", text, name, count);
        }
        if count < length {
            prop_assert_eq!(pattern.overlaps(&ending(count + 1)), Overlap::No, "{} {} {}", text, name, count);
        }
    }
}
