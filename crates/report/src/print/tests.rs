//! Tests of the printers against forms written down by hand.

use super::{Layout, Style, concise, github, human, in_brief, json, junit, sarif, snippet};
use crate::finding::{Finding, Report};
use crate::rule::{Rule, Severity};

const RULE: Rule = Rule {
    code: "TR005",
    severity: Severity::Error,
    summary: "an unquoted star",
    explanation: "A star makes an alias of a YAML item.",
    help: "put the item into single quotes",
};

fn report() -> Report {
    let mut report = Report::default();
    let place = Finding::new(&RULE, "`*.a` is an alias").in_file("my trust.yml").at(2, 5);
    report.push(place.with_source("  - *.a", 3).with_help("write '*.a'"));
    report.push(Finding::new(&RULE, "100%\nwrong"));
    report
}

#[test]
fn people_see_the_line_and_a_caret() {
    let expected = "\
error[TR005]: `*.a` is an alias
 --> my trust.yml:2:5
  |
2 |   - *.a
  |     ^^^
  = help: write '*.a'

error[TR005]: 100%
wrong
  = help: put the item into single quotes

what a code means: crosstrust explain CODE
2 errors
";
    assert_eq!(human(&report(), Layout::default()), expected);
    assert_eq!(human(&Report::default(), Layout::default()), "");
}

#[test]
fn a_caret_stays_inside_its_line_and_controls_are_shown() {
    assert_eq!(snippet(10, 3, 99, "a\tb"), "   |\n10 | a b\n   |   ^\n");
    for place in [0, 79, 80, 200, 419, 420, 499] {
        let line: String = (0..500).map(|at| if at == place { 'X' } else { '.' }).collect();
        let text = snippet(1, place + 1, 1, &line);
        let lines: Vec<Vec<char>> = text.lines().map(|line| line.chars().collect()).collect();
        let caret = lines[2].iter().position(|c| *c == '^').unwrap();
        assert_eq!(lines[1][caret], 'X', "{text}");
        assert!((161..=162).contains(&(lines[1].len() - 4)), "{text}");
    }
    assert_eq!(snippet(1, 9, 1, "\u{1b}x"), "  |\n1 | \u{241b}x\n  |   ^\n");
}

#[test]
fn a_message_cannot_steer_the_terminal() {
    let mut report = Report::default();
    report.push(Finding::new(&RULE, "`a\u{1b}[2J\u{9b}b`"));
    let text = human(&report, Layout::default());
    assert!(text.starts_with("error[TR005]: `a\u{241b}[2J\u{fffd}b`\n"), "{text:?}");
}

#[test]
fn machines_get_the_promised_keys() {
    let value: serde_json::Value = serde_json::from_str(&json(&report())).unwrap();
    let expected = serde_json::json!({
        "findings": [
            {
                "code": "TR005", "severity": "error", "message": "`*.a` is an alias",
                "path": "my trust.yml", "line": 2, "column": 5, "help": "write '*.a'",
            },
            {
                "code": "TR005", "severity": "error", "message": "100%\nwrong",
                "path": null, "line": null, "column": null,
                "help": "put the item into single quotes",
            },
        ],
        "summary": { "errors": 2, "warnings": 0, "notes": 0 },
    });
    assert_eq!(value, expected);
}

#[test]
fn annotations_are_escaped() {
    let expected = "\
::error file=my trust.yml,line=2,col=5,title=TR005::`*.a` is an alias (write '*.a')
::error title=TR005::100%25%0Awrong (put the item into single quotes)
";
    assert_eq!(github(&report(), false), expected);
}

#[test]
fn sarif_names_each_rule_once() {
    let value: serde_json::Value = serde_json::from_str(&sarif(&report(), "0.1.0")).unwrap();
    let run = &value["runs"][0];
    assert_eq!(value["version"], "2.1.0");
    assert_eq!(run["tool"]["driver"]["rules"].as_array().unwrap().len(), 1);
    assert_eq!(run["results"][0]["ruleId"], "TR005");
    let location = &run["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(location["artifactLocation"]["uri"], "my%20trust.yml");
    assert_eq!(location["region"]["startLine"], 2);
    assert_eq!(location["region"]["endColumn"], 8);
    assert_eq!(run["results"][1].get("locations"), None);
}

const NOTE: Rule = Rule {
    code: "TR090",
    severity: Severity::Note,
    summary: "worth knowing",
    explanation: "It is.",
    help: "know it",
};

#[test]
fn junit_has_a_case_a_finding_and_one_a_clean_file() {
    let mut report = report();
    report.push(Finding::new(&NOTE, "<&\">\u{1b}").in_file("my trust.yml"));
    report.look_at("my trust.yml");
    report.look_at("clean.yml");
    let expected = r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="crosstrust" tests="4" failures="2" errors="0">
  <testsuite name="crosstrust" tests="4" failures="2" errors="0" skipped="0">
    <testcase classname="my trust.yml" name="TR005: `*.a` is an alias">
      <failure type="error" message="TR005: `*.a` is an alias">my trust.yml:2:5: error[TR005]: `*.a` is an alias
an unquoted star
help: write '*.a'</failure>
    </testcase>
    <testcase classname="crosstrust" name="TR005: 100% wrong">
      <failure type="error" message="TR005: 100% wrong">error[TR005]: 100% wrong
an unquoted star
help: put the item into single quotes</failure>
    </testcase>
    <testcase classname="my trust.yml" name="TR090: &lt;&amp;&quot;&gt;�">
      <system-out>my trust.yml: note[TR090]: &lt;&amp;&quot;&gt;�
worth knowing
help: know it</system-out>
    </testcase>
    <testcase classname="clean.yml" name="no findings"/>
  </testsuite>
</testsuites>
"#;
    assert_eq!(junit(&report, Severity::Warning, false), expected);
    assert!(junit(&report, Severity::Note, false).contains(r#"tests="4" failures="3""#));
}

#[test]
fn a_line_each_has_place_code_and_message() {
    let expected = "my trust.yml:2:5: TR005 `*.a` is an alias\ncrosstrust: TR005 100% wrong\n";
    assert_eq!(concise(&report()), expected);
    let mut report = Report::default();
    report.push(Finding::new(&NOTE, "old").in_file("node1.crt"));
    assert_eq!(concise(&report), "node1.crt: TR090 old\n");
}

/// Thirty nodes, of which all but the first and the last have the same fault.
fn nodes() -> Report {
    let mut report = Report::default();
    for number in 1..=30 {
        let (path, subject) = (format!("c/node-{number:02}.crt"), format!("CN=node-{number:02}"));
        report.look_at_node(&path, [subject.clone(), format!("2027-01-01T00:00:{number:02}Z")]);
        let message = format!("the CA `CN=ca` that signed `{subject}` is not trusted");
        if number > 1 && number < 30 {
            report
                .push(Finding::new(&RULE, message).in_file(&path).with_help(format!("see {path}")));
        }
    }
    report
}

#[test]
fn equal_findings_are_one_with_the_nodes_that_have_it() {
    let expected = "\
error[TR005]: the CA `CN=ca` that signed `CN=node-02` (and 27 others) is not trusted
 --> c/node-02.crt
  = in 28 of 30 nodes: node-02, node-03, … +26
  = help: see c/node-02.crt

what a code means: crosstrust explain CODE
28 errors (1 different)
";
    let report = nodes();
    assert_eq!(human(&report, Layout::default()), expected);
    let verbose = human(&report, Layout { verbose: true, ..Layout::default() });
    let listed = verbose.split("  = in 28 of 30 nodes:\n").nth(1).unwrap();
    assert_eq!(listed.lines().take_while(|line| line.starts_with("    c/node-")).count(), 28);
    let expected = "::error file=c/node-02.crt,title=TR005::the CA `CN=ca` that signed `CN=node-02` \
        (and 27 others) is not trusted (in 28 of 30 nodes: node-02, node-03, … +26) (see c/node-02.crt)\n";
    assert_eq!(github(&report, false), expected);
    assert!(github(&report, true).contains("node-28, node-29)"));
    let found = junit(&report, Severity::Error, false);
    assert!(found.contains(r#"tests="3" failures="1""#), "{found}");
    assert!(found.contains("\nin 28 of 30 nodes: node-02, node-03, … +26\n"), "{found}");
    let single: serde_json::Value = serde_json::from_str(&json(&report)).unwrap();
    assert_eq!(single["findings"].as_array().unwrap().len(), 28);
    assert_eq!(concise(&report).lines().count(), 28);
}

#[test]
fn what_differs_in_more_than_the_node_stays_apart() {
    let mut report = Report::default();
    for (path, issuer) in [("a.crt", "CN=one"), ("b.crt", "CN=two"), ("c.crt", "CN=one")] {
        report.look_at_node(path, [format!("CN={path}")]);
        report.push(Finding::new(&RULE, format!("`{issuer}` is unknown")).in_file(path));
    }
    let found = human(&report, Layout::default());
    assert!(
        found.contains("`CN=one` is unknown\n --> a.crt\n  = in 2 of 3 nodes: a, c\n"),
        "{found}"
    );
    assert!(found.contains("`CN=two` is unknown\n --> b.crt\n  = help"), "{found}");
    assert!(found.contains("3 errors (2 different)\n"), "{found}");
}

#[test]
fn places_in_one_file_stay_apart_and_files_come_together() {
    let mut report = Report::default();
    for path in ["a/elasticsearch.yml", "b/elasticsearch.yml"] {
        for line in [1, 7] {
            let finding = Finding::new(&RULE, "not set").in_file(path).at(line, 1);
            report.push(finding.with_source("x: y", 1).mendable(line == 7));
        }
    }
    let found = human(&report, Layout::default());
    assert_eq!(found.matches("  = in 2 files: a, b\n").count(), 2, "{found}");
    assert!(found.contains(" --> a/elasticsearch.yml:7:1\n"), "{found}");
    assert!(found.contains("`--fix` mends 2 of them\n4 errors (2 different)\n"), "{found}");
}

#[test]
fn in_brief_equal_findings_are_one_and_what_is_told_elsewhere_is_left_out() {
    let expected = "\nerror[TR005]: the CA `CN=ca` that signed `CN=node-02` (and 27 others) is not trusted\n   \
        = in 28 of 30 nodes: node-02, node-03, … +26\n   = help: see c/node-02.crt\n";
    assert_eq!(in_brief(&nodes(), &[], Style::Plain), expected);
    assert_eq!(in_brief(&nodes(), &[&RULE], Style::Plain), "");
    let mut report = Report::default();
    for number in 0..12 {
        report.push(Finding::new(&RULE, format!("the {number}th is \u{1b}[31m")).in_file("a.crt"));
    }
    let found = in_brief(&report, &[], Style::Plain);
    assert!(found.starts_with("\nerror[TR005]: a.crt: the 0th is ␛[31m\n   = help: "), "{found}");
    assert!(found.ends_with("\nand 2 more\n"), "{found}");
}
