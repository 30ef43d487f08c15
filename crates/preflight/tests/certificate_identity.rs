//! Each row of `certificate_identity.tsv` and of `fixtures/subject/names.tsv`, and patterns made at
//! random: the verdict is Java's, and Java is asked where it is installed.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

mod support;

use crosstrust_preflight::certificate_identity::{CertificateIdentity, PatternError, java_name};
use crosstrust_testkit::java_judge;

#[test]
fn every_row_is_judged_as_java_judges_it() {
    let rows = rows();
    assert!(rows.len() >= 200, "only {} rows", rows.len());
    for [pattern, name, expected] in &rows {
        assert_eq!(verdict(pattern, name), Some(expected.as_str()), "{pattern} on {name}");
    }
}

#[test]
fn java_agrees_with_every_row() {
    let rows = rows();
    let Some(answers) = ask(rows.iter().map(|[pattern, name, _]| (pattern, name))) else { return };
    for ([pattern, name, expected], answer) in rows.iter().zip(&answers) {
        assert_eq!(answer, expected, "{pattern} on {name}");
    }
}

/// Patterns of fragments of the language, some of them malformed.
#[test]
fn java_agrees_on_patterns_made_at_random() {
    let mut random = 1_u64;
    let mut pick = |count: usize| {
        random =
            random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(random >> 33).unwrap() % count
    };
    let mut asked = Vec::new();
    for _ in 0..6_000 {
        let pattern: String = (0..=pick(7)).map(|_| FRAGMENTS[pick(FRAGMENTS.len())]).collect();
        let name: String = (0..pick(5)).map(|_| LETTERS[pick(LETTERS.len())]).collect();
        if let Some(found) = verdict(&pattern, &name) {
            asked.push((pattern, name, found));
        }
    }
    let count = |verdict: &str| asked.iter().filter(|(_, _, found)| *found == verdict).count();
    let counts = ["yes", "no", "error"].map(count);
    assert!(counts.iter().all(|count| *count > 100), "{counts:?}");
    let Some(answers) = ask(asked.iter().map(|(pattern, name, _)| (pattern, name))) else { return };
    for ((pattern, name, found), answer) in asked.iter().zip(&answers) {
        assert_eq!(found, answer, "{pattern} on {name}");
    }
}

#[test]
fn names_are_written_as_java_writes_them() {
    let rows = crosstrust_testkit::rows("subject/names.tsv");
    for row in &rows {
        let leaf = support::certificates(&format!("subject/{}", row[0])).remove(0);
        match java_name(&leaf) {
            Ok(name) => assert_eq!(name, row[1], "{}", row[0]),
            Err(_) => assert_eq!(row[1], "-", "{}", row[0]),
        }
    }
    let sure = rows.iter().filter(|row| row[1] != "-").collect::<Vec<_>>();
    let questions =
        sure.iter().flat_map(|row| [".*".to_owned(), format!("fixtures/subject/{}", row[0])]);
    let Some(lines) = java_judge("Identity", questions) else { return };
    assert_eq!(lines.len(), sure.len());
    for (line, row) in lines.iter().zip(sure) {
        assert_eq!(line[1], row[1], "{}", row[0]);
    }
}

/// Nothing where the pattern is not judged here.
fn verdict(pattern: &str, name: &str) -> Option<&'static str> {
    match CertificateIdentity::parse(pattern) {
        Ok(identity) if identity.admits(name) => Some("yes"),
        Ok(_) => Some("no"),
        Err(PatternError::Invalid { .. }) => Some("error"),
        Err(_) => None,
    }
}

fn ask<'a>(questions: impl Iterator<Item = (&'a String, &'a String)>) -> Option<Vec<String>> {
    let words = questions.flat_map(|(pattern, name)| [pattern.clone(), format!("={name}")]);
    let lines = java_judge("Identity", words)?;
    Some(lines.into_iter().map(|line| line[2].clone()).collect())
}

fn rows() -> Vec<[String; 3]> {
    let rows = include_str!("certificate_identity.tsv").lines().skip(1);
    rows.map(|row| row.split('\t').map(str::to_owned).collect::<Vec<_>>().try_into().unwrap())
        .collect()
}

const FRAGMENTS: [&str; 36] = [
    "a", "b", "A", ".", ".*", "*", "+", "?", "|", "(", ")", "(?:", "(?i)", "(?-i)", "(?i:", "[",
    "]", "[^", "-", "^", "$", "{2}", "{1,2}", "{0,}", "{", "}", r"\d", r"\W", r"\.", r"\Q", r"\E",
    r"\\", "[ab]", "[^a-b]", "=", "é",
];

const LETTERS: [&str; 10] = ["a", "b", "A", "B", ".", "-", "=", "é", "1", "]"];
