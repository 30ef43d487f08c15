//! TR012: the document is not a mapping.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

pub(super) const RULE: Rule = Rule {
    code: "TR012",
    severity: Severity::Error,
    summary: "the document is not a mapping",
    explanation: "The file must be a mapping of keys to values, with the list under \
        `trust.subject_name`. A bare list, a bare text and a lone `---` are refused.",
    help: "write the list under the key `trust.subject_name`",
};
