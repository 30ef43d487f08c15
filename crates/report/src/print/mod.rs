//! The printers: a report as text for people, line by line, as JSON, SARIF 2.1.0, `JUnit` and
//! GitHub's annotations.

mod brief;
mod concise;
mod fitted;
mod github;
mod human;
mod junit;
mod markup;
mod sarif;
mod visible;

pub use brief::in_brief;
pub use concise::concise;
pub use fitted::fitted;
pub use github::github;
pub use human::{Layout, Style, human, snippet};
pub use junit::junit;
pub use markup::escaped;
pub use sarif::sarif;
pub use visible::printable;

use crate::finding::Report;

/// A report as one document, `{"findings":[…],"summary":{…}}`, indented, with a line end.
pub fn json(report: &Report) -> String {
    // Strings, numbers and null cannot fail to serialise.
    let mut out = serde_json::to_string_pretty(report).unwrap_or_default();
    out.push('\n');
    out
}

#[cfg(test)]
mod tests;
