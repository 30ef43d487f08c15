//! PF073: a constraint of the trusted CA that is not kept.

use crosstrust_report::{Report, Rule, Severity};

use crate::examination::Examination;

pub(super) const RULE: Rule = Rule {
    code: "PF073",
    severity: Severity::Warning,
    summary: "a constraint of the trusted CA that is not kept",
    explanation: "The CA at the end of the path limits how deep or for which names certificates may be \
        issued below it. Java ignores such limits of a trusted certificate; OpenSSL, Go, \
        Kibana and Logstash enforce them and refuse the node.",
    help: "re-issue the certificate within the limits of its CA",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    for path in node.judgements().filter_map(|judgement| judgement.path().ok()) {
        if let Err(breach) = path.keeps_anchor_constraints() {
            report.push(node.finding(&RULE, breach.to_string()));
        }
    }
}
