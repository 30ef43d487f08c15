//! Text for XML and HTML.

/// Text in which nothing is markup, and nothing is a character that XML 1.0 forbids (section 2.2).
/// Line ends and tabs, which an attribute would lose, are control characters here too.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            control if control.is_control() => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_markup() {
        let found = escaped("<a b=\"c\">&\u{1}\u{1b}[31m\u{ffff}");
        assert_eq!(found, "&lt;a b=&quot;c&quot;&gt;&amp;\u{fffd}\u{fffd}[31m\u{fffd}");
    }
}
