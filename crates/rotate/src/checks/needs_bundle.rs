//! RO005: another cluster that must trust the new authority first.

use crosstrust_preflight::{Refusal, Verdict};
use crosstrust_report::{Finding, Report, Rule, Severity};

use super::Subject;
use crate::simulation::Presents;

pub(super) const RULE: Rule = Rule {
    code: "RO005",
    severity: Severity::Warning,
    summary: "another cluster trusts the old CA and not the new one",
    explanation: "A cluster that is connected with this one trusts this one's CA. It must trust the new one \
        before the first node presents a certificate of it, or the connection breaks with the second \
        step: the bundle goes there in the first.",
    help: "give the other cluster the bundle of step 1, and begin with step 2 once all its nodes have it",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    for (position, other) in subject.roll_over.others.iter().enumerate() {
        let refused = |presents| {
            let mut verdicts = subject.simulation.refusals_of_other(presents, position);
            verdicts.any(|verdict| is_of_path(verdict.verdict()))
        };
        if !refused(Presents::Old) && refused(Presents::New) && !subject.roll_over.nodes.is_empty()
        {
            let message = format!(
                "`{}` accepts the old certificates and would refuse the new ones",
                other.name
            );
            report.push(Finding::new(&RULE, message));
        }
    }
}

/// Whether the certification path is what keeps a node from being accepted, or is not known.
pub(super) fn is_of_path(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Refused(Refusal::Path(_)) | Verdict::NotJudged(_))
}
