//! RO007: a new certificate of the old key.

use crosstrust_report::{Finding, Report, Rule, Severity};

use super::Subject;

pub(super) const RULE: Rule = Rule {
    code: "RO007",
    severity: Severity::Note,
    summary: "the new CA has the name and the key of the old one",
    explanation: "The CA has been renewed, not replaced: what it has signed stays good under its new certificate. \
        The nodes' certificates need not be issued again before they expire, and the second step can \
        wait. A key that has leaked is not helped by this: then make a CA with a new key.",
    help: "do steps 1 and 3, and step 2 when the nodes' certificates expire",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    for new in &subject.roll_over.new {
        let renewed = |old: &&crosstrust_x509::Certificate| {
            *old != new
                && old.subject().to_string() == new.subject().to_string()
                && old.public_key() == new.public_key()
        };
        if subject.roll_over.old.iter().any(|old| renewed(&old)) {
            let message = format!("`{}` is the old CA with a new certificate", new.subject());
            report.push(Finding::new(&RULE, message));
        }
    }
}
