//! RC048: one cluster that two connection files describe differently.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;
use crate::plan;

pub(super) const RULE: Rule = Rule {
    code: "RC048",
    severity: Severity::Error,
    summary: "two connection files describe one cluster differently",
    explanation: "What lands on a cluster that several connections have in common (restrictions, CA lists, the list of \
        signing CAs) is planned once for all of them. Two sides with a node or an address in common are one \
        cluster; where the files say different things of it, each kit would be made as if the other one \
        was not there, and would take the other's place.",
    help: "say the same of the cluster in both files",
};

/// Looks at two of several connections.
pub(super) fn check(earlier: &Subject<'_>, subject: &Subject<'_>, report: &mut Report) {
    let first = plan::parties(earlier.connection, earlier.material);
    for own in plan::parties(subject.connection, subject.material) {
        for theirs in &first {
            for key in plan::described_differently(&own, theirs) {
                let message = format!(
                    "`{key}` of the {} cluster is not what `{}` says of it as its {} cluster",
                    own.word(),
                    earlier.path,
                    theirs.word()
                );
                let path = format!("{}.{key}", own.word());
                let is_said = subject.connection.place(&path).is_some();
                let place = if is_said { path } else { own.word().to_owned() };
                report.push(subject.finding(&RULE, &place, message));
            }
        }
    }
}
