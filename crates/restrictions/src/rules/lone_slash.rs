//! TR031: a pattern begins with a slash and does not end with one.

use crosstrust_pattern::ErrorKind;
use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;

pub(super) const RULE: Rule = Rule {
    code: "TR031",
    severity: Severity::Error,
    summary: "a pattern begins with a slash and does not end with one",
    explanation: "A slash at the start makes a pattern a regular expression, which must end with a \
        slash, blanks included. Anything else is invalid, and the node does not start. To \
        match a name that begins with a slash write `\\/`.",
    help: "close the expression with a slash, or write `\\/` for the first",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    for (item, pattern) in subject.items().iter().zip(&subject.patterns) {
        let Err(error) = pattern else { continue };
        if error.kind == ErrorKind::UnterminatedRegex {
            let message = format!("`{}` begins with `/` and does not end with it", item.text);
            remarks.push(Remark::new(&RULE, message).at(item.place));
        }
    }
}
