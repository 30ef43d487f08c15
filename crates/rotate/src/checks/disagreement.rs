//! RO001: a step in which nodes would refuse each other.

use crosstrust_preflight::{MatrixVerdict, Refusal};
use crosstrust_report::{Finding, Report, Rule, Severity};

use super::Subject;
use crate::simulation::{Presents, Trusts};

pub(super) const RULE: Rule = Rule {
    code: "RO001",
    severity: Severity::Error,
    summary: "a step in which nodes would refuse each other",
    explanation: "In the middle of each step some nodes have taken it and some have not. The \
        message says which certificate is refused, by nodes in which state, and why; the code in \
        it says what to do. A refused node drops out of the cluster at its next connection.",
    help: "look up the code at the end of the message with `crosstrust explain`, and plan again",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    let states = [
        (
            Presents::Old,
            Trusts::Both,
            "the old certificate is refused where both CAs are trusted (step 1)",
        ),
        (
            Presents::New,
            Trusts::Both,
            "the new certificate is refused where both CAs are trusted (step 2)",
        ),
        (
            Presents::New,
            Trusts::New,
            "the new certificate is refused where the new CA alone is trusted (step 3)",
        ),
    ];
    for (presents, trusts, what) in states {
        for verdict in subject.simulation.refusals(presents, trusts) {
            let node = subject.roll_over.nodes.get(verdict.from.node);
            let (Some(node), Some(rule), Some(reason)) =
                (node, verdict.verdict().rule(), verdict.reason())
            else {
                continue;
            };
            // What is refused already, and what restrictions say, has a rule of its own.
            let refusal = verdict.refusal();
            if matches!(refusal, Some(Refusal::NotAdmitted { .. } | Refusal::NoName { .. })) {
                continue;
            }
            let message = format!("{}: {reason} ({})", outcome(what, verdict), rule.code);
            report.push(Finding::new(&RULE, message).in_file(node.path()));
        }
    }
}

/// What becomes of the certificate: what is said of refusals fits what is not judged with another word.
fn outcome(what: &str, verdict: &MatrixVerdict) -> String {
    what.replace("refused", verdict.verdict().word())
}
