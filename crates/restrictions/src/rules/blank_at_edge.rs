//! TR023: a pattern begins or ends with a blank.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;

pub(super) const RULE: Rule = Rule {
    code: "TR023",
    severity: Severity::Warning,
    summary: "a pattern begins or ends with a blank",
    explanation: "Blanks within quotes belong to the pattern, and names do not begin or end with them. \
        A blank before the first slash makes a regular expression plain text; one after the \
        last slash makes it invalid. A block of text (`|`) keeps its line end, too.",
    help: "remove the blank",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    for item in subject.items() {
        let trimmed = item.text.trim();
        if trimmed.len() != item.text.len() && !trimmed.is_empty() {
            let message = format!("`{}` has white space at its edge", item.text.escape_debug());
            let fix = subject.rewrite(item, trimmed);
            remarks.push(Remark::new(&RULE, message).at(item.place).with_fix(fix));
        }
    }
}
