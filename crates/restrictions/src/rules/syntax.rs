//! TR003: the file is not valid YAML or JSON.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

pub(super) const RULE: Rule = Rule {
    code: "TR003",
    severity: Severity::Error,
    summary: "the file is not valid YAML or JSON",
    explanation: "The parser of Elasticsearch cannot make sense of this place, and the node does not \
        start. What other YAML tools accept is no proof: Elasticsearch reads YAML 1.1, with \
        the strictness and the leniences of its own parser.",
    help: "write a key, a colon, a blank and a value; put items in single quotes",
};
