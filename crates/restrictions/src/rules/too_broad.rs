//! TR042: a pattern admits more than one would think.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use super::matches_everything::is_everything;
use crate::lint::Remark;
use crate::lint::Remarks;
use crate::lint::Subject;

pub(super) const RULE: Rule = Rule {
    code: "TR042",
    severity: Severity::Warning,
    summary: "a pattern admits more than one would think",
    explanation: "A pattern with hardly any fixed text, or with a wildcard as its last label, fits the \
        names of others: `x.*` fits `x.example`, whoever holds it. Where an authority signs \
        for many, as in a shared cloud, anybody can get such a name.",
    help: "end it with the fixed part of the names",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    for (item, pattern) in subject.valid() {
        if pattern.is_regex() || is_everything(pattern) || item.text.is_empty() {
            continue;
        }
        let wild = |character: char| matches!(character, '*' | '?');
        let fixed = item.text.chars().filter(|character| character.is_alphanumeric()).count();
        let last = item.text.rsplit('.').next().unwrap_or_default();
        let open = !last.is_empty() && last.chars().all(wild) && item.text.contains('.');
        if item.text.contains(wild) && (fixed < FEWEST || open) {
            let message = format!(
                "`{}` {}",
                item.text,
                if open { "ends in a wildcard" } else { "has hardly any fixed text" }
            );
            remarks.push(Remark::new(&RULE, message).at(item.place));
        }
    }
}

/// Fewer letters and digits than this do not tell whom a pattern means.
const FEWEST: usize = 3;
