//! TR055: a pattern stands twice.

use std::collections::BTreeMap;

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;

pub(super) const RULE: Rule = Rule {
    code: "TR055",
    severity: Severity::Note,
    summary: "a pattern stands twice",
    explanation: "A pattern that stands twice does no harm, and hides how many there are.",
    help: "remove one",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for item in subject.items() {
        if let Some(line) = seen.get(item.text.as_str()) {
            let message = format!("`{}` stands already on line {line}", item.text);
            remarks.push(Remark::new(&RULE, message).at(item.place).with_fix(subject.remove(item)));
        } else {
            seen.insert(&item.text, item.place.line);
        }
    }
}
