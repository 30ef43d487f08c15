//! Writes text so that Elasticsearch reads exactly that text.

use std::fmt::Write as _;

use crate::yaml::is_printable;

/// A YAML scalar that is read as the given text: in single quotes, or in double quotes where the
/// text holds line breaks or characters that YAML does not take as they are.
pub fn quoted(text: &str) -> String {
    if text.chars().all(is_plain_in_single_quotes) {
        return format!("'{}'", text.replace('\'', "''"));
    }
    double_quoted(text)
}

/// A string in double quotes that both JSON and YAML read as the given text.
pub fn double_quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(character);
            }
            _ if is_plain_in_single_quotes(character) => quoted.push(character),
            _ => push_escape(&mut quoted, character),
        }
    }
    quoted.push('"');
    quoted
}

fn push_escape(quoted: &mut String, character: char) {
    for unit in character.encode_utf16(&mut [0; 2]) {
        // Writing to a string cannot fail.
        let _ = write!(quoted, "\\u{unit:04x}");
    }
}

/// Whether a character stands for itself on one line of quoted text and is visible there.
fn is_plain_in_single_quotes(character: char) -> bool {
    let invisible = matches!(character,
        '\t' | '\n' | '\r' | '\u{85}' | '\u{A0}' | '\u{AD}' | '\u{200B}'..='\u{200F}'
        | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}');
    is_printable(character) && !invisible
}
