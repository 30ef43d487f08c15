//! Text for a terminal of so many columns, in which no word is broken.

/// A text whose lines are no longer than so many columns where blanks allow it: what follows is
/// indented further. Colours take no room. Without columns the text as it is.
pub fn fitted(text: &str, columns: Option<usize>) -> String {
    let Some(columns) = columns else { return text.to_owned() };
    text.split_inclusive('\n').map(|line| fitted_line(line, columns)).collect()
}

fn fitted_line(line: &str, columns: usize) -> String {
    if width(line.trim_end()) <= columns {
        return line.to_owned();
    }
    let blanks = line.chars().take_while(|c| *c == ' ').count();
    let indent = " ".repeat(blanks.saturating_add(FURTHER).min(columns / 2));
    let mut out = String::new();
    let mut length = 0_usize;
    let mut is_first = true;
    for word in line.trim_end().split(' ') {
        let wide = width(word);
        let full = length.saturating_add(wide).saturating_add(1) > columns;
        if is_first {
            length = wide;
        } else if full && !out.trim_start().is_empty() {
            out.truncate(out.trim_end().len());
            out.push('\n');
            out.push_str(&indent);
            length = indent.len().saturating_add(wide);
        } else {
            out.push(' ');
            length = length.saturating_add(wide).saturating_add(1);
        }
        out.push_str(word);
        is_first = false;
    }
    if line.ends_with('\n') {
        out.push('\n');
    }
    out
}

/// The columns that a text takes on a terminal, without its escape sequences.
fn width(text: &str) -> usize {
    let mut escaped = false;
    let mut columns = 0_usize;
    for character in text.chars() {
        match character {
            '\u{1b}' => escaped = true,
            'm' if escaped => escaped = false,
            _ if !escaped => columns = columns.saturating_add(1),
            _ => {}
        }
    }
    columns
}

/// By so many columns is indented what follows.
const FURTHER: usize = 4;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_nowhere_else() {
        let text = "  = help: re-issue the certificate\n    with an-overlong-word-of-its-own at all\n\nshort\n";
        let expected = "  = help: re-issue the\n      certificate\n    with\n        an-overlong-word-of-its-own\n        at all\n\nshort\n";
        assert_eq!(fitted(text, Some(22)), expected);
        assert_eq!(fitted(text, None), text);
        assert_eq!(fitted(text, Some(200)), text);
    }

    #[test]
    fn colours_take_no_room() {
        let text = "\u{1b}[1;31merror[TR005]\u{1b}[0m: all of it fits\n";
        assert_eq!(fitted(text, Some(28)), text);
        assert_eq!(fitted(text, Some(27)).lines().count(), 2);
    }

    #[test]
    fn no_line_begins_with_what_was_left_of_another() {
        for columns in 1..60 {
            let text = "    the name `a.b` of one  word and another, which is longer than that\n";
            let found = fitted(text, Some(columns));
            let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            assert_eq!(words(&found), words(text), "{columns}");
            let wide = |line: &&str| line.chars().count() > columns.max(20);
            assert_eq!(found.lines().filter(wide).count(), 0, "{columns}: {found}");
        }
    }
}
