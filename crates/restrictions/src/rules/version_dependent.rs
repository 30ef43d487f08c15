//! TR038: versions of Elasticsearch read the pattern differently.

use crosstrust_pattern::version::Difference;
use crosstrust_pattern::version::DifferenceKind;
use crosstrust_pattern::version::differences;
use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;

pub(super) const RULE: Rule = Rule {
    code: "TR038",
    severity: Severity::Warning,
    summary: "versions of Elasticsearch read the pattern differently",
    explanation: "A few forms changed with Lucene: an escaped character starts a range in a class \
        before Elasticsearch 9 and not since; a repetition such as `{2,1}` matches nothing \
        before and is an error since. Avoid them.",
    help: "write it so that all agree",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    for (item, pattern) in subject.items().iter().zip(&subject.patterns) {
        for Difference { offset, kind } in differences(&item.text, pattern.as_ref().err()) {
            let known_elsewhere =
                matches!(kind, DifferenceKind::ClassEscape { .. } | DifferenceKind::LargeAutomaton);
            if !known_elsewhere {
                let place = item.character(subject.loaded.text(), offset);
                remarks.push(Remark::new(&RULE, kind.to_string()).at(place));
            }
        }
    }
}
