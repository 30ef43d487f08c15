//! TR072: a comment allows what is not found, or cannot be allowed.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

pub(crate) const RULE: Rule = Rule {
    code: "TR072",
    severity: Severity::Warning,
    summary: "a comment allows what is not found, or cannot be allowed",
    explanation: "A comment speaks of its own line or, alone on a line, of the next. What is an error \
        cannot be allowed: Elasticsearch refuses the file, or the cluster locks itself out, \
        whatever a comment says. A comment without effect may hide a later finding.",
    help: "remove the code from the comment",
};
