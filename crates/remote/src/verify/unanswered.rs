//! RC080: something was not looked at.

use crosstrust_report::{Rule, Severity};

/// A question that was not answered, or a file that was not read: reported by whoever asks and reads.
pub const UNANSWERED: Rule = Rule {
    code: "RC080",
    severity: Severity::Error,
    summary: "something was not looked at, and is not judged",
    explanation: "The cluster did not answer one of the questions of `remote verify --url`, or a file with which its answer \
        is to be compared could not be read. What depends on it is not judged.",
    help: "ask with a key that has the cluster privilege `monitor`",
};
