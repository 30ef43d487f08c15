//! Text for XML and HTML.

/// Text in which nothing is markup, and nothing is a character that XML 1.0 forbids.
pub(super) fn escaped(text: &str) -> String {
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

/// Lines of at most `width` characters, broken at blanks where there are any.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut length = 0_usize;
    for word in text.split(' ') {
        for (index, piece) in pieces(word, width).into_iter().enumerate() {
            let size = piece.chars().count();
            let blank = usize::from(index == 0 && length > 0);
            if length > 0 && length.saturating_add(size).saturating_add(blank) > width {
                lines.push(std::mem::take(&mut line));
                length = 0;
            }
            if blank == 1 && length > 0 {
                line.push(' ');
                length = length.saturating_add(1);
            }
            line.push_str(&piece);
            length = length.saturating_add(size);
        }
    }
    lines.push(line);
    lines
}

/// A word in pieces of at most `width` characters.
fn pieces(word: &str, width: usize) -> Vec<String> {
    let characters = word.chars().collect::<Vec<_>>();
    characters.chunks(width.max(1)).map(|piece| piece.iter().collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_markup() {
        let found = escaped("<a b=\"c\">&\u{1}\u{1b}[31m");
        assert_eq!(found, "&lt;a b=&quot;c&quot;&gt;&amp;\u{fffd}\u{fffd}[31m");
    }

    #[test]
    fn lines_are_broken_at_blanks_and_words_only_where_they_must() {
        #[track_caller]
        fn check(text: &str, width: usize, expected: &[&str]) {
            assert_eq!(wrapped(text, width), expected);
        }

        check("one two three", 7, &["one two", "three"]);
        check("one two three", 40, &["one two three"]);
        check("abcdefghij", 4, &["abcd", "efgh", "ij"]);
        check("a bcdefghij", 4, &["a", "bcde", "fghi", "j"]);
        check("", 4, &[""]);
    }
}
