//! TR001: the file name tells no language.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

pub(super) const RULE: Rule = Rule {
    code: "TR001",
    severity: Severity::Error,
    summary: "the file name tells no language",
    explanation: "Elasticsearch decides between YAML and JSON by the end of the file name alone, and \
        refuses any other. `trust.YML` is refused too. Rename the file, and the setting \
        `trust_restrictions.path` with it.",
    help: "rename the file to end in `.yml`, `.yaml` or `.json`; case matters",
};
