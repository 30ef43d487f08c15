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
            let days = subject.now.days_until(authority.not_after());
            if days < 90 {
                let (name, end) = (authority.subject(), authority.not_after());
                let message = format!("the CA `{name}` is valid until {end}, in {days} days");
                report.push(subject.finding(&RULE, &party.path("ca"), message));
            }
        }
    }
}
