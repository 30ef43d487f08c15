//! PF052: a revocation that Elasticsearch does not check.

use crosstrust_report::{Report, Rule, Severity};
use crosstrust_x509::Extension;

use crate::examination::Examination;

pub(super) const RULE: Rule = Rule {
    code: "PF052",
    severity: Severity::Note,
    summary: "a revocation that Elasticsearch does not check",
    explanation: "The certificate says where to ask whether it is revoked (CRL distribution \
        points or OCSP). Elasticsearch does not ask: a revoked node certificate keeps working \
        until it expires or its CA is removed from the lists.",
    help: "to shut a node out, change the restrictions or the CA, and do not count on revocation",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    let pointers = |extension: &&Extension| match extension.oid.as_str() {
        CRL_DISTRIBUTION_POINTS => true,
        AUTHORITY_INFORMATION => extension.value.windows(OCSP.len()).any(|window| window == OCSP),
        _ => false,
    };
    if node.leaf.extensions().iter().any(|extension| pointers(&extension)) {
        report.push(node.finding(
            &RULE,
            "the certificate has CRL or OCSP pointers, which Elasticsearch does not follow",
        ));
    }
}

const CRL_DISTRIBUTION_POINTS: &str = "2.5.29.31";
const AUTHORITY_INFORMATION: &str = "1.3.6.1.5.5.7.1.1";
/// The object identifier id-ad-ocsp as encoded.
const OCSP: &[u8] = &[0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x01];
