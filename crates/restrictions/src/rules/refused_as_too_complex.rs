//! TR073: Elasticsearch refuses a pattern as too complex.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use super::too_complex::is_excess;
use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;

pub(super) const RULE: Rule = Rule {
    code: "TR073",
    severity: Severity::Error,
    summary: "Elasticsearch refuses a pattern as too complex",
    explanation: "Elasticsearch turns each pattern into an automaton and gives up when that takes too \
        much work. The node does not start. Many `?` after a `*`, and counted repetitions \
        after `.*`, are the usual reasons. A pattern that is too large even to be judged here is \
        taken for such a one.",
    help: "write several simpler patterns",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    for (item, pattern) in subject.items().iter().zip(&subject.patterns) {
        let Err(error) = pattern else { continue };
        if is_excess(&error.kind) {
            let message = format!("`{}` is {}", item.text, error.kind);
            remarks.push(Remark::new(&RULE, message).at(item.place));
        }
    }
}
