//! Text as the page shows it: escaped, counted, cut in the middle.

use crosstrust_report::print::escaped;

/// Text of a message: what stands in backticks there is code here.
pub(super) fn prose(text: &str) -> String {
    let pieces = text.split('`').collect::<Vec<_>>();
    if pieces.len().is_multiple_of(2) {
        return escaped(text);
    }
    let mut out = String::new();
    for (index, piece) in pieces.into_iter().enumerate() {
        let piece = escaped(piece);
        out.push_str(&if index.is_multiple_of(2) {
            piece
        } else {
            format!("<code>{piece}</code>")
        });
    }
    out
}

/// `1 node`, `2 nodes`, `1,234 nodes`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", grouped(count))
}

/// `1,234`.
pub(super) fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && digits.len().saturating_sub(index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A name of at most so many characters, what is left out being its middle; all of it in the title. It is apart
/// from the text around it, whichever way it is written.
pub(super) fn elided(name: &str, most: usize) -> String {
    match cut(name, most) {
        None => format!("<bdi>{}</bdi>", escaped(name)),
        Some(cut) => format!("<bdi title=\"{}\">{}</bdi>", escaped(name), escaped(&cut)),
    }
}

/// A name without its middle, if it has more than so many characters.
pub(super) fn cut(name: &str, most: usize) -> Option<String> {
    let length = name.chars().count();
    if length <= most {
        return None;
    }
    let kept = most.saturating_sub(1);
    let tail = kept / 2;
    let head = name.chars().take(kept.saturating_sub(tail)).collect::<String>();
    let tail = name.chars().skip(length.saturating_sub(tail)).collect::<String>();
    Some(format!("{head}…{tail}"))
}

/// The end of a path.
pub(super) fn file_name(path: &str) -> &str {
    path.rsplit('/').find(|part| !part.is_empty()).unwrap_or(path)
}

/// `2026-01-31 12:00 UTC`, from RFC 3339.
pub(super) fn instant(time: &str) -> String {
    match (time.get(..10), time.get(11..16)) {
        (Some(day), Some(minute)) => format!("{day} {minute} UTC"),
        _ => time.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backticks_make_code_where_they_are_pairs() {
        #[track_caller]
        fn check(text: &str, expected: &str) {
            assert_eq!(prose(text), expected);
        }

        check("a `<b>` c", "a <code>&lt;b&gt;</code> c");
        check("a ` b <", "a ` b &lt;");
        check("", "");
    }

    #[test]
    fn times_are_to_the_minute() {
        assert_eq!(instant("2026-01-31T12:00:59Z"), "2026-01-31 12:00 UTC");
    }

    #[test]
    fn long_names_lose_their_middle_and_numbers_are_grouped() {
        assert_eq!(elided("short", 5), "<bdi>short</bdi>");
        assert_eq!(elided("abcdefgh<", 6), "<bdi title=\"abcdefgh&lt;\">abc…h&lt;</bdi>");
        assert_eq!([0, 999, 1_000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }
}
