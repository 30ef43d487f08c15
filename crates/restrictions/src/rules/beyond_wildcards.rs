//! TR027: a pattern holds a character that cannot match.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::lint::Remark;
use crate::lint::Remarks;
use crate::lint::Subject;

pub(super) const RULE: Rule = Rule {
    code: "TR027",
    severity: Severity::Warning,
    summary: "a pattern holds a character that cannot match",
    explanation: "Characters above U+FFFF, emoji among them, never match as themselves in a wildcard \
        pattern: Elasticsearch cuts them in two. A `?` matches one, and so does the \
        character in a regular expression.",
    help: "write `?` in its place, or a regular expression",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    for item in subject.wildcards() {
        let Some((position, found)) = item.text.chars().enumerate().find(|(_, c)| *c > '\u{FFFF}')
        else {
            continue;
        };
        let message = format!("`{found}` never matches in a wildcard pattern");
        remarks
            .push(Remark::new(&RULE, message).at(item.character(subject.loaded.text(), position)));
    }
}
