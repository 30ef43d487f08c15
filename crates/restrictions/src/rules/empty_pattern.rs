//! TR024: a pattern is empty.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;

pub(super) const RULE: Rule = Rule {
    code: "TR024",
    severity: Severity::Warning,
    summary: "a pattern is empty",
    explanation: "The empty pattern matches nothing, not even the empty name.",
    help: "remove it",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    for item in subject.items().iter().filter(|item| item.text.trim().is_empty()) {
        let remark = Remark::new(&RULE, "this pattern is empty, and matches nothing");
        remarks.push(remark.at(item.place).with_fix(subject.remove(item)));
    }
}
