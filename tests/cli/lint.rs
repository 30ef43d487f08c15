//! `crosstrust restrictions lint`, `add`, `merge` and `explain`.

use crosstrust_testkit::{Folder, fixture_path};
use serde_json::Value;

use crate::{crosstrust, fixture, run};

/// The example of the Elastic documentation, whose stars are not quoted.
const DOCUMENTED: &str = "\
trust.subject_name:
  - *.node.aaaabbbbaaaabbbb.cluster.1053523734.account # cluster one
  - *.node.xxxxyyyyxxxxyyyy.cluster.1053523734.account
  - *.node.*.cluster.83988631.account
  - node*.example.com
";

fn lint_json(folder: &Folder, arguments: &[&str]) -> Value {
    let command = [&["restrictions", "lint", "--format", "json"], arguments].concat();
    serde_json::from_str(run(folder, &command).text()).unwrap()
}

#[test]
fn each_unquoted_star_of_the_documented_example_is_one_error_at_its_place() {
    let folder = Folder::new();
    folder.write("trust.yml", DOCUMENTED);
    run(&folder, &["restrictions", "lint", "trust.yml"]).exits_with(1);
    let document = lint_json(&folder, &["trust.yml"]);
    let errors: Vec<_> = document["findings"].as_array().unwrap().iter().collect();
    let errors: Vec<_> = errors
        .into_iter()
        .filter(|finding| finding["severity"] == "error")
        .map(|finding| {
            (finding["code"].as_str(), finding["line"].as_u64(), finding["column"].as_u64())
        })
        .collect();
    let expected = [2, 3, 4].map(|line| (Some("TR005"), Some(line), Some(5)));
    assert_eq!(errors, expected, "{document:#}");
    let human = run(&folder, &["restrictions", "lint", "trust.yml"]);
    assert!(human.text().contains("\n2 |   - *.node.aaaabbbb"), "{}", human.text());
    assert!(human.text().contains("\n  |     ^"), "{}", human.text());
}

#[test]
fn fix_changes_the_quotes_alone_and_a_second_time_nothing() {
    let folder = Folder::new();
    folder.write("trust.yml", DOCUMENTED);
    let diff = run(&folder, &["restrictions", "lint", "--diff", "trust.yml"]).exits_with(1);
    assert!(diff.text().contains("+  - '*.node.*.cluster.83988631.account'"), "{}", diff.text());
    assert_eq!(folder.read_text("trust.yml"), DOCUMENTED);

    run(&folder, &["restrictions", "lint", "--fix", "trust.yml"]).succeeds();
    let fixed = folder.read_text("trust.yml");
    assert_eq!(fixed.replace('\'', ""), DOCUMENTED);
    run(&folder, &["restrictions", "show", "trust.yml"]).succeeds();
    run(&folder, &["restrictions", "lint", "--fix", "trust.yml"]).succeeds();
    assert_eq!(folder.read_text("trust.yml"), fixed);
}

#[test]
fn a_star_that_is_lost_in_silence_is_called_what_it_is() {
    let folder = Folder::new();
    folder.write("trust.yml", "trust.subject_name:\n  - *node\n");
    let ended = run(&folder, &["restrictions", "lint", "trust.yml"]).exits_with(1);
    assert!(ended.text().contains("TR006"), "{}", ended.text());
    run(&folder, &["restrictions", "lint", "--fix", "trust.yml"]);
    assert_eq!(folder.read_text("trust.yml"), "trust.subject_name:\n  - '*node'\n");
}

#[test]
fn standard_input_is_linted() {
    let folder = Folder::new();
    let lint = |options: &[&str], text: &str| {
        let words = [&["restrictions", "lint", "-"], options].concat();
        crosstrust(&folder, &words).stdin(text).run()
    };
    lint(&[], "trust.subject_name:\n  - 'a.example'\n").succeeds();
    let found = lint(&["--format", "github"], "trust.subject_name:\n  - *.a\n").exits_with(1);
    assert!(found.text().contains("TR005") && !found.text().contains("TR001"), "{}", found.text());
    let mended = lint(&["--diff"], "trust.subject_name:\n  - *.a\n").exits_with(1);
    assert!(mended.text().contains("+  - '*.a'"), "{}", mended.text());
    lint(&["--fix"], "trust.subject_name:\n  - *.a\n").exits_with(2);
}

#[test]
fn a_file_that_cannot_be_mended_is_left_as_it_is() {
    let folder = Folder::new();
    let broken = "trust.subject_name:\n  - *.a\n  - '/unclosed\n";
    folder.write("trust.yml", broken);
    run(&folder, &["restrictions", "lint", "--fix", "trust.yml"]).exits_with(1);
    assert_eq!(folder.read_text("trust.yml"), broken);
    run(&folder, &["restrictions", "lint", "missing.yml"]).exits_with(2);
}

#[test]
fn the_own_cluster_locked_out_is_an_error() {
    let folder = Folder::new();
    folder.write("trust.yml", "trust.subject_name:\n  - '*.node.other.cluster.x.account'\n");
    let own = fixture("pem/node-named.crt");
    let document = lint_json(&folder, &["trust.yml", "--own", &own]);
    let codes = document["findings"].as_array().unwrap();
    assert!(codes.iter().any(|finding| finding["code"] == "TR050"), "{document:#}");
    folder.write(
        "good.yml",
        "trust.subject_name:\n  - '*.node.1234567abcd.cluster.myscope.account'\n",
    );
    run(&folder, &["restrictions", "lint", "good.yml", "--own", &own]).succeeds();
}

#[test]
fn a_comment_allows_a_finding() {
    let folder = Folder::new();
    let pattern = "trust.subject_name:\n  - '*'";
    folder.write("trust.yml", format!("{pattern}\n"));
    let told = lint_json(&folder, &["trust.yml"]);
    assert_eq!(told["findings"][0]["code"], "TR041", "{told:#}");
    folder.write("trust.yml", format!("{pattern} # crosstrust: allow TR041 — a test cluster\n"));
    let told = lint_json(&folder, &["trust.yml"]);
    let codes = told["findings"].as_array().unwrap();
    assert!(codes.iter().all(|finding| finding["code"] != "TR041"), "{told:#}");
}

#[test]
fn machines_get_sarif_and_annotations() {
    let folder = Folder::new();
    folder.write("trust.yml", DOCUMENTED);
    let format = |name| run(&folder, &["restrictions", "lint", "--format", name, "trust.yml"]);
    let sarif: Value = serde_json::from_str(format("sarif").exits_with(1).text()).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    assert_eq!(sarif["runs"][0]["results"][0]["ruleId"], "TR005");
    let annotations = format("github").exits_with(1);
    assert!(
        annotations.text().starts_with("::error file=trust.yml,line=2,col=5,"),
        "{}",
        annotations.text()
    );
}

#[test]
fn every_rule_is_explained_by_both_commands() {
    let folder = Folder::new();
    let unknown = run(&folder, &["restrictions", "explain", "TR999"]).exits_with(2);
    assert!(
        unknown.messages().contains("known are TR001 to TR065, TR067"),
        "{}",
        unknown.messages()
    );
    let rules = crosstrust_cli::rules();
    let known: Vec<&str> =
        rules.iter().map(|rule| rule.code).filter(|code| code.starts_with("TR")).collect();
    assert!(known.len() > 50, "{known:?}");
    for code in known {
        let explained = run(&folder, &["restrictions", "explain", code]).succeeds();
        assert!(explained.text().starts_with(&format!("{code} (")), "{}", explained.text());
        assert_eq!(run(&folder, &["explain", code]).succeeds().text(), explained.text());
    }
}

#[test]
fn add_and_merge_keep_the_rest_of_a_file() {
    let folder = Folder::new();
    let text = "# ours\ntrust.subject_name:\n  - '*.a' # the first\n";
    folder.write("a.yml", text);
    std::fs::set_permissions(
        folder.join("a.yml"),
        std::os::unix::fs::PermissionsExt::from_mode(0o640),
    )
    .unwrap();
    run(&folder, &["restrictions", "add", "a.yml", "*.b", "*.a"]).succeeds();
    assert_eq!(folder.read_text("a.yml"), format!("{text}  - '*.b'\n"));
    assert_eq!(folder.mode("a.yml"), 0o640);
    run(&folder, &["restrictions", "add", "a.yml", "/open"]).exits_with(2);
    assert_eq!(folder.read_text("a.yml"), format!("{text}  - '*.b'\n"));

    folder.write("b.yml", "trust.subject_name: ['*.c', '*.a']\n");
    let merged = run(&folder, &["restrictions", "merge", "a.yml", "b.yml"]).succeeds();
    assert_eq!(merged.text(), format!("{text}  - '*.b'\n  - '*.c'\n"));
    let bad = fixture("trust/11-unquoted-star-dot.yml");
    let refused = run(&folder, &["restrictions", "merge", "a.yml", &bad]).exits_with(2);
    assert!(refused.messages().contains("11-unquoted-star-dot.yml:2:5"), "{}", refused.messages());
}

#[test]
fn every_example_file_is_linted_as_elasticsearch_would_load_it() {
    let folder = Folder::new();
    for row in crosstrust_testkit::rows("trust/outcomes.tsv") {
        let path = fixture_path(&format!("trust/{}", row[0])).to_string_lossy().into_owned();
        let ended = crosstrust(&folder, &["restrictions", "lint", &path]).run();
        assert!(matches!(ended.status, Some(0 | 1)), "{}: {}", row[0], ended.messages());
        if row[1] == "error" {
            assert_eq!(ended.status, Some(1), "{}: {}", row[0], ended.text());
        }
    }
}

/// One reader reads every `elasticsearch.yml`; what it says shows no value, which may be a password.
#[test]
fn settings_that_elasticsearch_refuses_are_refused_by_every_command() {
    let folder = Folder::new();
    folder.write("trust.yml", "trust.subject_name: ['*.node.east.example']\n");
    let connection =
        std::fs::read_to_string(fixture("remote-check/RC019/kept/connection.yml")).unwrap();
    folder.write("connection.yml", connection.replace("../../../cluster/", ""));
    for name in ["ca.crt", "other-ca.crt"] {
        folder.write(name, crosstrust_testkit::fixture(&format!("cluster/{name}")));
    }
    for (settings, expected) in [
        ("node.attr.x:\n", "the value of `node.attr.x` is null"),
        ("- node.name: a\n", "the document is a list, not a mapping of keys to values"),
        ("node.name: a\nnode.name: b\n", "the key `node.name` stands already on line 1"),
        ("x.keystore.password: *s3cret.\n", "a value begins with an unquoted `*`"),
        ("x.keystore.password: !s!3cret\n", "a value begins with an unquoted `!`"),
        (
            "node.roles: [data]\nnode.roles.0: data\n",
            "`node.roles` and `node.roles.0` are both set",
        ),
    ] {
        folder.write("elasticsearch.yml", settings);
        let lint = ["restrictions", "lint", "trust.yml", "--config", "elasticsearch.yml"];
        let node = ["preflight", "node", "--config", "elasticsearch.yml"];
        let remote = ["remote", "check", "connection.yml"];
        let said = [
            run(&folder, &lint).exits_with(1).text().to_owned(),
            run(&folder, &node).exits_with(1).text().to_owned(),
            run(&folder, &remote).exits_with(1).text().to_owned(),
        ];
        for said in said {
            assert!(said.contains(expected), "{expected}: {said}");
            assert!(!said.contains("3cret"), "{said}");
            assert!(!said.contains("trust.subject_name"), "{said}");
        }
    }
}
