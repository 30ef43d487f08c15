//! PF028: a signature algorithm that Java has disabled.

use crosstrust_report::{Report, Rule, Severity};

use crate::examination::Examination;

pub(super) const RULE: Rule = Rule {
    code: "PF028",
    severity: Severity::Error,
    summary: "a signature algorithm that Java has disabled",
    explanation: "Java refuses certificates that are signed with MD2 or MD5, whoever signed them. The \
        signature of a trusted certificate itself is never looked at.",
    help: "re-issue the certificate with SHA-256",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    super::check_refusal(&RULE, node, report);
}
