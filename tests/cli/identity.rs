//! `crosstrust preflight identity`.

use crosstrust_testkit::Folder;
use serde_json::Value;

use crate::{fixture, run};

const FITTING: &str =
    r"CN=.*\.node\.0123456789abcdef0123456789abcdef\.cluster\.1053523734\.account";

#[test]
fn names_are_judged_as_a_whole() {
    let folder = Folder::new();
    let cloud = fixture("subject/cloud.crt");
    let check = |pattern: &str, status: i32| {
        let arguments = ["preflight", "identity", "--format", "json", "--pattern", pattern, &cloud];
        let ended = run(&folder, &arguments).exits_with(status);
        serde_json::from_str::<Value>(ended.text()).unwrap()
    };
    let document = check(FITTING, 0);
    let certificate = &document["certificates"][0];
    assert_eq!(
        (&certificate["path"], &certificate["admitted"]),
        (&cloud.as_str().into(), &true.into())
    );
    let name = certificate["name"].as_str().unwrap();
    assert!(name.starts_with("CN=instance-0000000001.node."), "{name}");

    // As the documentation has it, without `.account`.
    let document = check(FITTING.trim_end_matches(r"\.account"), 1);
    let findings = document["findings"].as_array().unwrap();
    let codes: Vec<&str> =
        findings.iter().map(|finding| finding["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["PF084", "PF083"], "{document:#}");
    assert!(
        findings[1]["help"].as_str().unwrap().contains(r"\.account` matches it"),
        "{document:#}"
    );
}

#[test]
fn several_nodes_are_shown_for_people() {
    let folder = Folder::new();
    let files = [fixture("subject/cloud.crt"), fixture("subject/several.crt")];
    let arguments = ["preflight", "identity", "--pattern", FITTING, &files[0], &files[1]];
    let ended = run(&folder, &arguments).exits_with(1);
    let text = ended.text();
    assert!(text.contains("refused   CN=local-cluster-1,OU=b,OU=a,O=Example Corp,C=US"), "{text}");
    assert!(text.contains("PF083"), "{text}");
}

#[test]
fn what_java_refuses_or_is_not_judged_here_is_told_with_its_place() {
    let folder = Folder::new();
    let cloud = fixture("subject/cloud.crt");
    let check = |pattern: &str, expected: &[&str]| {
        let arguments = ["preflight", "identity", "--pattern", pattern, &cloud];
        let ended = run(&folder, &arguments).exits_with(2);
        for expected in expected {
            assert!(ended.messages().contains(expected), "{}", ended.messages());
        }
    };
    check("CN=(a", &["it is no regular expression to Java", "is not closed", "1 | CN=(a\n"]);
    check("CN=(?!evil).*", &["a look-ahead `(?!…)`, which is not judged here", "  |    ^"]);
}
