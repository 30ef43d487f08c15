//! RC010: authorities of others among one's own.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;
use crate::connection::Platform;

pub(super) const RULE: Rule = Rule {
    code: "RC010",
    severity: Severity::Warning,
    summary: "several authorities from Kubernetes",
    explanation: "The secret NAME-es-transport-certs-public has the cluster's own CA and every CA that it \
        was told to trust. Handed on whole, it makes the other side trust those too.",
    help: "keep the certificate of the cluster's own CA, and drop the others",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    for party in subject.parties().into_iter().filter(|party| party.side.platform == Platform::Eck)
    {
        let count = party.material.authorities.len();
        if count > 1 {
            let message = format!("the CA of a cluster on eck is one, and {count} are given");
            report.push(subject.finding(&RULE, &party.path("ca"), message));
        }
    }
}
