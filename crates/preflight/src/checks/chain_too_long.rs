//! PF072: more certificates than Java reads.

use crosstrust_report::{Report, Rule, Severity};

use crate::examination::Examination;

pub(super) const RULE: Rule = Rule {
    code: "PF072",
    severity: Severity::Error,
    summary: "more certificates than Java reads",
    explanation: "Java reads at most ten certificates from a server, and its newer releases at most \
        eight from a client. A file with more breaks every handshake.",
    help: "leave the node's certificate and the intermediates of its path in the file, and \
        nothing else",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    super::check_refusal(&RULE, node, report);
}
