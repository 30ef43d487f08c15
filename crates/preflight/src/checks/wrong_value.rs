//! PF121: a value that a setting does not take.

use crosstrust_report::{Report, Rule, Severity};

use crate::node_settings::value::Answer;
use crate::node_settings::{Subject, registered};

pub(super) const RULE: Rule = Rule {
    code: "PF121",
    severity: Severity::Error,
    summary: "a value that a setting does not take",
    explanation: "A node reads the values of all its settings before it starts, and stops at one that is not of the \
        setting's kind: a time or a size without a unit, a number out of bounds, a word that is none of those \
        known, `yes` for `true`.",
    help: "write a value that the setting takes",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    let mut left = registered::MOST_TOLD;
    for answered in subject.answers() {
        let (Answer::Refused(problem), Answer::Refused(_)) = (&answered.now, &answered.before)
        else {
            continue;
        };
        let message = format!("`{}`: {problem}", answered.setting.key);
        report.push(subject.finding(&RULE, message, answered.item.place));
        left = left.saturating_sub(1);
        if left == 0 {
            return;
        }
    }
}
