//! A report as SARIF 2.1.0 (OASIS Static Analysis Results Interchange Format).

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;

use crate::finding::{Finding, Report};
use crate::rule::{Rule, Severity};

/// One run of `crosstrust` at `version`, with the rules that found something.
pub fn sarif(report: &Report, version: &str) -> String {
    let rules: BTreeMap<&str, &Rule> =
        report.findings().iter().map(|finding| (finding.rule().code, finding.rule())).collect();
    let driver = Driver {
        name: "crosstrust",
        version,
        rules: rules.values().map(|rule| Descriptor::from(*rule)).collect(),
    };
    let results = report.findings().iter().map(SarifResult::from).collect();
    let runs = [Run { tool: Tool { driver }, column_kind: "unicodeCodePoints", results }];
    let log = Log { schema: SCHEMA, version: "2.1.0", runs };
    let mut out = serde_json::to_string_pretty(&log).unwrap_or_default();
    out.push('\n');
    out
}

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    column_kind: &'static str,
    results: Vec<SarifResult<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
struct Driver<'a> {
    name: &'static str,
    version: &'a str,
    rules: Vec<Descriptor>,
}

/// A `reportingDescriptor` (section 3.49).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: &'static str,
    short_description: Message<'static>,
    full_description: Message<'static>,
    help: Message<'static>,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Configuration {
    level: Severity,
}

/// A `result` (section 3.27).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult<'a> {
    rule_id: &'static str,
    level: Severity,
    message: Message<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    locations: Vec<Location<'a>>,
}

#[derive(Serialize)]
struct Message<'a> {
    text: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    physical_location: PhysicalLocation<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation<'a> {
    artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region<'a>>,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region<'a> {
    start_line: usize,
    start_column: usize,
    end_column: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    snippet: Option<Message<'a>>,
}

impl From<&Rule> for Descriptor {
    fn from(rule: &Rule) -> Self {
        Self {
            id: rule.code,
            short_description: Message { text: rule.summary },
            full_description: Message { text: rule.explanation },
            help: Message { text: rule.help },
            default_configuration: Configuration { level: rule.severity },
        }
    }
}

impl<'a> From<&'a Finding> for SarifResult<'a> {
    fn from(finding: &'a Finding) -> Self {
        let region = finding.place().map(|(line, column)| Region {
            start_line: line,
            start_column: column,
            end_column: column.saturating_add(finding.width()),
            snippet: finding.source().map(|text| Message { text }),
        });
        let location = |path| Location {
            physical_location: PhysicalLocation {
                artifact_location: ArtifactLocation { uri: uri(path) },
                region,
            },
        };
        Self {
            rule_id: finding.rule().code,
            level: finding.severity(),
            message: Message { text: finding.message() },
            locations: finding.path().map(location).into_iter().collect(),
        }
    }
}

/// A path as a URI reference (RFC 3986): other characters than the unreserved ones and `/` are
/// percent-encoded.
fn uri(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            b'\\' => out.push('/'),
            other => {
                // Writing to a string does not fail.
                let _ = write!(out, "%{other:02X}");
            }
        }
    }
    out
}

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
