//! Scalars of YAML, and what elasticsearch-certutil's parser takes an unquoted one for.

use std::fmt;

/// A scalar and whether it is quoted.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Scalar {
    pub(super) text: String,
    /// Quoted, a block, or tagged as a string.
    pub(super) quoted: bool,
}

/// What a scalar is taken for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    Boolean,
    Null,
    Number,
    Text,
}

impl Scalar {
    pub(super) fn kind(&self) -> Kind {
        let lower = self.text.to_lowercase();
        match lower.as_str() {
            _ if self.quoted => Kind::Text,
            "" | "~" | "null" => Kind::Null,
            "true" | "false" | "yes" | "no" | "on" | "off" => Kind::Boolean,
            text if is_number(text) => Kind::Number,
            _ => Kind::Text,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Boolean => "a boolean",
            Self::Null => "nothing",
            Self::Number => "a number",
            Self::Text => "text",
        })
    }
}

/// Decimal digits with an optional sign, fraction and exponent; other notations stay text.
fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".nan") {
        return true;
    }
    let (mantissa, exponent) = unsigned.split_once('e').unwrap_or((unsigned, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let some = !whole.is_empty() || !fraction.is_empty();
    some && !exponent.is_empty() && digits(whole) && digits(fraction) && digits(exponent)
}
