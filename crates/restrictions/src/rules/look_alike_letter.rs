//! TR026: letters of two scripts look alike.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::lint::Remark;
use crate::lint::Remarks;
use crate::lint::Subject;

pub(super) const RULE: Rule = Rule {
    code: "TR026",
    severity: Severity::Warning,
    summary: "letters of two scripts look alike",
    explanation: "Letters of the Cyrillic and Greek scripts look like Latin ones and are others to \
        Elasticsearch. A combining accent after its letter is also not the accented letter. \
        Such a pattern looks right and matches nothing.",
    help: "type the pattern anew",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    for item in subject.items() {
        let latin = item.text.chars().any(|character| character.is_ascii_alphabetic());
        let Some((position, found)) =
            item.text.chars().enumerate().find(|(_, c)| is_odd(*c, latin))
        else {
            continue;
        };
        let message =
            format!("`{found}` is U+{:04X}, and not what it looks like", u32::from(found));
        remarks
            .push(Remark::new(&RULE, message).at(item.character(&subject.loaded.text, position)));
    }
}

/// A combining accent, or a Greek or Cyrillic letter among Latin ones.
fn is_odd(character: char, latin: bool) -> bool {
    let other = matches!(character, '\u{370}'..='\u{52F}') && character.is_alphabetic();
    matches!(character, '\u{300}'..='\u{36F}') || (latin && other)
}
