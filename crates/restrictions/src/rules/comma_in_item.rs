//! TR022: an item holds a comma.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;

pub(super) const RULE: Rule = Rule {
    code: "TR022",
    severity: Severity::Warning,
    summary: "an item holds a comma",
    explanation: "The items of a list are not cut at commas, so this is one pattern with a comma in \
        it, and names do not have commas.",
    help: "write an item for each name",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    // A value that is no list is cut at its commas, and none is left.
    for item in subject.wildcards().filter(|item| item.text.contains(',')) {
        let message = format!("`{}` is one pattern, comma and all", item.text);
        remarks.push(Remark::new(&RULE, message).at(item.place));
    }
}
