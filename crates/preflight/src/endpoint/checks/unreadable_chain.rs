//! PF057: a certificate on the wire that cannot be read.

use crosstrust_report::{Report, Rule, Severity};

use crate::endpoint::sighting::Sighting;

pub(crate) const RULE: Rule = Rule {
    code: "PF057",
    severity: Severity::Error,
    summary: "a certificate on the wire that cannot be read",
    explanation: "What an endpoint really sends is judged by the same rules as files are, and such \
        findings have the codes PF006 to PF031. This one is of what cannot be judged: the endpoint \
        sends no certificate, or one that is damaged.",
    help: "look at the file that the endpoint is configured with: `crosstrust inspect`",
};

pub(super) fn check(sighting: &Sighting<'_>, report: &mut Report) {
    if let Some(problem) = &sighting.seen.first.unreadable {
        report.push(sighting.finding(&RULE, problem.as_str()));
    }
}
