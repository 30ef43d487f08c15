//! TR020: numbered keys stand beside the plain key.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

pub(super) const RULE: Rule = Rule {
    code: "TR020",
    severity: Severity::Error,
    summary: "numbered keys stand beside the plain key",
    explanation: "Keys that end in `.0`, `.1` and so on are folded into a list, which must not be \
        there already. Elasticsearch refuses a file with both.",
    help: "keep one of the two forms",
};
