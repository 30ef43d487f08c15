//! PF013: a trusted certificate outside of its validity.

use crosstrust_report::{Report, Rule, Severity};
use crosstrust_x509::Timestamp;

use crate::trust_list::TrustList;

pub(super) const RULE: Rule = Rule {
    code: "PF013",
    severity: Severity::Warning,
    summary: "a trusted certificate outside of its validity",
    explanation: "Elasticsearch ignores the dates of trusted certificates: an expired CA keeps working \
        there. OpenSSL, Go, curl, Kibana and Logstash refuse everything below it.",
    help: "renew the CA certificate, and give the new one to everybody who lists the old one",
};

pub(super) fn check(trust: &TrustList, now: Timestamp, report: &mut Report) {
    for anchor in trust.certificates().filter(|anchor| !anchor.is_valid_at(now)) {
        let subject = anchor.subject();
        let message = if now < anchor.not_before() {
            format!(
                "the trusted certificate `{subject}` is not valid before {}",
                anchor.not_before()
            )
        } else {
            format!("the trusted certificate `{subject}` expired at {}", anchor.not_after())
        };
        report.push(super::in_list(&RULE, message, trust, anchor));
    }
}
