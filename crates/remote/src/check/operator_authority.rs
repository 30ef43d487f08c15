//! RC041: operators whose certificates may not fit their CA after its renewal.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;
use crate::connection::Platform;
use crate::version::Version;

pub(super) const RULE: Rule = Rule {
    code: "RC041",
    severity: Severity::Warning,
    summary: "an operator with a known issue",
    explanation: "Operators 3.3.0 to 3.3.2 issue transport certificates whose authority key \
        identifier may not fit their CA once it was renewed: other clusters then refuse them. It \
        is fixed in 3.4.",
    help: "upgrade the operator before its CA is renewed",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    for party in subject.parties() {
        let version = party.side.eck_version;
        let known = version >= Version::new(3, 3, 0) && version <= Version::new(3, 3, 2);
        if party.side.platform == Platform::Eck && known {
            let message = format!("operator {version} issues such certificates");
            report.push(subject.finding(&RULE, &party.path("eck_version"), message));
        }
    }
}
