//! PF023: an intermediate that may not sign certificates.

use crosstrust_report::{Report, Rule, Severity};

use crate::examination::Examination;

pub(super) const RULE: Rule = Rule {
    code: "PF023",
    severity: Severity::Error,
    summary: "an intermediate that may not sign certificates",
    explanation: "Every certificate between the node's own and the trusted one must say CA:TRUE in \
        basicConstraints and, if it has keyUsage, keyCertSign. Otherwise any node could issue \
        certificates.",
    help: "re-issue the intermediate as a CA certificate, or the node's certificate with a proper \
        CA",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    super::check_refusal(&RULE, node, report);
}
