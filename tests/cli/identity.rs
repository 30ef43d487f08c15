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
        let trust = ["--trust", &cloud, "--format", "json"];
        let arguments = [&["preflight", "identity", "--pattern", pattern, &cloud], &trust[..]];
        let arguments = arguments.concat();
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
    let trust = ["--trust", &files[0], &files[1], "--pattern", FITTING, &files[0], &files[1]];
    let arguments = [&["preflight", "identity"], &trust[..]].concat();
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

/// As Elasticsearch: `checkClientTrusted`, the dates, then the kind of the key.
#[test]
fn the_certificate_is_judged_before_its_name() {
    let folder = Folder::new();
    let ca = fixture("cluster/ca.crt");
    let check = |node: &str, rest: &[&str]| {
        let node = fixture(node);
        let identity = ["preflight", "identity", "--pattern", ".*", &node, "--format", "json"];
        let ended = run(&folder, &[&identity, rest].concat());
        let document: Value = serde_json::from_str(ended.text()).unwrap();
        let certificate = &document["certificates"][0];
        let findings = document["findings"].as_array().unwrap().iter();
        let codes = findings.map(|finding| {
            let message = finding["message"].as_str().unwrap();
            let code = finding["code"].as_str().unwrap();
            message.rsplit_once('(').map_or(code, |(_, end)| end.trim_end_matches(')')).to_owned()
        });
        let verdict = certificate["verdict"].as_str().unwrap().to_owned();
        assert_eq!(certificate["admitted"].as_bool(), Some(verdict == "accepted"));
        assert_eq!(certificate["name_matches"].as_bool(), Some(true));
        assert_eq!(ended.status, Some(i32::from(verdict != "accepted")));
        (verdict, codes.collect::<Vec<_>>().join(" "))
    };
    let answer = |verdict: &str, codes: &str| (verdict.to_owned(), codes.to_owned());
    let trust = ["--trust", &ca];
    let cloud = "cluster/nodes/cloud-1.crt";
    assert_eq!(check(cloud, &trust), answer("accepted", ""));
    assert_eq!(check(cloud, &[]), answer("not_judged", "PF086"));
    let later = ["--at", "2299-01-01T00:00:00Z"];
    assert_eq!(check(cloud, &[&trust[..], &later].concat()), answer("refused", "PF011"));
    // Listed itself, its usages do not count to Java, and its dates do.
    let pinned = fixture(cloud);
    assert_eq!(check(cloud, &["--trust", &pinned]), answer("accepted", ""));
    let late = [&["--trust", &pinned][..], &later].concat();
    assert_eq!(check(cloud, &late), answer("refused", "PF011"));
    for (scenario, codes) in [
        ("eku-server-auth", "PF016"),
        ("eku-client-auth", ""),
        ("ku-key-encipherment", "PF018"),
        ("leaf-expired", "PF011"),
        ("ed25519-leaf", "PF102"),
        ("pinned-server-auth", ""),
        ("pinned-expired", "PF011"),
    ] {
        let trust = fixture(&format!("cluster/scenarios/{scenario}.trust.pem"));
        let verdict = if codes.is_empty() { "accepted" } else { "refused" };
        let found = check(&format!("cluster/scenarios/{scenario}.chain.pem"), &["--trust", &trust]);
        assert_eq!(found, answer(verdict, codes), "{scenario}");
    }
    let stranger = ["--trust", &fixture("cluster/other-ca.crt")];
    assert_eq!(check(cloud, &stranger), answer("refused", "PF010"));
}
