//! Tests of the printers against forms written down by hand.

use super::{Style, github, human, json, junit, sarif, snippet};
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

2 errors
";
    assert_eq!(human(&report(), Style::Plain), expected);
    assert_eq!(human(&Report::default(), Style::Plain), "");
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
    let text = human(&report, Style::Plain);
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
    assert_eq!(github(&report()), expected);
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
    assert_eq!(junit(&report, Severity::Warning), expected);
    assert!(junit(&report, Severity::Note).contains(r#"tests="4" failures="3""#));
}
