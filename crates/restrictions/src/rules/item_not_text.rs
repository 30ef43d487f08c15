//! TR011: a list item is not text.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

pub(super) const RULE: Rule = Rule {
    code: "TR011",
    severity: Severity::Error,
    summary: "a list item is not text",
    explanation: "Each item must be text. `- a: b` is a mapping, `- [a]` a list, an empty `-` or `- \
        null` is null, and `- {{name}}` is a mapping too. If it is meant as text, quote it.",
    help: "write the item in single quotes",
};
