//! TR014: a key stands twice in one mapping.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

pub(super) const RULE: Rule = Rule {
    code: "TR014",
    severity: Severity::Error,
    summary: "a key stands twice in one mapping",
    explanation: "The same key twice in one mapping is refused. Put all patterns into one list.",
    help: "merge the two into one list",
};
