//! TR010: a key has no value.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

pub(super) const RULE: Rule = Rule {
    code: "TR010",
    severity: Severity::Error,
    summary: "a key has no value",
    explanation: "Elasticsearch refuses null under every key, also under those that it does not read. \
        An empty value, `~` and `null` are all null.",
    help: "give it a value, or remove the key",
};
