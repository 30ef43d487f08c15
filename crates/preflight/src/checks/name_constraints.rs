//! PF025: a name outside of what an intermediate may certify.

use crosstrust_report::{Report, Rule, Severity};

use crate::examination::Examination;

pub(super) const RULE: Rule = Rule {
    code: "PF025",
    severity: Severity::Error,
    summary: "a name outside of what an intermediate may certify",
    explanation: "An intermediate has name constraints, and a name in a certificate below it is not \
        permitted, or excluded. Java enforces those of intermediates (and ignores those of the \
        trusted certificate). A common name that looks like a DNS name counts where there is \
        no DNS name.",
    help: "re-issue the certificate with permitted names, or with a CA that has no such \
        constraints",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    super::check_refusal(&RULE, node, report);
}
