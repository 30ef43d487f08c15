//! The escapes of tab-separated test cases.

use std::str::Chars;

/// A field that is not written as the format asks.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A backslash at the end of the field.
    #[error("the backslash at the end escapes nothing")]
    TrailingBackslash,
    /// A backslash before a character that has no meaning after it.
    #[error(
        "`\\{character}` is not an escape; only `\\\\`, `\\t`, `\\n`, `\\r` and `\\u{{HEX}}` are"
    )]
    UnknownEscape {
        /// The character after the backslash.
        character: char,
    },
    /// `\u` without the hexadecimal number of a code point in braces.
    #[error("`\\u{digits}` is not the number of a character")]
    InvalidCodePoint {
        /// What follows `\u`.
        digits: String,
    },
}

/// Undoes the escapes of a field: `\\`, `\t`, `\n`, `\r` and `\u{HEX}`.
pub fn unescape(field: &str) -> Result<String, Error> {
    let mut text = String::with_capacity(field.len());
    let mut rest = field.chars();
    while let Some(character) = rest.next() {
        text.push(if character == '\\' { escape(&mut rest)? } else { character });
    }
    Ok(text)
}

/// Reads what follows a backslash.
fn escape(rest: &mut Chars<'_>) -> Result<char, Error> {
    match rest.next() {
        None => Err(Error::TrailingBackslash),
        Some('\\') => Ok('\\'),
        Some('t') => Ok('\t'),
        Some('n') => Ok('\n'),
        Some('r') => Ok('\r'),
        Some('u') => code_point(rest),
        Some(character) => Err(Error::UnknownEscape { character }),
    }
}

/// Reads `{HEX}`.
fn code_point(rest: &mut Chars<'_>) -> Result<char, Error> {
    let text = rest.as_str();
    let invalid = || Error::InvalidCodePoint { digits: text.chars().take(10).collect() };
    let (digits, after) =
        text.strip_prefix('{').and_then(|text| text.split_once('}')).ok_or_else(invalid)?;
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return Err(invalid());
    }
    *rest = after.chars();
    u32::from_str_radix(digits, 16).ok().and_then(char::from_u32).ok_or_else(invalid)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_undone_and_other_text_is_kept() {
        #[track_caller]
        fn check(field: &str, expected: &str) {
            assert_eq!(unescape(field).as_deref(), Ok(expected), "{field}");
        }

        check("", "");
        check("a\"b'#", "a\"b'#");
        check(r"\\", "\\");
        check(r"\t\n\r", "\t\n\r");
        check(r"e\u{301}x", "e\u{301}x");
        check(r"\u{1F600}", "\u{1F600}");
        check(r"\u{C}", "\u{C}");
    }

    #[test]
    fn other_escapes_are_refused() {
        #[track_caller]
        fn check(field: &str, expected: Error) {
            assert_eq!(unescape(field), Err(expected), "{field}");
        }

        let invalid = |digits: &str| Error::InvalidCodePoint { digits: digits.to_owned() };
        check("a\\", Error::TrailingBackslash);
        check(r"\d", Error::UnknownEscape { character: 'd' });
        check(r"\u0041", invalid("0041"));
        check(r"\u{}", invalid("{}"));
        check(r"\u{+41}", invalid("{+41}"));
        check(r"\u{D800}", invalid("{D800}"));
        check(r"\u{41", invalid("{41"));
    }
}
