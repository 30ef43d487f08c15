//! TR002: the file is not plain UTF-8 text.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

pub(super) const RULE: Rule = Rule {
    code: "TR002",
    severity: Severity::Error,
    summary: "the file is not plain UTF-8 text",
    explanation: "Elasticsearch reads the file as UTF-8. Latin-1 letters, UTF-16 and control \
        characters make the parser give up, and the node does not start. A byte order mark \
        and Windows line ends do no harm.",
    help: "save the file as UTF-8, without control characters",
};
