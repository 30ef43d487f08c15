//! The table of names that `preflight` knows: what each release registers, and no other.

use std::collections::BTreeMap;

use crate::judge::{Answer, Judge, judges};

/// Each name with the words behind it, the first of which is the kind of its value.
pub(crate) fn table() -> BTreeMap<&'static str, Vec<&'static str>> {
    let text = include_str!("../../crates/preflight/src/node_settings/registered.txt");
    let rows = text.lines().map(|line| line.split_once(' ').unwrap_or((line, "")));
    rows.map(|(name, words)| (name, words.split(' ').collect())).collect()
}

#[test]
fn names_of_settings_are_those_that_elasticsearch_registers() {
    let table = table();
    assert!(table.len() > 900);
    for judge in judges() {
        let Some(line) = judge.name.split('-').next().filter(|line| *line != "7.17") else {
            continue;
        };
        every_name_is_in_the_table(&judge, &table);
        every_row_is_a_name(&judge, line, &table);
    }
}

fn every_name_is_in_the_table(judge: &Judge, table: &BTreeMap<&str, Vec<&str>>) {
    let answers = judge.ask(&[vec!["names".to_owned()]]);
    let [Answer::Ok(names)] = answers.as_slice() else {
        panic!("{}", judge.name);
    };
    let is_of_context = |name: &str| CONTEXTS.iter().any(|context| name.contains(context));
    let unknown: Vec<_> = names
        .iter()
        .filter(|name| !table.contains_key(name.as_str()) && !is_of_context(name))
        .collect();
    assert!(names.len() > 900 && unknown.is_empty(), "{}: {unknown:?}", judge.name);
}

fn every_row_is_a_name(judge: &Judge, line: &str, table: &BTreeMap<&str, Vec<&str>>) {
    let keys = table.keys().map(|name| {
        let name = name.replace('*', "x");
        if name.ends_with('.') { name + "x" } else { name }
    });
    let question = std::iter::once("registered".to_owned()).chain(keys).collect();
    let answers = judge.ask(&[question]);
    let [Answer::Ok(answers)] = answers.as_slice() else {
        panic!("{}", judge.name);
    };
    for ((name, words), answer) in table.iter().zip(answers) {
        let is_here = words.iter().all(|word| !RELEASES.contains(word) || *word == line);
        assert_eq!(!answer.is_empty(), is_here, "{}: {name}: {answer}", judge.name);
        let is_secure = words.contains(&"secure");
        assert!(!is_here || (answer == "secure") == is_secure, "{}: {name}", judge.name);
    }
    what_follows_is_a_name(judge, table);
}

/// Behind some names with a dot at their end anything may follow, behind the others names alone.
fn what_follows_is_a_name(judge: &Judge, table: &BTreeMap<&str, Vec<&str>>) {
    let begun = || table.iter().filter(|(name, _)| name.ends_with('.'));
    let keys = begun().map(|(name, _)| format!("{name}a b"));
    let question = std::iter::once("registered".to_owned()).chain(keys).collect();
    let answers = judge.ask(&[question]);
    let [Answer::Ok(answers)] = answers.as_slice() else {
        panic!("{}", judge.name);
    };
    for ((name, words), answer) in begun().zip(answers) {
        assert_eq!(answer.is_empty(), words.contains(&"names"), "{}: {name}", judge.name);
    }
}

/// The words that say which release alone has a setting.
const RELEASES: [&str; 3] = ["7.17", "8.19", "9.5"];

/// What is in the names of settings of TLS contexts, of which there is a table of its own.
const CONTEXTS: [&str; 3] = [".ssl.", ".signing.", "cluster.remote.signing."];
