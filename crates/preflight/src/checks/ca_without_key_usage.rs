//! PF076: a CA without keyUsage.

use crosstrust_report::{Report, Rule, Severity};
use crosstrust_x509::{Certificate, Timestamp};

use crate::examination::Examination;
use crate::trust_list::TrustList;

pub(super) const RULE: Rule = Rule {
    code: "PF076",
    severity: Severity::Warning,
    summary: "a CA without keyUsage",
    explanation: "RFC 5280 asks for keyUsage with keyCertSign in CA certificates. Elasticsearch and most \
        software do without; strict verifiers (OpenSSL with `-x509_strict`, Python from 3.13 \
        on) refuse the path.",
    help: "add keyUsage keyCertSign and cRLSign when the CA is renewed",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    let anchors = node.anchors();
    let intermediates = node.path_certificates().into_iter().filter(|certificate| {
        *certificate != node.leaf && !anchors.contains(certificate) && has_none(certificate)
    });
    for intermediate in intermediates {
        report.push(node.finding(&RULE, message(intermediate)));
    }
}

/// The same of the trusted certificates.
pub(super) fn check_list(trust: &TrustList, _now: Timestamp, report: &mut Report) {
    for anchor in trust.certificates().filter(|anchor| has_none(anchor)) {
        report.push(super::in_list(&RULE, message(anchor), trust, anchor));
    }
}

/// Certificates of version 1 cannot have it.
fn has_none(certificate: &Certificate) -> bool {
    certificate.is_ca() && certificate.version() > 2 && certificate.key_usage().is_none()
}

fn message(certificate: &Certificate) -> String {
    format!("the CA `{}` has no keyUsage", certificate.subject())
}
