//! The cases settled by running Lucene, all of them.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use crosstrust_pattern::Pattern;
use crosstrust_pattern::tsv;

/// What a pattern does with a name: `true`, `false`, or `error` when it cannot be built.
fn verdict(pattern: &str, name: &str) -> String {
    match Pattern::parse(pattern) {
        Ok(pattern) => pattern.matches(name).to_string(),
        Err(_) => "error".to_owned(),
    }
}

/// Runs all rows of a file of cases.
#[track_caller]
fn check(rows: &str, expected_count: usize) {
    let mut wrong = Vec::new();
    for (index, row) in rows.lines().enumerate() {
        let fields: Vec<&str> = row.split('\t').collect();
        let [pattern, name, expected] = fields[..] else { panic!("row {}: {row}", index + 1) };
        let (pattern, name) = (tsv::unescape(pattern).unwrap(), tsv::unescape(name).unwrap());
        let actual = verdict(&pattern, &name);
        if actual != expected {
            wrong.push(format!("row {}: `{pattern}` on `{name}`: {actual}", index + 1));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert_eq!(rows.lines().count(), expected_count);
}

#[test]
fn every_case_on_which_lucene_8_9_and_10_agree_agrees() {
    check(include_str!("lucene-cases.tsv"), 562);
}

#[test]
fn every_case_of_the_table_agrees_with_lucene_10() {
    check(include_str!("lucene-table.tsv"), 130);
}
