//! `crosstrust restrictions lint`: each rule on a file that breaks it and on one that keeps it.

use std::collections::BTreeSet;

use crosstrust_testkit::{Folder, fixture_path, rows, tool};
use serde_json::Value;

use crate::{fixture, run};

/// Rules whose files are too odd to be kept in the repository; they have a test here.
const ELSEWHERE: &[&str] = &["TR062", "TR074"];

#[test]
fn each_rule_reports_its_broken_file_and_not_its_kept_one() {
    let folder = Folder::new();
    let mut seen = BTreeSet::new();
    for row in rows("trust/lint/cases.tsv") {
        let [code, broken, broken_arguments, kept, kept_arguments] = row.as_slice() else {
            panic!("{row:?} has not five columns")
        };
        let codes = codes(&folder, broken, broken_arguments);
        assert!(codes.contains(code), "{code} is not found in {broken}: {codes:?}");
        let codes = self::codes(&folder, kept, kept_arguments);
        assert!(!codes.contains(code), "{code} is found in {kept}: {codes:?}");
        seen.insert(code.clone());
    }
    let known = known_codes();
    seen.extend(ELSEWHERE.iter().map(|code| (*code).to_owned()));
    let missing: Vec<&String> = known.difference(&seen).collect();
    assert!(missing.is_empty(), "no row of fixtures/trust/lint/cases.tsv for {missing:?}");
    let unknown: Vec<&String> = seen.difference(&known).collect();
    assert!(
        unknown.is_empty(),
        "rows of fixtures/trust/lint/cases.tsv without a rule: {unknown:?}"
    );
}

/// The codes of what is found in a fixture. Arguments are options and fixtures in turn, or values.
fn codes(folder: &Folder, file: &str, arguments: &str) -> Vec<String> {
    let path = fixture(&format!("trust/lint/{file}"));
    let words = arguments
        .split(' ')
        .filter(|word| !word.is_empty())
        .map(|word| if fixture_path(word).is_file() { fixture(word) } else { word.to_owned() });
    let words: Vec<String> = words.collect();
    let mut command = vec!["restrictions", "lint", "--format", "json", &path];
    command.extend(words.iter().map(String::as_str));
    let ended = run(folder, &command);
    assert!(matches!(ended.status, Some(0 | 1)), "{file}: {}", ended.messages());
    let document: Value = serde_json::from_str(ended.text()).unwrap();
    let findings = document["findings"].as_array().unwrap().iter();
    findings.map(|finding| finding["code"].as_str().unwrap().to_owned()).collect()
}

/// The codes that `explain` knows.
fn known_codes() -> BTreeSet<String> {
    let codes = crosstrust_cli::rules().into_iter().map(|rule| rule.code.to_owned());
    codes.filter(|code| code.starts_with("TR")).collect()
}

#[test]
fn a_file_that_everybody_may_change_is_told() {
    let folder = Folder::new();
    folder.write("trust.yml", "trust.subject_name:\n  - '*.east.example'\n");
    let mode = |mode| {
        let permissions = std::os::unix::fs::PermissionsExt::from_mode(mode);
        std::fs::set_permissions(folder.join("trust.yml"), permissions).unwrap();
        run(&folder, &["restrictions", "lint", "trust.yml"]).succeeds().text().to_owned()
    };
    assert!(mode(0o666).contains("TR062"));
    assert!(!mode(0o644).contains("TR062"));
}

#[test]
fn a_file_that_elasticsearch_cannot_hold_is_an_error() {
    let folder = Folder::new();
    let list = "trust.subject_name:\n  - '*.east.example'\n";
    folder.write("trust.yml", format!("# {}\n{list}", "x".repeat(3 << 20)));
    let ended = run(&folder, &["restrictions", "lint", "trust.yml"]).exits_with(1);
    assert!(ended.text().contains("TR074"), "{}", ended.text());
    folder.write("trust.yml", format!("# {}\n{list}", "x".repeat(3 << 19)));
    run(&folder, &["restrictions", "lint", "trust.yml"]).succeeds();
}

#[test]
fn what_the_documentation_shows_is_not_reported_but_for_its_ids() {
    let folder = Folder::new();
    folder.write("cloud.yml", "trust.subject_name:\n  - '*.node.aaaabbbbaaaabbbb.cluster.1053523734.account'\n  - '*.node.xxxxyyyyxxxxyyyy.cluster.1053523734.account'\n  - '*.node.*.cluster.83988631.account'\n  - 'node*.example.com'\n");
    folder.write("kubernetes.yml", "trust.subject_name:\n  - '*.node.*.cluster.namespace.es.local.account'\n  - 'node1.node.1234567abcd.cluster.myscope.account'\n");
    for file in ["cloud.yml", "kubernetes.yml"] {
        let told = run(&folder, &["restrictions", "lint", file]).succeeds();
        let told = told.text().replace("TR078", "");
        assert!(!told.contains("TR0"), "{told}");
    }
    let text = run(&folder, &["restrictions", "lint", "cloud.yml"]).succeeds().text().to_owned();
    assert_eq!(text.matches("TR078").count(), 3, "{text}");
}

#[test]
fn sarif_is_valid_by_its_schema() {
    let Some(python) = tool("python3") else { return };
    let folder = Folder::new();
    folder.write("broken.yml", "trust.subject_name:\n  - *.a\n  - '*'\n  - 'a b'\n");
    folder.write("good.yml", "trust.subject_name:\n  - '*.east.example'\n");
    let own = fixture("pem/node-named.crt");
    let reports: [&[&str]; 4] = [
        &["restrictions", "lint", "--format", "sarif", "broken.yml", "good.yml"],
        &["restrictions", "lint", "--format", "sarif", "good.yml", "--own", &own],
        &["restrictions", "lint", "--format", "sarif", "good.yml"],
        &["preflight", "node", "--format", "sarif", &own, "--trust", &own],
    ];
    for (number, command) in reports.iter().enumerate() {
        folder.write(&format!("{number}.sarif"), run(&folder, command).text());
    }
    let schema = fixture("sarif/sarif-schema-2.1.0.json");
    let arguments = ["-c", VALIDATE, &schema, "0.sarif", "1.sarif", "2.sarif", "3.sarif"];
    let said = python.with(arguments).folder(folder.path()).run().succeeds();
    if said.text() == "absent\n" {
        let required = std::env::var_os("CROSSTRUST_INTEROP").is_some_and(|it| it == "required");
        assert!(!required, "python3 has no module jsonschema");
        return;
    }
    assert_eq!(said.text(), "valid\nvalid\nvalid\nvalid\n");
}

/// Validates documents by a schema, and a document that is not valid as a trial of itself.
const VALIDATE: &str = r#"
import json, sys
try:
    import jsonschema
except ImportError:
    print("absent")
    sys.exit()
schema = json.load(open(sys.argv[1]))
validator = jsonschema.validators.validator_for(schema)(schema)
assert list(validator.iter_errors({"version": "2.1.0", "runs": [{"results": []}]}))
for name in sys.argv[2:]:
    errors = [error.message for error in validator.iter_errors(json.load(open(name)))]
    print(errors or "valid")
"#;
