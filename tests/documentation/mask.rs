//! What differs from run to run: serials, fingerprints, times, days that are left, and how wide a
//! column is that has the path of the scratch folder.

/// A text with all of that hidden, to compare two of them.
pub(crate) fn masked(text: &str) -> String {
    let mut masked = String::new();
    let mut word = String::new();
    for letter in text.chars() {
        if letter.is_ascii_alphanumeric() || "-:".contains(letter) {
            word.push(letter);
        } else {
            masked.push_str(hidden(&word));
            word.clear();
            if !(letter == ' ' && masked.ends_with(' ')) {
                masked.push(letter);
            }
        }
    }
    masked.push_str(hidden(&word));
    masked
}

/// A word, or what stands for it.
fn hidden(word: &str) -> &str {
    let digits = word.bytes().all(|byte| byte.is_ascii_digit());
    let hexadecimal = word.bytes().all(|byte| byte.is_ascii_hexdigit());
    match word.len() {
        20 if is_time(word) => "TIME",
        16.. if hexadecimal => "HEX",
        // Three years from now: 1095 or 1094 days.
        3..=5 if digits => "NUMBER",
        _ => word,
    }
}

/// Whether it is a time in the form of RFC 3339 with seconds, in UTC.
fn is_time(word: &str) -> bool {
    let form = "0000-00-00T00:00:00Z".chars();
    form.zip(word.chars()).all(
        |(form, letter)| {
            if form == '0' { letter.is_ascii_digit() } else { form == letter }
        },
    )
}

#[test]
fn only_what_changes_is_hidden() {
    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(masked(text), expected);
    }

    check("valid  2026-11-22T00:00:00Z to 2029-11-21T00:00:00Z", "valid TIME to TIME");
    check("serial 255fee3863b7a177a0a3", "serial HEX");
    check("accepted  1094  node1", "accepted NUMBER node1");
    check("PF032: 12 of 9300", "PF032: 12 of NUMBER");
}
