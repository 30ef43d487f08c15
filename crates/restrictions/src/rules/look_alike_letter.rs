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
        Elasticsearch, and so are fullwidth forms. A label that is wholly of another script is \
        taken as meant. A combining accent after its letter is also not the accented letter. \
        Such a pattern looks right and matches nothing.",
    help: "type the pattern anew",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    for item in subject.items() {
        let Some((position, found)) = odd_letter(&item.text) else { continue };
        let message =
            format!("`{found}` is U+{:04X}, and not what it looks like", u32::from(found));
        remarks
            .push(Remark::new(&RULE, message).at(item.character(subject.loaded.text(), position)));
    }
}

/// The first letter that is not what it looks like, and how many characters stand before it.
fn odd_letter(text: &str) -> Option<(usize, char)> {
    let mut before: usize = 0;
    for label in text.split('.') {
        let mut previous = ' ';
        let mut latin = false;
        for character in label.chars() {
            // Behind a backslash it is no letter of the name.
            latin |= character.is_ascii_alphabetic() && previous != '\\';
            previous = character;
        }
        if let Some((position, found)) = label.chars().enumerate().find(|(_, c)| is_odd(*c, latin))
        {
            return Some((before.saturating_add(position), found));
        }
        before = before.saturating_add(label.chars().count()).saturating_add(1);
    }
    None
}

/// A combining accent, a fullwidth form, or a Greek or Cyrillic letter among Latin ones.
fn is_odd(character: char, latin: bool) -> bool {
    let other = matches!(character, '\u{370}'..='\u{52F}') && character.is_alphabetic();
    matches!(character, '\u{300}'..='\u{36F}' | '\u{FF01}'..='\u{FF5E}') || (latin && other)
}
