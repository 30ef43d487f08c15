//! TR013: there is more than one document.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

pub(super) const RULE: Rule = Rule {
    code: "TR013",
    severity: Severity::Error,
    summary: "there is more than one document",
    explanation: "Elasticsearch reads one YAML document and refuses a file in which anything follows \
        it.",
    help: "keep one document, without `---` in between",
};
