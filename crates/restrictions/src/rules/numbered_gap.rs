//! TR019: a numbered key is left out.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use super::look_alike_key::is_numbered;
use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;

pub(super) const RULE: Rule = Rule {
    code: "TR019",
    severity: Severity::Warning,
    summary: "a numbered key is left out",
    explanation: "Numbered keys count from `.0` on and end at the first number that is missing. What \
        comes after the gap is ignored, without a warning.",
    help: "write a list, an item a line",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    for ignored in subject.loaded.ignored_keys().iter().filter(|ignored| is_numbered(&ignored.key))
    {
        let message = format!("`{}` is not read, since a number before it is missing", ignored.key);
        remarks.push(Remark::new(&RULE, message).at(ignored.place));
    }
}
