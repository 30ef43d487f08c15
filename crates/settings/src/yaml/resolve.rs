//! What a scalar is to Elasticsearch: text, a number, a boolean or null.
//!
//! Only what shows matters here. Numbers are handed on as written, and refused when tagged as such
//! and malformed; booleans are written as `true` or `false` where they are the whole value of a key; null is refused
//! everywhere.

use crate::error::ErrorKind;
use crate::event::ScalarEvent;
use crate::event::Style;

/// What a scalar is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Resolved {
    /// `true`, `yes` and the like.
    Boolean(bool),
    /// `null`, `~` or nothing.
    Null,
    /// A number.
    Number,
    /// Anything else.
    Text,
}

/// What a YAML 1.1 scalar is, by its tag or its spelling.
pub(crate) fn resolve(scalar: &ScalarEvent) -> Result<Resolved, ErrorKind> {
    let ScalarEvent { text, style, tag, .. } = scalar;
    match tag.as_deref() {
        None if *style == Style::Plain => Ok(by_spelling(text)),
        // The tag `!` alone asks for the plain reading, whatever the quotes.
        Some("!") => Ok(by_spelling(text)),
        None => Ok(Resolved::Text),
        Some(tag) => by_tag(tag.strip_prefix(TAG_PREFIX).map_or(tag, until_comma), text),
    }
}

fn until_comma(tag: &str) -> &str {
    tag.split(',').next().unwrap_or(tag)
}

fn by_tag(tag: &str, text: &str) -> Result<Resolved, ErrorKind> {
    match tag {
        "binary" => Err(ErrorKind::BinaryValue),
        "bool" => Ok(boolean(text).map_or(Resolved::Text, Resolved::Boolean)),
        "float" if !text.is_empty() => Ok(Resolved::Number),
        "int" if !text.is_empty() => integer(text),
        "null" if !text.is_empty() => Ok(Resolved::Null),
        _ => Ok(Resolved::Text),
    }
}

fn by_spelling(text: &str) -> Resolved {
    if matches!(text, "" | "~" | "null" | "Null" | "NULL") {
        return Resolved::Null;
    }
    if is_boolean_spelling(text) {
        return boolean(text).map_or(Resolved::Text, Resolved::Boolean);
    }
    if is_number_spelling(text) { Resolved::Number } else { Resolved::Text }
}

/// All lower case, all upper case, or the first letter alone in upper case.
fn is_boolean_spelling(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let rest = text.get(1..).unwrap_or_default();
    let known = matches!(lower.as_str(), "true" | "false" | "yes" | "no" | "on" | "off");
    let evenly = text == lower || text == text.to_ascii_uppercase();
    known && (evenly || rest == rest.to_ascii_lowercase())
}

fn boolean(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" | "y" => Some(true),
        "false" | "no" | "off" | "n" => Some(false),
        _ => None,
    }
}

/// Whether the text looks like a number, numbers to base 60 aside, which come out as text.
fn is_number_spelling(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text).replace('_', "");
    match (digits.strip_prefix("0x"), digits.strip_prefix("0b")) {
        (Some(digits), _) => is_digits(digits, 16),
        (_, Some(digits)) => is_digits(digits, 2),
        _ => {
            matches!(digits.to_ascii_lowercase().as_str(), ".inf" | ".nan")
                || (digits.starts_with(['.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
                    && digits.parse::<f64>().is_ok())
        }
    }
}

fn is_digits(digits: &str, base: u32) -> bool {
    !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(base))
}

/// A value tagged as an integer, which may be any text; only numbers with a prefix are looked at.
fn integer(text: &str) -> Result<Resolved, ErrorKind> {
    let malformed = || ErrorKind::Number { text: text.to_owned() };
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.is_empty() {
        return Err(malformed());
    }
    let Some(rest) = digits.strip_prefix('0') else {
        let decimal = digits.chars().all(|digit| digit == '_' || digit.is_ascii_digit());
        return Ok(if decimal { Resolved::Number } else { Resolved::Text });
    };
    let (base, digits) = match rest.chars().next() {
        None => return Ok(Resolved::Number),
        Some('b' | 'B') => (2, rest.get(1..).unwrap_or_default()),
        Some('x' | 'X') => (16, rest.get(1..).unwrap_or_default()),
        Some('0'..='9' | '_') => (8, rest),
        Some(_) => return Ok(Resolved::Text),
    };
    // Java's integers may have a sign of their own, even here.
    let digits = digits.replace('_', "");
    let digits = digits.strip_prefix(['-', '+']).unwrap_or(&digits);
    if is_digits(digits, base) { Ok(Resolved::Number) } else { Err(malformed()) }
}

/// What stands before the tags that YAML itself defines.
pub(crate) const TAG_PREFIX: &str = "tag:yaml.org,2002:";
