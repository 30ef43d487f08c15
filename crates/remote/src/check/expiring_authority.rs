//! RC011: a CA near its end.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;

pub(super) const RULE: Rule = Rule {
    code: "RC011",
    severity: Severity::Warning,
    summary: "a CA that has expired or soon will",
    explanation: "After it has expired, everything below it is refused by most software, and the file with \
        it must be replaced on the other side before that. The operator on Kubernetes renews its \
        CA every year, deployments theirs from time to time.",
    help: "hand over the new CA beside the old one in time",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    for party in subject.parties() {
        for authority in &party.material.authorities {
            let (name, end) = (authority.subject(), authority.not_after());
            let days = subject.now.days_until(end);
            let message = if subject.now > end {
                // Where every one has, that is an error of its own.
                if party.has_expired(subject.now) {
                    continue;
                }
                format!("the CA `{name}` expired at {end}")
            } else {
                format!("the CA `{name}` is valid until {end}, in {days} days")
            };
            if days < 90 {
                report.push(subject.finding(&RULE, &party.path("ca"), message));
            }
        }
    }
}
