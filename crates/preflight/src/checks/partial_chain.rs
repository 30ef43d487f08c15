//! PF137: an issuing CA whose own issuer is not listed.

use crosstrust_report::{Report, Rule, Severity};
use crosstrust_x509::Timestamp;

use crate::trust_list::TrustList;

pub(super) const RULE: Rule = Rule {
    code: "PF137",
    severity: Severity::Warning,
    summary: "an issuing CA without the CA above it",
    explanation: "Java, and so Elasticsearch, trusts each certificate of the list, whoever signed it. Others end a chain at a \
        root alone and refuse such a file (`unable to get issuer certificate`): Node.js, and so Kibana, \
        `openssl verify`, Python before 3.13, curl before 7.68.",
    help: "add the certificate of the root, where the file is also that of Kibana, curl or other clients",
};

pub(super) fn check(trust: &TrustList, _now: Timestamp, report: &mut Report) {
    let issuing = trust.links().filter(|one| {
        let certificate = one.certificate;
        certificate.is_ca() && !certificate.is_self_issued() && !trust.is_of_key(certificate)
    });
    for anchor in issuing {
        let mut named = trust.with_subject(&anchor.identity.issuer);
        if named.any(|issuer| anchor.certificate.is_signed_by(issuer.certificate)) {
            continue;
        }
        let message = format!(
            "`{}` is listed without `{}`, which signed it: Kibana and others refuse what it issued",
            anchor.subject(),
            anchor.certificate.issuer()
        );
        report.push(super::in_list(&RULE, message, trust, anchor.certificate));
    }
}
