//! RC007: a cluster id of an unusual form.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;

pub(super) const RULE: Rule = Rule {
    code: "RC007",
    severity: Severity::Warning,
    summary: "a cluster id of an unusual form",
    explanation: "The ids of clusters in deployments are 32 hexadecimal digits in lower case. Names are \
        compared letter by letter, and a wrong id only shows as a connection that does not come \
        up.",
    help: "copy the id again",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    for party in subject.parties().into_iter().filter(|party| party.side.platform.is_cloud()) {
        let Some(id) = &party.side.cluster_id else { continue };
        let hexadecimal = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        if id.len() != 32 || !id.bytes().all(hexadecimal) {
            let message = format!("`{id}` is not 32 hexadecimal digits in lower case");
            report.push(subject.finding(&RULE, &party.path("cluster_id"), message));
        }
    }
}
