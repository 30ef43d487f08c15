//! TR004: a tab stands where YAML wants blanks.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

pub(super) const RULE: Rule = Rule {
    code: "TR004",
    severity: Severity::Error,
    summary: "a tab stands where YAML wants blanks",
    explanation: "YAML has no tabs in indentation, and the parser of Elasticsearch takes none after \
        `-` or `:` or before the end of a line either.",
    help: "replace it by blanks",
};
