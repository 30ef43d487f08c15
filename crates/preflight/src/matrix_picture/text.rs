//! Text in lines.

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
