//! TR041: a pattern matches every name.

use crosstrust_pattern::Containment;
use crosstrust_pattern::Pattern;
use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;

pub(super) const RULE: Rule = Rule {
    code: "TR041",
    severity: Severity::Warning,
    summary: "a pattern matches every name",
    explanation: "`*`, `**`, `/.*/` and their like admit each certificate that a trusted authority has \
        ever signed, so the restriction restricts nothing. Write the suffix that only the \
        nodes meant carry, such as `*.node.east.example`.",
    help: "write the suffix that only the nodes meant carry",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    for (item, pattern) in subject.valid() {
        if is_everything(pattern) {
            let message = format!("`{}` matches every name", item.text);
            remarks.push(Remark::new(&RULE, message).at(item.place));
        }
    }
}

/// Whether a pattern matches every name, the empty one perhaps excepted.
pub(super) fn is_everything(pattern: &Pattern) -> bool {
    if pattern.is_regex() {
        return Pattern::parse(SOMETHING)
            .is_ok_and(|something| pattern.contains(&something) == Containment::Yes);
    }
    let wildcards = pattern.as_str().chars().all(|character| matches!(character, '*' | '?'));
    wildcards && pattern.as_str().contains('*') && pattern.as_str().matches('?').count() <= 1
}

/// The pattern of all names but the empty one.
const SOMETHING: &str = "?*";
