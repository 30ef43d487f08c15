//! TR056: a pattern is covered by another.

use crosstrust_pattern::Pattern;
use crosstrust_pattern::analysis::Analysis;
use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;
use crosstrust_settings::Item;

pub(super) const RULE: Rule = Rule {
    code: "TR056",
    severity: Severity::Note,
    summary: "a pattern is covered by another",
    explanation: "Every name that this pattern matches is matched by another one, too. Either it is \
        not needed, or the other is broader than it should be.",
    help: "remove it, or narrow the other",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    let valid: Vec<(&Item, &Pattern)> = subject.valid().collect();
    let patterns: Vec<Pattern> = valid.iter().map(|(_, pattern)| (*pattern).clone()).collect();
    let analysis = Analysis::new(&patterns);
    for (position, (item, _)) in valid.iter().enumerate() {
        let Some(cover) = analysis.cover(position) else { continue };
        let Some((other, _)) = valid.get(cover.by).filter(|(other, _)| other.text != item.text)
        else {
            continue;
        };
        let message =
            format!("`{}` is covered by `{}` on line {}", item.text, other.text, other.place.line);
        remarks.push(Remark::new(&RULE, message).at(item.place));
    }
}
