//! PF071: a key that is weak by today's standards.

use crosstrust_report::{Report, Rule, Severity};
use crosstrust_x509::KeyKind;

use crate::examination::Examination;

pub(super) const RULE: Rule = Rule {
    code: "PF071",
    severity: Severity::Warning,
    summary: "a key that is weak by today's standards",
    explanation: "Elasticsearch accepts RSA keys from 1024 bits and DSA keys. Recommendations ask for 2048 bits since 2013; OpenSSL at its default security level, Go and Kibana refuse shorter ones. Ed448 is known to few.",
    help: "re-issue the certificate with an RSA key of 2048 bits or more, or an EC key",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    for certificate in node.path_certificates() {
        let key = certificate.public_key();
        let weak = match key.kind() {
            KeyKind::Rsa { bits } => (1024..2048).contains(bits),
            KeyKind::Dsa { .. } | KeyKind::Ed448 => true,
            _ => false,
        };
        if weak {
            report.push(
                node.finding(&RULE, format!("the key of `{}` is {key}", certificate.subject())),
            );
        }
    }
}
