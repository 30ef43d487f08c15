//! Words of a list, names and patterns.

use super::{Answer, unless};
use crate::certificate_identity::{CertificateIdentity, PatternError};

pub(super) fn boolean(value: &str) -> Answer {
    unless(["true", "false"].contains(&value), || {
        format!("`{value}` is neither `true` nor `false`")
    })
}

/// Words as they are written; a `+` in one stands for a blank.
pub(super) fn exactly(value: &str, words: &str) -> Answer {
    unless(words.split('|').any(|word| word.replace('+', " ") == value), || none_of(value, words))
}

pub(super) fn one_of(value: &str, words: &str) -> Answer {
    let is_same = |word: &str| word.eq_ignore_ascii_case(value);
    unless(words.split('|').any(is_same), || none_of(value, words))
}

pub(super) fn known(value: &str, words: &str) -> Answer {
    if words.split('|').any(|word| word == value) { Answer::Taken } else { Answer::Unknown }
}

fn none_of(value: &str, words: &str) -> String {
    let words: Vec<String> =
        words.split('|').map(|word| format!("`{}`", word.replace('+', " "))).collect();
    match words.as_slice() {
        [one] => format!("`{value}` is not {one}"),
        words => format!("`{value}` is not one of {}", words.join(", ")),
    }
}

pub(super) fn cluster_name(value: &str) -> Answer {
    unless(!value.contains(':'), || format!("`{value}` has a colon"))
}

pub(super) fn attribute(value: &str) -> Answer {
    let is_blank = |character: Option<char>| character.is_some_and(char::is_whitespace);
    let has_blank = is_blank(value.chars().next()) || is_blank(value.chars().next_back());
    unless(!has_blank, || format!("`{value}` has a blank at one of its ends"))
}

pub(super) fn blankless(value: &str) -> Answer {
    let has_blank = value.chars().any(char::is_whitespace);
    unless(!has_blank, || format!("`{value}` has a blank in it"))
}

pub(super) fn not_empty(value: &str) -> Answer {
    unless(!value.is_empty(), || "one of its values is empty".to_owned())
}

pub(super) fn suffix(value: &str) -> Answer {
    let is_right = value.starts_with(|first: char| first.is_ascii_alphabetic())
        && value.len() <= 10
        && value.bytes().all(|byte| byte.is_ascii_alphanumeric());
    unless(is_right, || format!("`{value}` is not a letter and at most nine letters and digits"))
}

pub(super) fn index_patterns(value: &str) -> Answer {
    let is_pattern = |part: &str| !["", "+", "-"].contains(&part.trim());
    unless(value.split(',').all(is_pattern), || {
        format!("`{value}` is neither `true` nor `false` nor a list of names of indices")
    })
}

/// A pattern of hosts and ports that does not fit all of them.
pub(super) fn whitelist(value: &str) -> Answer {
    let is_all = !value.is_empty() && value.bytes().all(|byte| byte == b'*');
    unless(!is_all, || format!("`{value}` allows every address"))
}

/// A pattern with wildcards; between slashes an expression of Lucene's, which is not read here.
pub(super) fn filter(value: &str) -> Answer {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || ":._*-/".contains(c);
    if !value.starts_with('/') && value.chars().all(is_plain) {
        Answer::Taken
    } else {
        Answer::Unknown
    }
}

pub(super) fn java_regex(value: &str) -> Answer {
    match CertificateIdentity::parse(value) {
        Ok(_) => Answer::Taken,
        Err(PatternError::Invalid { problem, .. }) => {
            Answer::Refused(format!("`{value}` is no regular expression to Java: {problem}"))
        }
        Err(_) => Answer::Unknown,
    }
}
