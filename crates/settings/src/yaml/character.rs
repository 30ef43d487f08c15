//! The classes of characters that YAML's rules speak of.

use crate::cursor::END;
use crate::place::is_break;

/// Whether the reader takes a character at all.
pub(crate) fn is_printable(character: char) -> bool {
    matches!(character,
        '\t' | '\n' | '\r' | ' '..='~' | '\u{85}' | '\u{A0}'..='\u{FFFD}' | '\u{10000}'..)
}

/// Whether a line, or the text, ends here.
pub(super) fn ends_line(character: char) -> bool {
    character == END || is_break(character)
}

/// Whether a word ends here, where tabs count as part of one.
pub(super) fn ends_word(character: char) -> bool {
    character == ' ' || ends_line(character)
}

/// Whether a word ends here, where tabs separate words too.
pub(super) fn is_space(character: char) -> bool {
    character == '\t' || ends_word(character)
}

/// Whether a character may stand in the name of a directive or a tag handle.
pub(super) fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '_')
}

/// Whether a character may stand in a tag.
pub(super) fn is_uri(character: char) -> bool {
    is_word(character) || ";/?:@&=+$,.!~*'()[]%".contains(character)
}
