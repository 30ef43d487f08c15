//! RO004: a new certificate that restrictions do not let in.

use crosstrust_preflight::{MatrixVerdict, Refusal};
use crosstrust_report::{Finding, Report, Rule, Severity};

use super::Subject;
use crate::simulation::{Presents, Trusts};

pub(super) const RULE: Rule = Rule {
    code: "RO004",
    severity: Severity::Error,
    summary: "a new certificate that restrictions do not let in",
    explanation: "Trust restrictions judge names, whichever CA has signed. New certificates keep the names of \
        the old ones, so one that is not let in was not let in before either, or is not the one that was \
        planned. The cluster's own restrictions count as well as those of the clusters it is connected \
        with.",
    help: "add a pattern for the name to the restrictions, or re-issue with a name that is let in",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    let own = subject.simulation.refusals(Presents::New, Trusts::Both);
    push(subject, "the cluster itself", own, report);
    for (position, other) in subject.roll_over.others.iter().enumerate() {
        let verdicts = subject.simulation.refusals_of_other(Presents::New, position);
        push(subject, &format!("`{}`", other.name), verdicts, report);
    }
}

fn push<'a>(
    subject: &Subject<'_>,
    judge: &str,
    verdicts: impl Iterator<Item = &'a MatrixVerdict>,
    report: &mut Report,
) {
    for verdict in verdicts {
        let Some(refusal @ (Refusal::NotAdmitted { .. } | Refusal::NoName { .. })) =
            verdict.refusal()
        else {
            continue;
        };
        let Some(node) = subject.roll_over.nodes.get(verdict.from.node) else { continue };
        let message = format!("{judge} would refuse it: {refusal} ({})", refusal.rule().code);
        report.push(Finding::new(&RULE, message).in_file(node.path()));
    }
}
