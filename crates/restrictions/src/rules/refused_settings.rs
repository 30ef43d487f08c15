//! TR080: settings of a node that Elasticsearch does not load.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

pub(crate) const RULE: Rule = Rule {
    code: "TR080",
    severity: Severity::Error,
    summary: "settings of a node that Elasticsearch does not load",
    explanation: "The `elasticsearch.yml` that `--config` names is no YAML, or has a key without a value, a key twice, a \
        tab before a key, or a list where keys are due. A node does not start with it, whatever its restrictions \
        are, and nothing of it could be compared with them.",
    help: "mend the line, and check the file again",
};
