//! PF087: a signature that Java does not verify.

use crosstrust_report::{Report, Rule, Severity};

use crate::error::PathError;
use crate::examination::Examination;

pub(super) const RULE: Rule = Rule {
    code: "PF087",
    severity: Severity::Error,
    summary: "a signature that Java does not verify",
    explanation: "The signature algorithm of the certificate is not one that Java has, its parameters are not those \
        that Java takes, or the certificate names two algorithms. Java 17 or a newer release refuses it, \
        whoever made the signature. Certificates of other countries' standards, such as GOST and SM2, are \
        of this kind.",
    help: "re-issue the certificate with a usual algorithm, such as SHA-256 with RSA or ECDSA",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    for error in node.path_errors() {
        if matches!(error, PathError::UnverifiableSignature { .. }) {
            report.push(node.finding(&RULE, error.to_string()));
        }
    }
}
