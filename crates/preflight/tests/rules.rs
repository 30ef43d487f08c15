//! Each rule has a case that breaks it and one that keeps it: here, with a certificate of
//! `fixtures/preflight` each, or in a test that names its code.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test")]

mod support;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crosstrust_preflight::{Node, Policy, Settings, TrustList, check_nodes, rules};

use support::{certificates, now};

/// Rules that compare two nodes.
const OF_TWO_NODES: &[&str] = &["PF037", "PF045"];

#[test]
fn each_rule_is_broken_by_one_certificate_and_kept_by_the_other() {
    let codes = codes_of_fixtures();
    assert!(codes.len() >= 18, "{codes:?}");
    for code in codes {
        let broken = found(&code, "broken");
        assert!(broken.contains(&code), "{code} is not found: {broken:?}");
        let kept = found(&code, "kept");
        assert!(!kept.contains(&code), "{code} is found in what keeps it: {kept:?}");
    }
}

#[test]
fn every_rule_has_a_case() {
    let mut sources = String::new();
    for folder in ["crates/preflight/src", "crates/preflight/tests", "tests/cli"] {
        read_tests(&root().join(folder), &mut sources);
    }
    let codes = codes_of_fixtures();
    let rules = rules();
    let without = rules.iter().map(|rule| rule.code).filter(|code| {
        !codes.contains(*code)
            && !sources.contains(&format!("{code}\""))
            && !sources.contains(&format!("{code} "))
    });
    let without = without.collect::<Vec<_>>();
    assert!(
        without.is_empty(),
        "no test has a case for {without:?}: CODE-broken.pem and CODE-kept.pem in fixtures/preflight/, which \
         fixtures/make/rules.py writes, or a test that names the code"
    );
}

/// The codes of what is found in a node, or two of them.
fn found(code: &str, word: &str) -> BTreeSet<String> {
    let file = |name: String| certificates(&format!("preflight/{name}.pem"));
    let suites =
        if code == "PF019" { vec!["TLS_RSA_WITH_AES_128_CBC_SHA".to_owned()] } else { Vec::new() };
    let mut nodes =
        vec![Node::new(code, file(format!("{code}-{word}"))).with_cipher_suites(suites)];
    if OF_TWO_NODES.contains(&code) {
        nodes.push(Node::new("second", file(format!("{code}-second-{word}"))));
    }
    let trust = TrustList::new(file(format!("{code}-{word}.trust")));
    let verdicts = check_nodes(&nodes, &Policy::new(Settings::new(trust), now()));
    verdicts.report.findings().iter().map(|finding| finding.rule().code.to_owned()).collect()
}

fn codes_of_fixtures() -> BTreeSet<String> {
    let files = std::fs::read_dir(root().join("fixtures/preflight")).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    names.filter_map(|name| name.split('-').next().map(str::to_owned)).collect()
}

/// The text of the files in a folder that are tests, and of the tests within the others.
fn read_tests(folder: &Path, out: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_tests(&path, out);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let is_test = path.components().any(|part| part.as_os_str() == "tests")
                || path.file_stem().is_some_and(|stem| stem == "tests");
            let tests = if is_test { 0 } else { text.find("#[cfg(test)]").unwrap_or(text.len()) };
            out.push_str(text.get(tests..).unwrap());
        }
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
