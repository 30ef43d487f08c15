//! RO009: another cluster whose authority would be dropped.

use crosstrust_report::{Finding, Report, Rule, Severity};

use super::Subject;
use super::needs_bundle::is_of_path;
use crate::simulation::Trusts;

pub(super) const RULE: Rule = Rule {
    code: "RO009",
    severity: Severity::Error,
    summary: "another cluster's CA is in neither bundle",
    explanation: "The files of the steps replace the list of trusted CAs. A cluster that is connected with this \
        one is accepted by its own CA, and that must stay in the list, or the connection breaks with the \
        first step.",
    help: "name the CAs of other clusters with `--keep`, and plan again",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    for (position, other) in subject.roll_over.others.iter().enumerate() {
        let refused = subject.simulation.refused_others(position, Trusts::New);
        let mut refused = refused.filter(|verdict| is_of_path(verdict.verdict()));
        if let Some(reason) = refused.next().and_then(crosstrust_preflight::MatrixVerdict::reason) {
            let message =
                format!("nodes of `{}` would be refused in the end: {reason}", other.name);
            report.push(Finding::new(&RULE, message));
        }
    }
}
