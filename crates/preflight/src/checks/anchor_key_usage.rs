//! PF022: a trusted certificate that may not sign certificates.

use crosstrust_report::{Report, Rule, Severity};

use crate::examination::Examination;

pub(super) const RULE: Rule = Rule {
    code: "PF022",
    severity: Severity::Error,
    summary: "a trusted certificate that may not sign certificates",
    explanation: "The certificate at the end of the path has keyUsage without keyCertSign. Java refuses \
        whatever it issued.",
    help: "re-create the CA certificate with keyUsage keyCertSign and cRLSign, with the same key \
        if certificates of it are in use",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    super::check_refusal(&RULE, node, report);
}
