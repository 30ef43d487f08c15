//! PF015: a validity that begins just about now.

use crosstrust_report::{Report, Rule, Severity};

use crate::examination::Examination;

pub(super) const RULE: Rule = Rule {
    code: "PF015",
    severity: Severity::Warning,
    summary: "a validity that begins just about now",
    explanation: "The certificate becomes valid within a day, or did so less than five minutes ago. A \
        peer whose clock is a little behind refuses it. ECK dates its certificates ten minutes \
        back for that reason, and `crosstrust` five.",
    help: "wait a few minutes, or check that all clocks agree",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    let (starts, now) = (node.leaf.not_before(), node.now());
    if starts > now.plus_seconds(-GRACE_SECONDS) && starts < now.plus_days(1) {
        let subject = node.leaf.subject();
        report.push(
            node.finding(&RULE, format!("`{subject}` is valid from {starts}, and it is {now}")),
        );
    }
}

const GRACE_SECONDS: i64 = 300;
