//! A report as the XML of `JUnit`, which most build servers read.
//!
//! There is no standard; this is the part that Jenkins, GitLab and their libraries agree on:
//! `testsuites`, `testsuite`, `testcase`, `failure` and `system-out`.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::markup::escaped;
use crate::finding::{Finding, Report};
use crate::rule::Severity;

/// A test case for each finding, and a passed one for each file without any. Findings that are at
/// least as bad as `fail_on` are failures, the others are told in cases that pass.
pub fn junit(report: &Report, fail_on: Severity) -> String {
    let with_findings: BTreeSet<&str> =
        report.findings().iter().filter_map(Finding::path).collect();
    let clean = report.files().iter().filter(|file| !with_findings.contains(file.as_str()));
    let clean = clean.collect::<BTreeSet<_>>();
    let failures = report.findings().iter().filter(|found| found.severity() <= fail_on).count();
    let tests = report.findings().len().saturating_add(clean.len());
    let counts = format!(r#"tests="{tests}" failures="{failures}" errors="0""#);
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"crosstrust\" {counts}>\n  \
         <testsuite name=\"crosstrust\" {counts} skipped=\"0\">\n"
    );
    for finding in report.findings() {
        case(&mut out, finding, fail_on);
    }
    for file in clean {
        let file = escaped(file);
        let _ = writeln!(out, r#"    <testcase classname="{file}" name="no findings"/>"#);
    }
    out.push_str("  </testsuite>\n</testsuites>\n");
    out
}

fn case(out: &mut String, finding: &Finding, fail_on: Severity) {
    let (code, severity) = (finding.rule().code, finding.severity());
    let class = escaped(finding.path().unwrap_or("crosstrust"));
    let message = escaped(&finding.message().replace('\n', " "));
    let place = match (finding.path(), finding.place()) {
        (Some(path), Some((line, column))) => format!("{path}:{line}:{column}: "),
        (Some(path), None) => format!("{path}: "),
        (None, _) => String::new(),
    };
    let place = escaped(&place);
    let (summary, help) = (escaped(finding.rule().summary), escaped(finding.help()));
    let text = format!("{place}{severity}[{code}]: {message}\n{summary}\nhelp: {help}");
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
