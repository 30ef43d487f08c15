//! Tests of templates: what they ask for, and that answers are read back.

use std::collections::BTreeSet;

use super::Template;
use crate::connection::{Accepts, Connection, Model, Platform, side_keys};
use crate::error::Error;

fn pairings() -> Vec<(Platform, Platform, Model)> {
    let mut all = Vec::new();
    for local in Platform::ALL {
        for remote in Platform::ALL {
            all.extend(Model::ALL.iter().map(|model| (*local, *remote, *model)));
        }
    }
    all
}

#[test]
fn a_template_asks_only_for_what_it_leaves_empty() {
    for (local, remote, model) in pairings() {
        let text = Template::new(local, remote, model).to_text();
        let Err(Error::Connection { problems }) = Connection::parse(&text) else {
            panic!("{text}");
        };
        for problem in &problems {
            let told = problem.message.contains("has no value")
                || problem.message.contains("missing")
                || problem.message.contains("is not a single value")
                || problem.message.starts_with("nothing says how the nodes")
                || problem.message.contains("nothing says which nodes");
            assert!(told, "{local} {remote} {model}: {problem}\n{text}");
        }
    }
}

/// Comments stand alone: in the interview the line after them is another question.
#[test]
fn every_question_ends_in_itself() {
    for (local, remote, model) in pairings() {
        let template = Template::new(local, remote, model);
        let mut next = 0;
        while let Some((index, question)) = template.question(next) {
            let about = question.about;
            let open = [" or", " and", ";", ",", ":"].iter().any(|end| about.ends_with(end));
            assert!(!open, "{}: {about}", question.key);
            next = index + 1;
        }
    }
}

#[test]
fn every_key_of_a_side_is_in_a_template() {
    let mut texts = String::new();
    for (local, remote, model) in pairings() {
        texts.push_str(&Template::new(local, remote, model).to_text());
    }
    let words: BTreeSet<&str> = texts.split_whitespace().collect();
    for key in side_keys() {
        assert!(words.contains(format!("{key}:").as_str()), "{key}");
    }
}

/// What a person types who has everything.
fn reply(section: &str, key: &str) -> &'static str {
    match (section, key) {
        (_, "version") => "9.1.0",
        (_, "name") => "quickstart",
        (_, "node_sets") => "default:3",
        (_, "endpoint") => "es.example.com",
        ("local", "cluster_id") => "cf659f7fe6164d9691b284ae36811be1",
        (_, "cluster_id") => "9b2e5f0a4c1d4e7f8a6b3c2d1e0f9a8b",
        ("local", "scope_id") => "1053523734",
        (_, "scope_id") => "803289842",
        (_, "account_id") => "ec38dd0aa45f4a69909ca5c81c27138a",
        (_, "ca") => "a: b.pem, *.p12",
        (_, "node_names") => "node1.example.com, node2.example.com",
        _ => "",
    }
}

#[test]
fn a_template_whose_questions_are_answered_is_a_whole_file() {
    for (local, remote, model) in pairings() {
        let mut template = Template::new(local, remote, model);
        let mut next = 0;
        while let Some((index, question)) = template.question(next) {
            let text = reply(question.section, question.key);
            template.answer(index, text).unwrap_or_else(|problem| panic!("{problem}"));
            next = index + 1;
        }
        let text = template.to_text();
        let connection = Connection::parse(&text).unwrap_or_else(|e| panic!("{e:#?}\n{text}"));
        assert_eq!(connection.alias, "my-remote");
        if model == Model::Tls && (local, remote) != (Platform::Ech, Platform::Ech) {
            assert_eq!(connection.local.ca, ["a: b.pem", "*.p12"]);
        }
    }
}

#[test]
fn indices_are_named_or_left_out() {
    let mut template = Template::new(Platform::SelfManaged, Platform::Ech, Model::ApiKey);
    let mut next = 0;
    while let Some((index, question)) = template.question(next) {
        let text = match question.key {
            "search" => "logs-*, *:metrics",
            "replication" => "none",
            other => reply(question.section, other),
        };
        template.answer(index, text).unwrap();
        next = index + 1;
    }
    let connection = Connection::parse(&template.to_text()).unwrap();
    assert_eq!(connection.access.search_names(), ["logs-*", "*:metrics"]);
    assert!(connection.access.replication.is_empty());
}

#[test]
fn an_answer_that_the_file_cannot_have_is_refused() {
    #[track_caller]
    fn check(key: &str, text: &str, expected: &str) {
        let mut template = Template::new(Platform::Ech, Platform::SelfManaged, Model::Tls);
        let mut next = 0;
        while let Some((index, question)) = template.question(next) {
            if question.key == key {
                let problem = template.answer(index, text).unwrap_err();
                assert!(problem.message.contains(expected), "{problem}");
                assert!(!template.to_text().contains(text));
                return;
            }
            next = index + 1;
        }
        panic!("nobody asks for {key}");
    }

    check("version", "nine", "`local.version` is `nine`");
    check("alias", "My Remote", "`alias` is `My Remote`");
    check("skip_unavailable", "perhaps", "neither true nor false");
    check("endpoint", "https://es.example.com", "it is a URL");
    check("remote_accepts", "everybody", "not one of cluster, scope");
    check("node_names", "*.example.com", "no literal name");
}

/// What is let in is one cluster, by the names of its nodes.
#[test]
fn node_sets_are_answered_by_name_and_count() {
    let mut template = Template::new(Platform::Ech, Platform::Eck, Model::Tls);
    let mut next = 0;
    while let Some((index, question)) = template.question(next) {
        if question.key == "node_sets" {
            for wrong in ["hot", "hot:many", "Hot:3", "[{name: hot, count: 3}]"] {
                template.answer(index, wrong).unwrap_err();
            }
            template.answer(index, "hot:3, warm: 2").unwrap();
        } else {
            template.answer(index, reply(question.section, question.key)).unwrap();
        }
        next = index + 1;
    }
    let text = template.to_text();
    assert!(
        text.contains("  node_sets: [{name: hot, count: 3}, {name: warm, count: 2}]  "),
        "{text}"
    );
    let connection = Connection::parse(&text).unwrap();
    assert_eq!(connection.local_accepts, Accepts::Cluster);
    let sets = connection.remote.node_sets.iter().map(|set| (set.name.as_str(), set.count));
    assert!(sets.eq([("hot", 3), ("warm", 2)]));
}

#[test]
fn one_operator_is_not_asked_for_what_it_does_itself() {
    let mut template = Template::new(Platform::Eck, Platform::Eck, Model::ApiKey);
    let mut asked = Vec::new();
    let mut next = 0;
    while let Some((index, question)) = template.question(next) {
        let text = if question.key == "same_operator" { "true" } else { "" };
        asked.push(question.key.to_owned());
        template.answer(index, text).unwrap();
        next = index + 1;
    }
    assert!(!asked.iter().any(|key| ["ca", "endpoint", "ca_is_public"].contains(&key.as_str())));
    assert!(!template.to_text().contains("endpoint:"));
}
