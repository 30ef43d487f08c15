//! What pipelines go by: exit statuses, `--fail-on`, `--expires-within`, `JUnit`.

use std::fs;

use crosstrust_testkit::{Folder, Run, python_with, root, tool};
use serde_json::Value;

use crate::{fixture, run};

/// A restrictions file with an error on line 2, and one that has none.
fn files(folder: &Folder) {
    folder.write("bad.yml", "trust.subject_name:\n  - *.node.<&\"\n");
    folder.write("good.yml", "trust.subject_name: ['*.node.c1.cluster.s1.account']\n");
}

#[test]
fn junit_is_well_formed_xml_whatever_a_file_says() {
    let folder = Folder::new();
    files(&folder);
    let arguments = ["restrictions", "lint", "--format", "junit", "bad.yml", "good.yml"];
    let ended = run(&folder, &arguments).exits_with(1);
    folder.write("report.xml", ended.text());
    let Some(python) = tool("python3") else { return };
    let script = "\
import xml.etree.ElementTree as x
root = x.parse('report.xml').getroot()
cases = root.findall('./testsuite/testcase')
print(root.tag, len(cases) == int(root.get('tests')))
print(sorted({c.get('classname') for c in cases}))
print([c.get('name') for c in cases if c.get('classname') == 'good.yml'])
print(len(root.findall('.//failure')) == int(root.get('failures')) > 0)
";
    let seen = python.with(["-c", script]).folder(folder.path()).run().succeeds();
    assert_eq!(
        seen.text(),
        "testsuites True\n['bad.yml', 'good.yml']\n['no findings']\nTrue\n",
        "{}",
        ended.text()
    );
}

#[test]
fn a_junit_parser_reads_as_many_failures_as_there_are_errors() {
    let folder = Folder::new();
    let node = fixture("cluster/nodes/self-managed-1.crt");
    let ca = fixture("pem/ca.crt");
    let command = |format: &'static str| {
        let node = node.clone();
        run(&folder, &["preflight", "node", &node, "--trust", &ca, "--format", format])
    };
    let document: Value = serde_json::from_str(command("json").exits_with(1).text()).unwrap();
    folder.write("report.xml", command("junit").exits_with(1).text());
    let Some(python) = python_with("junitparser") else { return };
    let script = "\
from junitparser import JUnitXml
suite = next(iter(JUnitXml.fromfile('report.xml')))
print(suite.tests, suite.failures, suite.errors, sum(1 for _ in suite))
print(sum(1 for case in suite for result in case.result))
";
    let seen = python.with(["-c", script]).folder(folder.path()).run().succeeds();
    let all = document["findings"].as_array().unwrap().len();
    let errors = document["summary"]["errors"].as_u64().unwrap();
    assert!(errors > 0, "{document:#}");
    assert_eq!(seen.text(), format!("{all} {errors} 0 {all}\n{errors}\n"));
}

/// OpenSSL says when the certificate ends: its last second is still good.
#[test]
fn a_run_fails_when_something_expires_within_the_days_given() {
    #[track_caller]
    fn check(at: &str, days: &str, status: i32) {
        let node = fixture("pem/node-named.crt");
        let arguments = ["inspect", &node, "--at", at, "--expires-within", days];
        run(&Folder::new(), &arguments).exits_with(status);
    }

    let node = fixture("pem/node-named.crt");
    let Some(end) = crate::openssl(
        &Folder::new(),
        &["x509", "-in", &node, "-noout", "-enddate", "-dateopt", "iso_8601"],
    ) else {
        return;
    };
    // notAfter=2099-12-30 00:00:00Z
    let (_, end) = end.trim().split_once('=').unwrap();
    let end = end.replace(' ', "T");
    check(&end, "0", 0);
    check(&end, "1", 1);
    check("2024-06-01T00:00:00Z", "30", 0);
    check("2024-06-01T00:00:00Z", "30000", 1);
    check("2200-01-01T00:00:00Z", "0", 1);
}

#[test]
fn what_expires_is_told_to_people_and_machines() {
    let node = fixture("pem/node-named.crt");
    let arguments = ["inspect", &node, "--at", "2200-01-01T00:00:00Z", "--expires-within", "7"];
    let human = run(&Folder::new(), &arguments).exits_with(1);
    assert!(human.text().contains(&format!("expired: {node}: CN=node1, at ")), "{}", human.text());
    let json = run(&Folder::new(), &[&arguments[..], &["--format", "json"]].concat()).exits_with(1);
    let document: Value = serde_json::from_str(json.text()).unwrap();
    assert_eq!(document["expiring"][0]["subject"], "CN=node1");
    assert!(document["expiring"][0]["days_left"].as_i64().unwrap() < 0);
    let json = run(&Folder::new(), &["inspect", &node, "--format", "json"]).succeeds();
    let document: Value = serde_json::from_str(json.text()).unwrap();
    assert!(document.get("expiring").is_none());
}

/// Of what expires the nearest comes first, authorities apart, each certificate once.
#[test]
fn only_what_expires_is_shown_and_a_file_without_a_date_is_refused() {
    let folder = Folder::new();
    let (node, ca) = (fixture("pem/node.crt"), fixture("pem/ca.crt"));
    for (name, path) in [("n1.crt", &node), ("n2.crt", &node), ("ca.crt", &ca)] {
        folder.write(name, fs::read(path).unwrap());
    }
    let old = fs::read(fixture("cluster/nodes/expired.crt")).unwrap();
    folder.write("old.crt", old);
    folder.write("n1.key", fs::read(fixture("pem/node.key")).unwrap());
    let within = |at: &str, files: &[&str]| {
        run(&folder, &[&["inspect", "--expires-within", "30", "--at", at], files].concat())
    };
    let all = ["n1.crt", "n2.crt", "ca.crt", "old.crt"];
    let early = within("2024-06-01", &all).succeeds();
    assert_eq!(early.text(), "0 of 3 certificates have expired or will within 30 days\n");
    let one = within("2026-01-31", &all).exits_with(1);
    let head = "1 of 3 certificates has expired or will within 30 days\n\nleaf certificates\n  expired: old.crt: ";
    assert!(one.text().starts_with(head) && one.text().lines().count() == 4, "{}", one.text());
    let every = within("2200-01-01", &all).exits_with(1);
    let told = every.text();
    let place = |text: &str| told.find(text).unwrap_or_else(|| panic!("{text}: {told}"));
    assert!(place("CA certificates\n  expired: ca.crt: ") < place("leaf certificates\n"));
    assert!(place("expired: old.crt: ") < place("expired: n1.crt and 1 other file: "));
    let refused = within("2026-01-31", &["n1.crt", "n1.key"]).exits_with(2);
    assert!(
        refused.messages().contains("error: n1.key: holds no certificate"),
        "{}",
        refused.messages()
    );
    within("2024-06-01", &["n*.*"]).succeeds();
}

#[test]
fn warnings_fail_a_run_only_when_asked_to() {
    let node = fixture("cluster/nodes/self-managed-1.crt");
    let ca = fixture("cluster/ca.crt");
    let arguments = ["preflight", "node", &node, "--trust", &ca, "--warn-days", "40000"];
    let ended = run(&Folder::new(), &arguments).succeeds();
    assert!(ended.text().contains("warning[PF012]"), "{}", ended.text());
    run(&Folder::new(), &[&arguments[..], &["--fail-on", "warning"]].concat()).exits_with(1);
    run(&Folder::new(), &[&arguments[..], &["--fail-on", "error"]].concat()).succeeds();
}

/// Each hook passes what is well and stops what is not, as pre-commit calls it: the entry, its
/// arguments, then files.
#[test]
fn the_hooks_of_pre_commit_pass_and_stop() {
    let folder = Folder::new();
    files(&folder);
    let text = fs::read_to_string(root().join(".pre-commit-hooks.yaml")).unwrap();
    let connection =
        |verdict: &str| fixture(&format!("remote-check/RC001/{verdict}/connection.yml"));
    let mut seen = Vec::new();
    for hook in text.split("\n- id: ").skip(1) {
        let value = |key: &str| hook.lines().find_map(|line| line.trim().strip_prefix(key));
        let entry = value("entry: crosstrust ").unwrap();
        let extra = value("args: [\"").map(|arguments| arguments.trim_end_matches("\"]"));
        let id = hook.lines().next().unwrap();
        let (good, bad) = match id.trim_end_matches("-python") {
            "crosstrust-restrictions" => (String::from("good.yml"), String::from("bad.yml")),
            "crosstrust-expiry" => (fixture("pem/node.crt"), fixture("cluster/nodes/expired.crt")),
            "crosstrust-connection" => (connection("kept"), connection("broken")),
            _ => panic!("{id} is not tried here"),
        };
        let words: Vec<&str> = entry.split(' ').chain(extra).collect();
        run(&folder, &[&words[..], &[&good, &good]].concat()).succeeds();
        run(&folder, &[&words[..], &[&good, &bad]].concat()).exits_with(1);
        seen.push(id.to_owned());
    }
    assert_eq!(seen.len(), 6, "{seen:?}");
}

/// The last step of the action, with the command where the first one installs it.
#[test]
fn the_action_takes_its_arguments_apart_and_expands_nothing() {
    let folder = Folder::new();
    files(&folder);
    let text = fs::read_to_string(root().join("action.yml")).unwrap();
    let (_, script) = text.rsplit_once("run: |\n").unwrap();
    let bin = folder.join("crosstrust/bin");
    fs::create_dir_all(&bin).unwrap();
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_crosstrust"), bin.join("crosstrust")).unwrap();
    let act = |arguments: &str| {
        let run = Run::new("bash").args(["-c", script]).env("ARGUMENTS", arguments);
        run.env("RUNNER_TEMP", folder.path()).folder(folder.path()).run()
    };
    act("restrictions lint good.yml").succeeds();
    let annotations = act("restrictions lint --format github 'bad.yml'").exits_with(1);
    assert!(annotations.text().starts_with("::error file=bad.yml,"), "{}", annotations.text());
    let kept = act("restrictions match '*.$HOME;`id`' \"a.$HOME;`id`\"").succeeds();
    assert_eq!(kept.text(), "a.$HOME;`id`\ttrue\n");
}
