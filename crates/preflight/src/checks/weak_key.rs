//! PF071: a key that is weak by today's standards.

use crosstrust_report::{Report, Rule, Severity};
use crosstrust_x509::{Certificate, KeyKind, Timestamp};

use crate::examination::Examination;
use crate::trust_list::TrustList;

pub(super) const RULE: Rule = Rule {
    code: "PF071",
    severity: Severity::Warning,
    summary: "a key that is weak by today's standards",
    explanation: "Elasticsearch accepts RSA keys from 1024 bits, and authorities with DSA keys. \
        Recommendations ask for 2048 bits since 2013; OpenSSL at its default security level, Go \
        and Kibana refuse shorter ones. Few programs know Ed448.",
    help: "re-issue the certificate with an RSA key of 2048 bits or more, or an EC key",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    let anchors = node.anchors();
    let certificates = node.path_certificates().into_iter().filter(|c| !anchors.contains(c));
    for certificate in certificates.filter(|certificate| is_weak(certificate)) {
        report.push(node.finding(&RULE, message(certificate)));
    }
}

/// The same of the trusted certificates.
pub(super) fn check_list(trust: &TrustList, _now: Timestamp, report: &mut Report) {
    for anchor in trust.certificates().filter(|anchor| is_weak(anchor)) {
        report.push(super::in_list(&RULE, message(anchor), trust, anchor));
    }
}

fn is_weak(certificate: &Certificate) -> bool {
    match certificate.public_key().kind() {
        KeyKind::Rsa { bits } => (1024..2048).contains(bits),
        KeyKind::Dsa { .. } | KeyKind::Ed448 => true,
        _ => false,
    }
}

fn message(certificate: &Certificate) -> String {
    format!("the key of `{}` is {}", certificate.subject(), certificate.public_key())
}
