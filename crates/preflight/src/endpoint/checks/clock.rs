//! PF065: clocks that differ.

use crosstrust_report::{Report, Rule, Severity};

use crate::endpoint::greeting::Greeting;
use crate::endpoint::observation::End;
use crate::endpoint::sighting::Sighting;

pub(crate) const RULE: Rule = Rule {
    code: "PF065",
    severity: Severity::Warning,
    summary: "clocks that differ",
    explanation: "The endpoint's clock and ours differ by more than a minute. Each side judges \
        certificates by its own clock, so a certificate may be not valid yet, or not any more, on \
        one side alone.",
    help: "have both machines take their time from the same source",
};

pub(super) fn check(sighting: &Sighting<'_>, report: &mut Report) {
    let End::NotTls(Greeting::Http { date: Some(date), .. }) = &sighting.seen.first.end else {
        return;
    };
    let ahead = date.unix().saturating_sub(sighting.plan.now.unix());
    if ahead.unsigned_abs() > MOST_SECONDS {
        let message = format!("its clock says {date}, which is {ahead:+} s from ours");
        report.push(sighting.finding(&RULE, message));
    }
}

const MOST_SECONDS: u64 = 60;
