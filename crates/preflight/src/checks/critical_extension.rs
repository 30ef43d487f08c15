//! PF026: a critical extension that Java does not know.

use crosstrust_report::{Report, Rule, Severity};

use crate::examination::Examination;

pub(super) const RULE: Rule = Rule {
    code: "PF026",
    severity: Severity::Error,
    summary: "a critical extension that Java does not know",
    explanation: "An extension marked critical must be understood or the certificate refused. Java knows \
        those of RFC 5280; a private or misspelt one makes it refuse the node's certificate or \
        an intermediate.",
    help: "re-issue the certificate without the extension, or with the extension not critical",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    super::check_refusal(&RULE, node, report);
}
