//! PF027: key identifiers that do not agree.

use crosstrust_report::{Report, Rule, Severity};

use crate::examination::Examination;

pub(super) const RULE: Rule = Rule {
    code: "PF027",
    severity: Severity::Error,
    summary: "key identifiers that do not agree",
    explanation: "The certificate names its issuer's key (authorityKeyIdentifier), and the trusted CA calls its key something else (subjectKeyIdentifier). Java then treats the two as strangers although the signature may fit, and says `Path does not chain with any of the trust anchors`. It happens when a CA certificate is renewed by a tool that computes the identifier in another way, or when the CA was created anew with another key.",
    help: "renew the CA certificate with the old subjectKeyIdentifier, or re-issue the certificate with the CA as it is now",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    super::check_refusal(&RULE, node, report);
}
