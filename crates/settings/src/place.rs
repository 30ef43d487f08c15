//! Places: where something stands in a file.

/// A stretch of a file: where it begins, for a person and for an edit, and where it ends.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub struct Place {
    /// Line of the first character, from 1.
    pub line: usize,
    /// Column of the first character, in characters from 1.
    pub column: usize,
    /// Offset of the first byte, from 0.
    pub start: usize,
    /// Offset of the byte after the last one.
    pub end: usize,
}

/// The line of a file around a place, for a caret beneath it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Excerpt {
    /// The text of the line, or of the part around the place when the line is long.
    pub text: String,
    /// How many characters of `text` stand before the place.
    pub caret: usize,
    /// How many characters of `text` the place covers, at least 1.
    pub width: usize,
}

impl Excerpt {
    /// The line of `text` around the bytes from `start` to `end`.
    pub fn around(text: &str, start: usize, end: usize) -> Self {
        let before = text.get(..start).unwrap_or(text).chars().rev();
        let on_line = |character: &char| !is_break(*character) && *character != BYTE_ORDER_MARK;
        let mut before: Vec<char> = before.take_while(on_line).take(LONGEST_SIDE).collect();
        before.reverse();
        let after = text.get(start..).unwrap_or_default().chars();
        let after: Vec<char> = after.take_while(|c| !is_break(*c)).take(LONGEST_SIDE).collect();
        let covered = text.get(start..end).unwrap_or_default().chars();
        let width = covered.take(after.len()).count().max(1);
        let caret = before.len();
        Self { text: before.into_iter().chain(after).collect(), caret, width }
    }
}

/// Whether a character ends a line, in YAML 1.1's view.
pub(crate) fn is_break(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The mark some editors put at the start of a file.
pub(crate) const BYTE_ORDER_MARK: char = '\u{FEFF}';

/// How many characters an excerpt shows on either side of the place.
const LONGEST_SIDE: usize = 120;

#[cfg(test)]
mod tests {
    use super::Excerpt;

    #[test]
    fn an_excerpt_is_the_line_and_its_caret_stands_under_the_place() {
        #[track_caller]
        fn check(text: &str, place: &str, expected: (&str, usize, usize)) {
            let start = text.find(place).unwrap();
            let excerpt = Excerpt::around(text, start, start + place.len());
            assert_eq!((excerpt.text.as_str(), excerpt.caret, excerpt.width), expected);
        }

        check("a\n  - *x\nb", "*x", ("  - *x", 4, 2));
        check("\u{feff}é: *x\r\nb", "*x", ("é: *x", 3, 2));
        check("a: 'b\nc'", "'b\nc'", ("a: 'b", 3, 2));
    }

    #[test]
    fn an_excerpt_of_a_long_line_is_short() {
        let text = format!("{}*{}", "a".repeat(5000), "b".repeat(5000));
        let excerpt = Excerpt::around(&text, 5000, 5001);
        assert_eq!(excerpt.text.chars().nth(excerpt.caret), Some('*'));
        assert_eq!(excerpt.text.len(), 240);
    }
}
