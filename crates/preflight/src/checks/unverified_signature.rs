//! PF075: a signature that was not verified here.

use crosstrust_report::{Report, Rule, Severity};

use crate::examination::Examination;
use crate::path::Path;

pub(super) const RULE: Rule = Rule {
    code: "PF075",
    severity: Severity::Error,
    summary: "a signature that was not verified here",
    explanation: "Some Java releases know the signature algorithm (ML-DSA, HSS/LMS), and this program does not. Whether the issuer made the \
        signature is open, so the verdict is `not judged`: a forged certificate would look the same.",
    help: "check it with `openssl verify`, and re-issue the certificate with SHA-256 in any case",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    let paths = node.judgements().filter_map(|judgement| judgement.path().ok());
    if let Some(certificate) = paths.flat_map(Path::unverified).next() {
        let (subject, algorithm) = (certificate.subject(), certificate.signature_algorithm());
        report.push(node.finding(
            &RULE,
            format!("the signature of `{subject}` ({algorithm}) was not verified"),
        ));
    }
}
