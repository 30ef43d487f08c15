//! TR037: `\d`, `\s` and `\w` are letters to Elasticsearch 7.

use crosstrust_pattern::version::Difference;
use crosstrust_pattern::version::DifferenceKind;
use crosstrust_pattern::version::differences;
use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;

pub(super) const RULE: Rule = Rule {
    code: "TR037",
    severity: Severity::Warning,
    summary: "`\\d`, `\\s` and `\\w` are letters to Elasticsearch 7",
    explanation: "Since Elasticsearch 8 `\\d`, `\\s` and `\\w` and their capitals are classes of \
        characters. To Elasticsearch 7 they are the letters d, s and w. In a file for both, spell \
        the class out.",
    help: "write `[0-9]`, `[A-Za-z0-9_]`",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    if subject.known.elasticsearch.major() > 7 {
        return;
    }
    for (item, pattern) in subject.items().iter().zip(&subject.patterns) {
        for Difference { offset, kind } in differences(&item.text, pattern.as_ref().err()) {
            if matches!(kind, DifferenceKind::ClassEscape { .. }) {
                let place = item.character(subject.loaded.text(), offset);
                remarks.push(Remark::new(&RULE, kind.to_string()).at(place));
            }
        }
    }
}
