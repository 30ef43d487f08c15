//! Patterns and names: Elasticsearch's automata against our matcher.

use std::fmt::Write;

use crosstrust_pattern::version::{DifferenceKind, differences};
use crosstrust_pattern::{Pattern, tsv};
use crosstrust_testkit::{fixture_path, seeds};

use crate::judge::{Answer, judges};
use crate::random::Random;
use crate::tally::Tally;

/// A pattern and names to match.
struct Case {
    pattern: String,
    names: Vec<String>,
}

#[test]
fn patterns_match_the_names_that_elasticsearch_matches() {
    let judges = judges();
    if judges.is_empty() {
        return;
    }
    let cases = cases();
    let questions: Vec<Vec<String>> = cases.iter().map(question).collect();
    for judge in judges {
        let mut tally = Tally::new(&judge.name, "patterns × names");
        for (case, answer) in cases.iter().zip(judge.ask(&questions)) {
            let theirs = verdicts(&answer, case.names.len());
            let parsed = Pattern::parse(&case.pattern);
            let refusal = parsed.as_ref().err();
            let noted = differences(&case.pattern, refusal);
            let told = noted.iter().any(|difference| concerns(&difference.kind, judge.major()))
                || supplementary_literal(&case.pattern);
            for (name, theirs) in case.names.iter().zip(theirs) {
                let ours = parsed.as_ref().ok().map(|pattern| pattern.matches(name));
                if told && ours != theirs {
                    tally.listed();
                } else {
                    let question = || format!("`{}` on `{name}`", case.pattern);
                    tally.compare(question, &ours, &theirs);
                }
            }
        }
        tally.close(5_000);
    }
}

fn question(case: &Case) -> Vec<String> {
    let mut question = vec!["pattern".to_owned(), case.pattern.clone()];
    question.extend(case.names.iter().cloned());
    question
}

/// A verdict for each name; none where the pattern is an error.
fn verdicts(answer: &Answer, names: usize) -> Vec<Option<bool>> {
    match answer {
        Answer::Ok(verdicts) => verdicts.iter().map(|verdict| Some(verdict == "1")).collect(),
        Answer::Error(_) => vec![None; names],
    }
}

/// Whether a version reads a place with this difference in another way than the newest.
fn concerns(kind: &DifferenceKind, major: u32) -> bool {
    match kind {
        DifferenceKind::ClassEscape { .. } | DifferenceKind::UnknownEscape { .. } => major < 8,
        DifferenceKind::EmptyRepetition => true,
        _ => major < 9,
    }
}

/// A wildcard pattern with a character above U+FFFF: 7.17 to 8.19.0 and 9.0.0 never match it, as we
/// say, while 8.19.21 and 9.5.3 do, which `restrictions lint` tells.
fn supplementary_literal(pattern: &str) -> bool {
    !pattern.starts_with('/') && pattern.chars().any(|character| character > '\u{FFFF}')
}

fn cases() -> Vec<Case> {
    let mut cases = recorded();
    let mut random = Random::new(14);
    for _ in 0..4_000 {
        let pattern = if random.once_in(3) { wildcard(&mut random) } else { regex(&mut random) };
        cases.push(Case { names: names(&mut random, &pattern), pattern });
    }
    cases
}

/// The tables of the pattern crate, and what fuzzing found worth keeping.
fn recorded() -> Vec<Case> {
    let folder = fixture_path("../crates/pattern/tests");
    let mut cases = Vec::new();
    for table in ["lucene-cases.tsv", "lucene-table.tsv"] {
        let text = std::fs::read_to_string(folder.join(table)).unwrap();
        for row in text.lines() {
            let columns: Vec<String> =
                row.split('\t').map(|column| tsv::unescape(column).unwrap()).collect();
            let names = vec![columns[1].clone()];
            cases.push(Case { pattern: columns[0].clone(), names });
        }
    }
    for seed in seeds("pattern") {
        if let Ok(text) = String::from_utf8(seed.bytes) {
            let names = vec![text.clone(), String::new(), "a".to_owned()];
            cases.push(Case { pattern: text, names });
        }
    }
    cases
}

const WORDS: [&str; 14] =
    ["a", "b", "node", "es1", ".", "-", "7", "example", "É", "😀", " ", "12", "x9", "_"];

fn wildcard(random: &mut Random) -> String {
    let mut text = String::new();
    for _ in 0..=random.below(6) {
        let literal = !random.once_in(3);
        let operators = ["*", "?", "\\", "*.", "/"];
        text.push_str(if literal { random.choose(&WORDS) } else { random.choose(&operators) });
    }
    text
}

/// An expression between slashes, mostly well-formed.
fn regex(random: &mut Random) -> String {
    let mut text = String::from("/");
    expression(random, &mut text, 3);
    if random.once_in(12) {
        let soup = ["(", ")", "[", "]", "{", "}", "|", "&", "~", "\\", "<", ">", "\"", "#", "@"];
        text.push_str(random.choose(&soup));
    }
    text.push('/');
    text
}

fn expression(random: &mut Random, text: &mut String, depth: usize) {
    for part in 0..=random.below(3) {
        if part > 0 && random.once_in(3) {
            text.push(random.choose(&['|', '|', '&']));
        }
        atom(random, text, depth);
        if random.once_in(3) {
            let counts = ["*", "+", "?", "{2}", "{1,3}", "{0,}", "{2,1}", "{0}", "{,2}"];
            text.push_str(random.choose(&counts));
        }
    }
}

fn atom(random: &mut Random, text: &mut String, depth: usize) {
    match random.below(if depth == 0 { 7 } else { 10 }) {
        0..=2 => text.push_str(random.choose(&WORDS)),
        3 => class(random, text),
        4 => text.push_str(random.choose(&[".", "@", "#", "\\.", "\\d", "\\w", "\\-", "\\q", "^"])),
        5 => write!(text, "<{}-{}>", random.below(30), random.below(130)).unwrap(),
        6 => write!(text, "\"{}\"", random.choose(&WORDS)).unwrap(),
        7 => {
            text.push('~');
            atom(random, text, depth - 1);
        }
        _ => {
            text.push('(');
            expression(random, text, depth - 1);
            text.push(')');
        }
    }
}

fn class(random: &mut Random, text: &mut String) {
    text.push_str(random.choose(&["[", "[^"]));
    for _ in 0..=random.below(3) {
        let items = ["a", "b", "a-z", "0-9", "\\d", "\\.", "\\--z", "É", "-", "z-a", "]", "\\s"];
        text.push_str(random.choose(&items));
    }
    text.push(']');
}

/// Names that a pattern may match: its own text with the operators replaced, and some others.
fn names(random: &mut Random, pattern: &str) -> Vec<String> {
    let mut names = vec![String::new(), WORDS[random.below(WORDS.len())].to_owned()];
    for _ in 0..4 {
        let mut name = String::new();
        for character in pattern.chars() {
            match character {
                '*' | '+' | '@' => (0..random.below(3)).for_each(|_| name.push('a')),
                '?' | '.' => name.push(random.choose(&['a', '.', 'É'])),
                '/' | '(' | ')' | '[' | ']' | '|' | '~' | '\\' | '"' | '#' => {}
                other => name.push(other),
            }
        }
        names.push(name);
    }
    names.push((0..random.below(5)).map(|_| random.choose(&WORDS)).collect());
    names
}
