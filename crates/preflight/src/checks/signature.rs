//! PF007: a signature that the issuer's key did not make.

use crosstrust_report::{Report, Rule, Severity};

use crate::error::PathError;
use crate::examination::Examination;

pub(super) const RULE: Rule = Rule {
    code: "PF007",
    severity: Severity::Error,
    summary: "a signature that the issuer's key did not make",
    explanation: "The issuer has the right name and the wrong key. Mostly a CA was created anew under \
        its old name: certificates of the old one do not verify with the new one. Another part \
        of the names or of the chain cannot mend that.",
    help: "re-issue the certificate with the CA that is trusted now, or add the certificate of \
        the CA that signed it to `certificate_authorities`",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    for error in node.path_errors() {
        let PathError::InvalidSignature { fingerprint, trusted, .. } = error else { continue };
        let whose = if *trusted { "the trusted one" } else { "the presented one" };
        let message = format!("{error}; {whose} of that name has SHA-256 {fingerprint}");
        let finding = node.finding(&RULE, message);
        report.push(if *trusted {
            finding.with_help(node.authority_advice(error))
        } else {
            finding
        });
    }
}
