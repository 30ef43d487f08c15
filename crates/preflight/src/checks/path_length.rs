//! PF024: an authority deeper than the one above it allows.

use crosstrust_report::{Report, Rule, Severity};

use crate::examination::Examination;

pub(super) const RULE: Rule = Rule {
    code: "PF024",
    severity: Severity::Error,
    summary: "an authority deeper than the one above it allows",
    explanation: "A pathLenConstraint limits how many intermediates may stand below a CA. Java enforces \
        that of intermediates (and ignores that of the trusted certificate).",
    help: "issue the certificate with a CA that is higher up, or re-issue the intermediate \
        without the constraint",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    super::check_refusal(&RULE, node, report);
}
