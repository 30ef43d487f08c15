//! TR028: a pattern has upper-case letters that the known names have not.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;

pub(super) const RULE: Rule = Rule {
    code: "TR028",
    severity: Severity::Warning,
    summary: "a pattern has upper-case letters that the known names have not",
    explanation: "Names are compared letter by letter, case included. All names of the certificates \
        that were given are in lower case, and this pattern is not.",
    help: "write it in lower case",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    let names = subject.known.names();
    if names.is_empty() || names.iter().any(|name| name.chars().any(char::is_uppercase)) {
        return;
    }
    for item in subject.wildcards().filter(|item| item.text.chars().any(char::is_uppercase)) {
        let message = format!("`{}` has upper-case letters, and no known name has", item.text);
        let fix = subject.rewrite(item, &item.text.to_lowercase());
        remarks.push(Remark::new(&RULE, message).at(item.place).with_fix(fix));
    }
}
