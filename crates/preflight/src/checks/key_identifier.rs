//! PF027: key identifiers that do not agree.

use crosstrust_report::{Report, Rule, Severity};

use crate::error::PathError;
use crate::examination::Examination;

pub(super) const RULE: Rule = Rule {
    code: "PF027",
    severity: Severity::Error,
    summary: "key identifiers that do not agree",
    explanation: "The certificate names its issuer's key (authorityKeyIdentifier), and the trusted CA \
        calls its key something else (subjectKeyIdentifier). Java then treats the two as \
        strangers although the signature may fit, and says `Path does not chain with any of \
        the trust anchors`. It happens when a CA certificate is renewed by a tool that \
        computes the identifier in another way, or when the CA was created anew with another \
        key.",
    help: "renew the CA certificate with the old subjectKeyIdentifier, or re-issue the \
        certificate with the CA as it is now",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    for error in node.path_errors().into_iter().filter(|error| error.code() == RULE.code) {
        let finding = match error {
            PathError::AuthorityKeyMismatch { signature_fits: true, .. } => {
                node.finding(&RULE, format!("{error}, although the signature fits"))
            }
            PathError::AuthorityKeyMismatch { .. } => node
                .finding(&RULE, format!("{error}, and the signature is by another key"))
                .with_help(CREATED_ANEW),
            _ => node.finding(&RULE, error.to_string()),
        };
        report.push(finding);
    }
}

const CREATED_ANEW: &str = "the CA was created anew under its old name: re-issue the certificate with \
     the CA that is trusted now, or add the CA that signed it to `certificate_authorities`";
