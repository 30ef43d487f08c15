//! RC064: a side without a CA that is still valid.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;

pub(super) const RULE: Rule = Rule {
    code: "RC064",
    severity: Severity::Error,
    summary: "every CA of a side has expired",
    explanation: "The Java of an Elasticsearch node does not look at the dates of a CA in its list, so what \
        is connected may stay so; most other software refuses everything below an expired CA, and \
        the next certificate that is issued below it has no time to be valid. A kit would hand it to \
        every partner.",
    help: "make a new CA and change over to it (`crosstrust rotate plan`), and name it as `ca`",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    for party in subject.parties().into_iter().filter(|party| party.has_expired(subject.now)) {
        for authority in &party.material.authorities {
            let (name, end) = (authority.subject(), authority.not_after());
            let message = format!("the CA `{name}` expired at {end}");
            report.push(subject.finding(&RULE, &party.path("ca"), message));
        }
    }
}
