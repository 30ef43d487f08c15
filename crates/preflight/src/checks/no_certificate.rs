//! PF001: nothing to present.

use crosstrust_report::{Rule, Severity};

pub(super) const RULE: Rule = Rule {
    code: "PF001",
    severity: Severity::Error,
    summary: "nothing to present",
    explanation: "A node needs a certificate of its own. The file or key store holds none, so nothing \
        can be judged, and Elasticsearch does not start with it.",
    help: "name the file that holds the node's certificate",
};
