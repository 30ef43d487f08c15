//! TR005: an item begins with an unquoted `*`.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

pub(super) const RULE: Rule = Rule {
    code: "TR005",
    severity: Severity::Error,
    summary: "an item begins with an unquoted `*`",
    explanation: "To YAML an unquoted `*` begins an alias, the name of something defined elsewhere, \
        and no alias has a dot or a further star in its name. So the file does not load. \
        Write `- '*.node.example'`. Examples in circulation often lack these quotes.",
    help: "put the item in single quotes",
};
