//! What Java 17 and Java 25 make of the files of a node, and what is said of it here: every row of
//! `fixtures/node-files.tsv`, which `tests/judges/node_files.sh` wrote.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use crosstrust_keystore::java::{self, Obstacle, RefusedBy};
use crosstrust_keystore::open::open_store;
use crosstrust_keystore::{Error, Password};
use crosstrust_testkit::fixture;
use crosstrust_x509::{Certificate, KeyKind};

/// What is said here: the obstacles, and the answer where there is one.
struct Answer {
    obstacles: Vec<Obstacle>,
    text: String,
}

impl Answer {
    /// In the words of the table, for a release of Java.
    fn of(&self, release: RefusedBy) -> String {
        let refuses = |one: &Obstacle| one.refused_by.is_final() || one.refused_by == release;
        if self.obstacles.iter().any(refuses) { "error".to_owned() } else { self.text.clone() }
    }
}

fn answer(row: &[&str]) -> Result<Answer, Error> {
    let [kind, file, password, key_password, ..] = row else { panic!("{row:?}") };
    let bytes = fixture(file);
    let (password, key_password) = (Password::new(*password), Password::new(*key_password));
    Ok(match *kind {
        "keystore" => {
            let contents = open_store(&bytes, &password, &key_password)?;
            let obstacles = java::key_store_obstacles(&contents);
            let presented = java::presented(&contents);
            let text = presented.first().map(|entry| {
                let alias = entry.java_alias.clone().unwrap_or_default();
                format!("ok {alias} {}", entry.chain[0].fingerprint_sha256())
            });
            Answer { obstacles, text: text.unwrap_or_default() }
        }
        "truststore" => {
            let contents = open_store(&bytes, &password, &key_password)?;
            let obstacles = java::trust_store_obstacles(&contents);
            let mut prints: Vec<String> =
                java::anchors(&contents).iter().map(|one| one.fingerprint_sha256()).collect();
            prints.sort();
            prints.dedup();
            Answer { obstacles, text: format!("ok {}", prints.join(",")) }
        }
        "key" => match java::key_file(&bytes, &password) {
            Ok((key, obstacles)) => {
                let kind = match key.kind() {
                    KeyKind::Rsa { .. } => "RSA",
                    KeyKind::Ec { .. } => "EC",
                    KeyKind::Dsa { .. } => "DSA",
                    other => panic!("{other}"),
                };
                Answer { obstacles, text: format!("ok {kind}") }
            }
            Err(obstacles) => Answer { obstacles, text: String::new() },
        },
        _ => {
            let file = java::certificate_file(&bytes);
            let prints = file.certificates.iter().map(Certificate::fingerprint_sha256);
            let text = format!("ok {}", prints.collect::<Vec<_>>().join(","));
            Answer { obstacles: file.obstacles, text }
        }
    })
}

/// The answers of the two releases. Where they read different certificates of a file, the one that
/// reads less does not read it.
fn known<'a>(old: &'a str, new: &'a str) -> [&'a str; 2] {
    match (old.len(), new.len()) {
        _ if old == "error" || new == "error" => [old, new],
        (less, more) if less < more => ["error", new],
        (more, less) if less < more => [old, "error"],
        _ => [old, new],
    }
}

#[test]
fn files_are_opened_as_both_releases_of_java_do() {
    let table = String::from_utf8(fixture("node-files.tsv")).unwrap();
    let mut failures = Vec::new();
    let mut counts = [0_usize; 3];
    for line in table.lines().skip(1) {
        let row: Vec<&str> = line.split('\t').collect();
        let answers = match answer(&row) {
            Ok(answer) => [answer.of(RefusedBy::Java17), answer.of(RefusedBy::Java25)],
            Err(_) => ["error".to_owned(), "error".to_owned()],
        };
        let expected = known(row[4], row[5]);
        counts[expected.iter().filter(|one| **one == "error").count()] += 1;
        if answers != expected {
            failures.push(format!("{:?}: {answers:?} instead of {expected:?}", &row[..4]));
        }
    }
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
    assert!(counts.iter().all(|count| *count >= 8), "{counts:?}");
}
