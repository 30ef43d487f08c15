//! Text of somebody else's that cannot steer the terminal.

/// A message, in which there may be text of somebody's certificate: control characters as their pictures, what turns
/// the direction of text as U+FFFD, lines kept.
pub fn printable(text: &str) -> String {
    text.chars()
        .map(|character| if character == '\n' { '\n' } else { visible(character) })
        .collect()
}

/// A control character as its picture, so that a terminal is not told what to do.
pub(super) fn visible(character: char) -> char {
    match character {
        '\t' => ' ',
        '\u{7f}' => '\u{2421}',
        control if control < ' ' => {
            char::from_u32(0x2400 + u32::from(control)).unwrap_or('\u{fffd}')
        }
        unsafe_one if unsafe_one.is_control() || turns_or_breaks(unsafe_one) => '\u{fffd}',
        other => other,
    }
}

/// Whether a character changes the direction in which the text after it is shown, ends a line of it, or is not seen: a terminal
/// would show something else than what is there.
fn turns_or_breaks(character: char) -> bool {
    matches!(
        character,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            // Nothing is seen of these.
            | '\u{ad}' | '\u{115f}' | '\u{1160}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200d}'
            | '\u{2060}'..='\u{2065}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers_the_terminal() {
        #[track_caller]
        fn check(text: &str, expected: &str) {
            assert_eq!(printable(text), expected, "{text:?}");
        }

        check("a\nb\tc", "a\nb c");
        check("\u{1b}[2J", "\u{241b}[2J");
        // The controls of Unicode's bidirectional algorithm (UAX #9, section 2), and its ends of lines.
        for steers in "\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}\u{200e}\u{200f}\u{61c}\u{2028}".chars() {
            check(&format!("a{steers}b"), "a\u{fffd}b");
        }
        check(
            "\u{645}\u{631}\u{62d}\u{628}\u{627} b\u{fc}cher \u{2026}",
            "\u{645}\u{631}\u{62d}\u{628}\u{627} b\u{fc}cher \u{2026}",
        );
    }
}
