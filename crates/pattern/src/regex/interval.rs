//! Numeric intervals `<n-m>`.

use super::Part;
use super::cursor::Cursor;
use crate::error::Error;
use crate::error::ErrorKind;

/// Reads an interval whose `<` has been read.
///
/// The bounds may come in either order. When they are written with the same number of
/// characters, a name must have that many digits.
pub(super) fn interval(cursor: &mut Cursor) -> Result<Part, Error> {
    let offset = cursor.offset().saturating_sub(1);
    let Some(text) = cursor.until('>') else {
        return Err(Error { offset, kind: ErrorKind::UnclosedInterval });
    };
    let Some((low, high)) = text.split_once('-') else {
        return Err(Error { offset, kind: ErrorKind::NamedAutomaton { name: text } });
    };
    let (Some(first), Some(second)) = (integer(low), integer(high)) else {
        return Err(Error { offset, kind: ErrorKind::InvalidInterval { text } });
    };
    let width = low.chars().count();
    let width = (width == high.chars().count()).then_some(width);
    Ok(Part::Interval { min: first.min(second), max: first.max(second), width })
}

/// The number that Java's `Integer.parseInt` reads, which takes a `+` and any decimal digits.
fn integer(text: &str) -> Option<u32> {
    let digits = text.strip_prefix('+').unwrap_or(text);
    if digits.is_empty() {
        return None;
    }
    let number = digits.chars().try_fold(0_u32, |number, character| {
        number.checked_mul(10)?.checked_add(digit(character)?)
    })?;
    i32::try_from(number).is_ok().then_some(number)
}

/// The value of a decimal digit of any script in the basic plane.
fn digit(character: char) -> Option<u32> {
    let point = u32::from(character);
    let zero = *ZEROS.get(ZEROS.partition_point(|&zero| zero <= point).checked_sub(1)?)?;
    point.checked_sub(zero).filter(|&value| value < 10)
}

/// The code points of the digits zero (general category Nd) below U+10000, in order.
const ZEROS: [u32; 37] = [
    0x0030, 0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6,
    0x0D66, 0x0DE6, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80,
    0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0,
    0xFF10,
];
