//! TR076: the quotes around a pattern are part of it.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;

pub(crate) const RULE: Rule = Rule {
    code: "TR076",
    severity: Severity::Error,
    summary: "the quotes around a pattern are part of it",
    explanation: "YAML knows the quotes ' and \" alone. Typographic ones, which word processors and chat \
        programs write in their place, belong to the pattern, and so do quotes within quotes: it \
        then matches no certificate.",
    help: "write the pattern between two of '",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    for item in subject.items() {
        let Some(message) = fault(&item.text) else { continue };
        let fix = without_quotes(&item.text).and_then(|pattern| subject.rewrite(item, pattern));
        remarks.push(Remark::new(&RULE, message).at(item.place).with_fix(fix));
    }
}

/// What is wrong with a pattern that has such a quote.
pub(super) fn fault(pattern: &str) -> Option<String> {
    if without_quotes(pattern).is_some() {
        return Some(format!("the quotes around `{pattern}` are part of the pattern"));
    }
    let quote = pattern.chars().find(|character| is_typographic(*character))?;
    Some(format!("the quote `{quote}` is part of the pattern"))
}

/// What stands between quotes that are not YAML's, or that are within those; nothing without them.
fn without_quotes(text: &str) -> Option<&str> {
    let text = text.trim();
    let first = text.chars().next()?;
    let last = text.chars().next_back()?;
    let within = text.chars().count() > 1 && first == last && matches!(first, '"' | '\'');
    (is_typographic(first) || is_typographic(last) || within)
        .then(|| text.trim_matches(|c| is_typographic(c) || matches!(c, '"' | '\'')).trim())
        .filter(|pattern| !pattern.is_empty())
}

/// Whether a character is a quotation mark, or used as one, and none of YAML's.
pub(crate) fn is_typographic(character: char) -> bool {
    matches!(character,
        '`' | '\u{AB}' | '\u{B4}' | '\u{BB}' | '\u{2018}'..='\u{201F}' | '\u{2032}' | '\u{2033}'
        | '\u{2039}' | '\u{203A}' | '\u{275B}'..='\u{275E}' | '\u{300C}'..='\u{300F}' | '\u{301D}'..='\u{301F}'
        | '\u{FF02}' | '\u{FF07}')
}
