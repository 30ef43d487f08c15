//! `crosstrust restrictions`.

use crosstrust_testkit::{Folder, fixture_path, rows};
use serde_json::{Value, json};

use crate::{crosstrust, fixture, run};

const NAME: &str = "node1.node.1234567abcd.cluster.myscope.account";

/// The example of the Elastic documentation, whose stars are not quoted.
const DOCUMENTED: &str = "\
trust.subject_name:
  - *.node.aaaabbbbaaaabbbb.cluster.1053523734.account
  - *.node.xxxxyyyyxxxxyyyy.cluster.1053523734.account
  - *.node.*.cluster.83988631.account
  - node*.example.com
";

#[test]
fn the_documented_example_is_refused_with_place_caret_and_remedy() {
    let folder = Folder::new();
    folder.write("trust.yml", DOCUMENTED);
    let ended = run(&folder, &["restrictions", "show", "trust.yml"]).exits_with(2);
    let messages = ended.messages();
    assert!(messages.starts_with("crosstrust: error: trust.yml:2:5: "), "{messages}");
    assert!(messages.contains("\n2 |   - *.node.aaaa"), "{messages}");
    assert!(messages.contains("\n  |     ^"), "{messages}");
    let remedy = "'*.node.aaaabbbbaaaabbbb.cluster.1053523734.account'";
    assert!(messages.contains("hint: ") && messages.contains(remedy), "{messages}");
    assert_eq!(ended.text(), "");
}

#[test]
fn quoted_it_admits_and_refuses_the_right_names() {
    let folder = Folder::new();
    let quoted = DOCUMENTED.replace("- *", "- '*").replace(".account\n", ".account'\n");
    folder.write("trust.yml", quoted);
    let matched = |name: &str| {
        let ended = run(&folder, &["restrictions", "match", "--file", "trust.yml", name]);
        (ended.status, ended.text().to_owned())
    };
    let admitted = [
        "instance-0000000001.node.aaaabbbbaaaabbbb.cluster.1053523734.account",
        "x.node.anything.cluster.83988631.account",
        "node1.example.com",
    ];
    for name in admitted {
        assert_eq!(matched(name), (Some(0), format!("{name}\ttrue\n")));
    }
    let refused = [
        "instance-0000000001.node.zzzz.cluster.1053523734.account",
        "instance-0000000001.node.aaaabbbbaaaabbbb.cluster.1053523734.account.evil",
        "x.node.anything.cluster.83988632.account",
        "Node1.example.com",
        "",
    ];
    for name in refused {
        assert_eq!(matched(name), (Some(1), format!("{name}\tfalse\n")));
    }
}

/// What Elasticsearch's own loader makes of each file.
#[test]
fn show_agrees_with_elasticsearch_on_every_example_file() {
    let folder = Folder::new();
    for row in rows("trust/outcomes.tsv") {
        let path = fixture(&format!("trust/{}", row[0]));
        let ended = run(&folder, &["restrictions", "show", "--format", "json", &path]);
        if row[1] == "error" {
            assert_eq!(ended.status, Some(2), "{}: {}", row[0], ended.text());
            assert!(ended.messages().starts_with("crosstrust: error: "), "{}", ended.messages());
            continue;
        }
        if ended.status == Some(2) {
            // The file loads, but a pattern in it does not: Elasticsearch refuses it one step later.
            assert!(ended.messages().contains('/'), "{}: {}", row[0], ended.messages());
            assert!(row[2].contains("\"/"), "{}: {}", row[0], ended.messages());
            continue;
        }
        let document: Value = serde_json::from_str(ended.text()).unwrap();
        let expected: Value = serde_json::from_str(&row[2]).unwrap();
        assert_eq!(document["patterns"], expected, "{}", row[0]);
        let ignored: Value = serde_json::from_str(&row[3]).unwrap();
        assert_eq!(document["ignored_keys"], ignored, "{}", row[0]);
    }
}

#[test]
fn check_tells_names_and_the_pattern_that_matched() {
    let folder = Folder::new();
    folder.write("trust.yml", "trust.subject_name: ['x', '*.cluster.myscope.account']\n");
    let (named, bare) = (fixture("pem/node-named.crt"), fixture("pem/node.crt"));
    let arguments = ["restrictions", "check", "trust.yml", &named, &bare, "--format", "json"];
    let ended = run(&folder, &arguments).exits_with(1);
    let document: Value = serde_json::from_str(ended.text()).unwrap();
    let field = "subjectAltName.otherName.commonName";
    let expected = json!({
        "restrictions": "trust.yml",
        "certificates": [
            {
                "path": named,
                "names": [{ "field": field, "value": NAME }],
                "trusted": true,
                "verdict": "accepted",
                "matched": { "name": NAME, "pattern": "*.cluster.myscope.account" },
            },
            { "path": bare, "names": [], "trusted": false, "verdict": "refused", "matched": null },
        ],
    });
    assert_eq!(document, expected);
    run(&folder, &["restrictions", "check", "trust.yml", &named]).succeeds();
}

#[test]
fn dns_names_count_when_the_fields_say_so() {
    let folder = Folder::new();
    folder.write("trust.yml", "trust.subject_name: '*.example.com'\n");
    let certificate = fixture("pem/node-named.crt");
    let check = |fields: &[&str]| {
        let arguments = ["restrictions", "check", "trust.yml", &certificate];
        run(&folder, &[&arguments[..], fields].concat())
    };
    check(&[]).exits_with(1);
    check(&["--x509-fields", "subjectaltname.DNSNAME"]).succeeds();
    check(&["--x509-fields", "subject.cn"]).exits_with(2);
}

#[test]
fn names_are_matched_from_arguments_and_standard_input() {
    let folder = Folder::new();
    let ended = run(&folder, &["restrictions", "match", "node?.*", "node1.a", "node10.a"]);
    assert_eq!(ended.exits_with(1).text(), "node1.a\ttrue\nnode10.a\tfalse\n");
    let piped = crosstrust(&folder, &["restrictions", "match", "/node[0-9]+/", "-"]);
    assert_eq!(
        piped.stdin("node1\nnode22\n").run().succeeds().text(),
        "node1\ttrue\nnode22\ttrue\n"
    );
    let ended = run(&folder, &["restrictions", "match", "/a", "a"]).exits_with(2);
    assert!(ended.messages().contains("pattern `/a`"), "{}", ended.messages());
}

/// Rows settled by running Lucene 8.7, 9.9 and 10.6.
#[test]
fn the_settled_cases_agree() {
    let folder = Folder::new();
    let cases = std::fs::read_to_string(fixture_path("../crates/pattern/tests/lucene-cases.tsv"));
    let cases = cases.unwrap();
    let ended = crosstrust(&folder, &["restrictions", "match", "--tsv"]).stdin(cases.clone()).run();
    let expected: Vec<&str> = cases.lines().map(|row| row.rsplit('\t').next().unwrap()).collect();
    assert!(expected.len() > 500);
    assert_eq!(ended.exits_with(1).text().lines().collect::<Vec<_>>(), expected);
}

/// Only a line feed ends a line: a carriage return is part of the name.
#[test]
fn a_table_is_taken_literally() {
    let folder = Folder::new();
    let judged =
        crosstrust(&folder, &["restrictions", "match", "--tsv"]).stdin("a?\ta\r\na\ta\r\n");
    assert_eq!(judged.run().exits_with(1).text(), "true\nfalse\n");
}

#[test]
fn generate_writes_own_nodes_first_and_says_who_is_let_in() {
    let folder = Folder::new();
    let own = fixture("pem/node-named.crt");
    let arguments = ["restrictions", "generate", "--own", &own, "--trust-cluster"];
    let rest = ["cf659f7fe6164d9691b284ae36811be1@1053523734", "--out", "trust.yml"];
    let told = run(&folder, &[&arguments[..], &rest].concat()).succeeds().messages();
    assert!(told.contains(&format!("pem/node-named.crt: `{NAME}` is let in by")), "{told}");
    let shown = run(&folder, &["restrictions", "show", "trust.yml"]).succeeds();
    let patterns: Vec<&str> = shown.text().lines().collect();
    let granted = "*.node.cf659f7fe6164d9691b284ae36811be1.cluster.1053523734.account";
    assert_eq!(patterns.last(), Some(&granted), "{patterns:?}");
    run(&folder, &["restrictions", "check", "trust.yml", &own]).succeeds();
}

#[test]
fn what_a_file_holds_does_not_steer_the_terminal() {
    let folder = Folder::new();
    folder.write("trust.yml", "trust.subject_name: [\"a\\e[31mb\", \"c\\nd\"]\n");
    let shown = run(&folder, &["restrictions", "show", "trust.yml"]).succeeds();
    assert_eq!(shown.text(), "a\u{241b}[31mb\nc\u{fffd}d\n");
    let json = run(&folder, &["restrictions", "show", "--format", "json", "trust.yml"]).succeeds();
    let document: Value = serde_json::from_str(json.text()).unwrap();
    assert_eq!(document["patterns"], json!(["a\u{1b}[31mb", "c\nd"]));
}

#[test]
fn show_refuses_what_is_larger_than_elasticsearch_reads() {
    let folder = Folder::new();
    let comment = "#".repeat(3 << 20);
    folder.write("trust.yml", format!("trust.subject_name: [a]\n{comment}\n"));
    let ended = run(&folder, &["restrictions", "show", "trust.yml"]).exits_with(2);
    assert!(ended.messages().contains("3145728"), "{}", ended.messages());
}

#[test]
fn generate_refuses_to_lock_the_own_cluster_out() {
    let folder = Folder::new();
    let own = fixture("pem/node.crt");
    for arguments in [
        &["--trust-scope", "1053523734"][..],
        &["--own", &own, "--trust-scope", "1053523734"],
        &["--own-pattern", "*.a", "--trust-cluster", "no-scope"],
        &["--own-pattern", "/unclosed"],
        &["--own-pattern", "/#/"],
    ] {
        let command = [&["restrictions", "generate", "--out", "trust.yml"], arguments].concat();
        run(&folder, &command).exits_with(2);
        assert_eq!(folder.entries(), Vec::<String>::new(), "{arguments:?}");
    }
}

/// As `restrictions lint` says of them in a file: TR075, TR076, TR077.
#[test]
fn what_came_along_with_a_copied_pattern_is_refused() {
    let folder = Folder::new();
    folder.write("trust.yml", "trust.subject_name: ['*.example']\n");
    for (pattern, expected) in [
        ("*.node.c1.cluster.s1.account <1>", "`<1>` is a call-out of the documentation"),
        ("\u{201C}*.example\u{201D}", "are part of the pattern"),
        ("'*.example'", "are part of the pattern"),
        ("node\u{2013}1.example", "is U+2013, and no `-`"),
    ] {
        for command in [
            &["restrictions", "add", "trust.yml", pattern][..],
            &["restrictions", "generate", "--own-pattern", "*.own", "--pattern", pattern],
            &["restrictions", "generate", "--own-pattern", pattern],
        ] {
            let ended = run(&folder, command).exits_with(2);
            assert!(ended.messages().contains(expected), "{command:?}: {}", ended.messages());
        }
        folder.write("copied.yml", format!("trust.subject_name: [\"{pattern}\"]\n"));
        run(&folder, &["restrictions", "merge", "trust.yml", "copied.yml"]).exits_with(2);
    }
    assert_eq!(folder.read_text("trust.yml"), "trust.subject_name: ['*.example']\n");
}
