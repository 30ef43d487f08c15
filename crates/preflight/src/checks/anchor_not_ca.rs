//! PF021: a trusted certificate that is not a CA.

use crosstrust_report::{Report, Rule, Severity};

use crate::examination::Examination;

pub(super) const RULE: Rule = Rule {
    code: "PF021",
    severity: Severity::Error,
    summary: "a trusted certificate that is not a CA",
    explanation: "The certificate at the end of the path is in the CA list and does not say CA:TRUE in \
        basicConstraints. Java refuses whatever it issued; OpenSSL accepts some of these, so \
        `openssl verify` may disagree. Only version 1 certificates are believed without. Where \
        several trusted certificates of the name and key are listed, Java takes one by chance, \
        so each must be a CA certificate.",
    help: "re-create the CA certificate with basicConstraints CA:TRUE, with the same key if \
        certificates of it are in use",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    super::check_refusal(&RULE, node, report);
}
