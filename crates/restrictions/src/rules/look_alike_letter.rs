//! TR026: letters of two scripts look alike.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;

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
        let place = item.character(subject.loaded.text(), position);
        remarks.push(Remark::new(&RULE, message(found)).at(place));
    }
}

/// What is wrong with a pattern that has such a letter.
pub(super) fn fault(pattern: &str) -> Option<String> {
    odd_letter(pattern).map(|(_, found)| message(found))
}

fn message(found: char) -> String {
    format!("`{found}` is U+{:04X}, and not what it looks like", u32::from(found))
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
        latin |= looks_latin(label);
        if let Some((position, found)) = label.chars().enumerate().find(|(_, c)| is_odd(*c, latin))
        {
            return Some((before.saturating_add(position), found));
        }
        before = before.saturating_add(label.chars().count()).saturating_add(1);
    }
    None
}

/// Whether all letters of a label are of another script, and each looks like a Latin one.
fn looks_latin(label: &str) -> bool {
    let mut letters = label.chars().filter(|character| character.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(|letter| TWINS.contains(letter))
}

/// A combining accent, a form or sign that stands for a character of ASCII, or a letter of another
/// script among Latin ones.
fn is_odd(character: char, latin: bool) -> bool {
    let other = matches!(character,
        '\u{250}'..='\u{2AF}' | '\u{370}'..='\u{58F}' | '\u{13A0}'..='\u{13FF}' | '\u{1C80}'..='\u{1C8F}'
        | '\u{1D00}'..='\u{1D2B}' | '\u{1F00}'..='\u{1FFF}' | '\u{2C80}'..='\u{2CFF}' | '\u{A640}'..='\u{A69F}')
        && character.is_alphabetic();
    is_form(character) || (latin && (other || character == '\u{131}' || character == '\u{237}'))
}

/// Combining accents, fullwidth forms, ligatures, letters and digits in circles, Roman numbers and
/// the like, and signs in the place of `.`, `*`, `/` and `_`.
fn is_form(character: char) -> bool {
    matches!(character,
        '\u{300}'..='\u{36F}' | '\u{B2}' | '\u{B3}' | '\u{B7}' | '\u{B9}' | '\u{2022}' | '\u{2024}' | '\u{203F}'
        | '\u{2044}' | '\u{204E}' | '\u{2070}'..='\u{209C}' | '\u{2100}'..='\u{214F}' | '\u{2160}'..='\u{2188}'
        | '\u{2215}' | '\u{2217}' | '\u{2219}' | '\u{22C5}' | '\u{2460}'..='\u{24FF}' | '\u{2731}' | '\u{3002}'
        | '\u{FB00}'..='\u{FB06}' | '\u{FE52}' | '\u{FE61}' | '\u{FF01}'..='\u{FF5E}' | '\u{FF61}')
}

/// Letters of the Cyrillic, Greek and Armenian scripts that cannot be told from Latin ones.
const TWINS: &str = "\u{430}\u{435}\u{43E}\u{440}\u{441}\u{443}\u{445}\u{455}\u{456}\u{458}\u{4BB}\u{501}\
    \u{51B}\u{51D}\u{410}\u{412}\u{415}\u{41A}\u{41C}\u{41D}\u{41E}\u{420}\u{421}\u{422}\u{425}\u{3BF}\u{3BD}\
    \u{391}\u{392}\u{395}\u{396}\u{397}\u{399}\u{39A}\u{39C}\u{39D}\u{39F}\u{3A1}\u{3A4}\u{3A5}\u{3A7}\u{585}\u{578}";
