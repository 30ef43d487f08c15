//! A report as JSON: `{"findings":[…],"summary":{…}}`.

use crate::finding::Report;

/// One document, indented, with a line end.
pub fn json(report: &Report) -> String {
    // Strings, numbers and null cannot fail to serialise.
    let mut out = serde_json::to_string_pretty(report).unwrap_or_default();
    out.push('\n');
    out
}
