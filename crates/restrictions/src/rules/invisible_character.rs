//! TR025: a pattern holds a character that nobody sees.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;

pub(super) const RULE: Rule = Rule {
    code: "TR025",
    severity: Severity::Warning,
    summary: "a pattern holds a character that nobody sees",
    explanation: "Hard blanks, zero-width characters and marks for the direction of writing come along \
        when text is copied from a web page. They belong to the pattern, which then looks \
        right and matches nothing.",
    help: "remove it",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    for item in subject.items() {
        let Some((position, found)) = item.text.chars().enumerate().find(|(_, c)| is_invisible(*c))
        else {
            continue;
        };
        let message =
            format!("the pattern holds the invisible character U+{:04X}", u32::from(found));
        let seen: String =
            item.text.chars().filter(|character| !is_invisible(*character)).collect();
        let place = item.character(subject.loaded.text(), position);
        remarks.push(Remark::new(&RULE, message).at(place).with_fix(subject.rewrite(item, &seen)));
    }
}

/// Whether a character takes no room, or looks like a blank and is not one.
fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{A0}' | '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{180E}'
        | '\u{2000}'..='\u{200F}' | '\u{2028}'..='\u{202F}' | '\u{205F}'..='\u{206F}' | '\u{3000}'
        | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}
