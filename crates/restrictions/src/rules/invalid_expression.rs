//! TR032: a regular expression is invalid.

use crosstrust_pattern::ErrorKind;
use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;

pub(super) const RULE: Rule = Rule {
    code: "TR032",
    severity: Severity::Error,
    summary: "a regular expression is invalid",
    explanation: "Elasticsearch cannot build this expression, and the node does not start. Its regular \
        expressions are those of Lucene, which differ from all others: operators such as \
        `@`, `&`, `~`, `#` and `<1-9>` exist, look-around and `\\b` do not.",
    help: "mend it, or write a wildcard pattern",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    for (item, pattern) in subject.items().iter().zip(&subject.patterns) {
        let Err(error) = pattern else { continue };
        if error.kind != ErrorKind::UnterminatedRegex && !super::too_complex::is_excess(&error.kind)
        {
            let message = format!("`{}` is invalid: {}", item.text, error.kind);
            let place = item.character(subject.loaded.text(), error.offset);
            remarks.push(Remark::new(&RULE, message).at(place));
        }
    }
}
