//! A rule: what is checked, how bad a breach is, and what to do about it.

use std::fmt;

use serde::Serialize;

/// What is checked. A rule is a constant of the crate that checks it.
#[derive(Debug, Eq, PartialEq)]
pub struct Rule {
    /// Two letters and three digits, such as `TR005`; never reused, never renumbered.
    pub code: &'static str,
    /// The one severity of the rule's findings.
    pub severity: Severity,
    /// What is wrong, in a line without a full stop.
    pub summary: &'static str,
    /// What it means and what to write instead, in sentences: what `explain` shows.
    pub explanation: &'static str,
    /// What to do, in a line; a finding may say it more exactly.
    pub help: &'static str,
}

/// How bad a finding is; the worst comes first.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Elasticsearch refuses it, or somebody is locked out.
    Error,
    /// It works, but very likely not as meant, or not everywhere.
    Warning,
    /// Worth knowing.
    Note,
}

/// `error`, `warning` or `note`.
impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        })
    }
}
