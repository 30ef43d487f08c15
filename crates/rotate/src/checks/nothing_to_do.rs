//! RO010: a new authority that is the old one.

use crosstrust_report::{Finding, Report, Rule, Severity};

use super::Subject;

pub(super) const RULE: Rule = Rule {
    code: "RO010",
    severity: Severity::Error,
    summary: "the new CA is the old one",
    explanation: "The file given as the new CA holds the certificate that is trusted already, so nothing would \
        change.",
    help: "give the new CA with `--new`; `crosstrust ca` makes one",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    if let Some(new) = subject.roll_over.new.first()
        && subject.roll_over.old.contains(new)
    {
        let message = format!("`{}` is among the old CA's certificates", new.subject());
        report.push(Finding::new(&RULE, message));
    }
}
