//! A report as the XML of `JUnit`, which most build servers read.
//!
//! There is no standard; this is the part that Jenkins, GitLab and their libraries agree on:
//! `testsuites`, `testsuite`, `testcase`, `failure` and `system-out`.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::concise::place;
use super::markup::escaped;
use crate::finding::{Finding, Report};
use crate::grouped::{Group, groups};
use crate::rule::Severity;

/// A test case for each finding, equal ones once, and a passed one for each file without any. Findings that are
/// at least as bad as `fail_on` are failures, the others are told in cases that pass. In full, all nodes that
/// have a finding are listed.
pub fn junit(report: &Report, fail_on: Severity, in_full: bool) -> String {
    let groups = groups(report);
    let with_findings: BTreeSet<&str> =
        report.findings().iter().filter_map(Finding::path).collect();
    let clean = report.files().iter().filter(|file| !with_findings.contains(file.as_str()));
    let clean = clean.collect::<BTreeSet<_>>();
    let failures = groups.iter().filter(|group| group.first.severity() <= fail_on).count();
    let tests = groups.len().saturating_add(clean.len());
    let counts = format!(r#"tests="{tests}" failures="{failures}" errors="0""#);
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"crosstrust\" {counts}>\n  \
         <testsuite name=\"crosstrust\" {counts} skipped=\"0\">\n"
    );
    for group in &groups {
        case(&mut out, group, fail_on, in_full);
    }
    for file in clean {
        let file = escaped(file);
        let _ = writeln!(out, r#"    <testcase classname="{file}" name="no findings"/>"#);
    }
    out.push_str("  </testsuite>\n</testsuites>\n");
    out
}

fn case(out: &mut String, group: &Group<'_>, fail_on: Severity, in_full: bool) {
    let Group { first, message, help, extent, .. } = group;
    let (code, severity) = (first.rule().code, first.severity());
    let class = escaped(first.path().unwrap_or("crosstrust"));
    let message = escaped(&message.replace('\n', " "));
    let at = first.path().map(|_| format!("{}: ", escaped(&place(first)))).unwrap_or_default();
    let places = extent.as_ref().map(|extent| format!("in {}\n", escaped(&extent.text(in_full))));
    let (summary, help) = (escaped(first.rule().summary), escaped(help));
    let places = places.unwrap_or_default();
    let text = format!("{at}{severity}[{code}]: {message}\n{places}{summary}\nhelp: {help}");
    let _ = writeln!(out, r#"    <testcase classname="{class}" name="{code}: {message}">"#);
    let _ = if severity <= fail_on {
        writeln!(
            out,
            r#"      <failure type="{severity}" message="{code}: {message}">{text}</failure>"#
        )
    } else {
        writeln!(out, "      <system-out>{text}</system-out>")
    };
    out.push_str("    </testcase>\n");
}
