//! TR027: a pattern holds a character that not all versions match.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;

pub(super) const RULE: Rule = Rule {
    code: "TR027",
    severity: Severity::Warning,
    summary: "a pattern holds a character that not all versions match",
    explanation: "Characters above U+FFFF, emoji among them, do not match as themselves in a wildcard \
        pattern in Elasticsearch 7, 8.19.0 and 9.0.0, which cut them in two; 8.19.21 and 9.5.3 match \
        them. A `?` matches one everywhere, and so does the character in a regular expression.",
    help: "write `?` in its place, or a regular expression",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    for item in subject.wildcards() {
        let Some((position, found)) = item.text.chars().enumerate().find(|(_, c)| *c > '\u{FFFF}')
        else {
            continue;
        };
        let message = format!("not all versions match `{found}` in a wildcard pattern");
        remarks
            .push(Remark::new(&RULE, message).at(item.character(subject.loaded.text(), position)));
    }
}
