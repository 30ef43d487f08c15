//! PF123: a value that some releases do not take.

use crosstrust_report::{Report, Rule, Severity};

use crate::node_settings::Subject;
use crate::node_settings::value::Answer;

pub(super) const RULE: Rule = Rule {
    code: "PF123",
    severity: Severity::Warning,
    summary: "a value that some releases do not take",
    explanation: "The bounds of a few settings changed between Elasticsearch 8.19 and 9.5, and 9.5 takes no sizes with more \
        than two decimals. A node whose release does not \
        take the value does not start. During an upgrade both releases read the file.",
    help: "write a value that both releases take",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    for answered in subject.answers() {
        let (release, problem) = match (&answered.now, &answered.before) {
            (Answer::Refused(problem), Answer::Taken) => ("9.5", problem),
            (Answer::Taken, Answer::Refused(problem)) => ("8.19", problem),
            _ => continue,
        };
        let message = format!(
            "`{}`: {problem}: Elasticsearch {release} does not start with it",
            answered.setting.key
        );
        report.push(subject.finding(&RULE, message, answered.item.place));
    }
}
