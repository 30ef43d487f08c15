//! Text of somebody else's that cannot steer the terminal.

/// A message, in which there may be text of somebody's certificate: control characters as their pictures, lines kept.
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
        control if control.is_control() => '\u{fffd}',
        other => other,
    }
}
