//! Sizes: bytes, percent of the heap, and parts of a disk.

use super::number::{Whole, double};
use super::{Answer, Release, unless};

/// A part of a disk, or what is to stay free of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Share {
    /// Bytes.
    Bytes(i128),
    /// Percent, from 0 to 100.
    Percent(f64),
}

pub(super) fn bytes(value: &str, bounds: Whole, release: Release) -> Answer {
    match bytes_of(value, release) {
        Some(bytes) => bounds.answer(bytes, |bytes| format!("{bytes}b")),
        None => no_size(value),
    }
}

/// Bytes, or percent of the heap.
pub(super) fn memory(value: &str, release: Release) -> Answer {
    match value.strip_suffix('%') {
        None => bytes(value, Whole::NONE, release),
        Some(percent) => match double(percent) {
            Some(percent) if is_within(percent, 100.0) => Answer::Taken,
            _ => Answer::Refused(format!("`{value}` is no percentage from 0% to 100%")),
        },
    }
}

/// Bytes, one page of memory or several.
pub(super) fn pages(value: &str, release: Release) -> Answer {
    match bytes_of(value, release) {
        Some(bytes) => unless(bytes > 0 && bytes % PAGE == 0, || {
            format!("`{value}` is no multiple of {PAGE} bytes")
        }),
        None => no_size(value),
    }
}

pub(super) fn share(value: &str, release: Release) -> Answer {
    match share_of(value, release) {
        Some(_) => Answer::Taken,
        None => Answer::Refused(format!(
            "`{value}` is neither a part such as `85%` or `0.85` nor a size such as `10gb`"
        )),
    }
}

/// The part of a disk that a text stands for.
pub(crate) fn share_of(value: &str, release: Release) -> Option<Share> {
    let in_bytes = || bytes_of(value, release).map(Share::Bytes);
    if value.ends_with('b') {
        return in_bytes();
    }
    match ratio_of(value) {
        Some(percent) if percent == 0.0 && !value.ends_with('%') => Some(Share::Bytes(0)),
        Some(percent) => Some(Share::Percent(percent)),
        None => in_bytes(),
    }
}

pub(super) fn ratio(value: &str) -> Answer {
    match ratio_of(value) {
        Some(_) => Answer::Taken,
        None => Answer::Refused(format!("`{value}` is no part such as `85%` or `0.85`")),
    }
}

/// The percent that a text stands for.
fn ratio_of(value: &str) -> Option<f64> {
    let (text, most) = match value.strip_suffix('%') {
        Some(percent) => (percent, 100.0),
        None => (value, 1.0),
    };
    double(text).filter(|number| is_within(*number, most)).map(|number| number * (100.0 / most))
}

/// Whether it is from 0 to this; what is no number at all, `NaN`, is neither less nor more.
fn is_within(number: f64, most: f64) -> bool {
    number.is_nan() || (0.0..=most).contains(&number)
}

fn no_size(value: &str) -> Answer {
    Answer::Refused(format!("`{value}` is no size: a number and its unit, such as `10mb`"))
}

/// How many bytes a text stands for.
pub(crate) fn bytes_of(value: &str, release: Release) -> Option<i128> {
    if value == "0" || value == "-1" {
        return value.parse().ok();
    }
    let text = value.to_lowercase();
    let text = text.trim_matches(|character| character <= ' ');
    let trimmed = |text: &str| text.trim_matches(|character| character <= ' ').to_owned();
    let unit = UNITS.iter().find_map(|(letter, power)| {
        let short = text.strip_suffix(*letter);
        let number = short.or_else(|| text.strip_suffix('b')?.strip_suffix(*letter))?;
        Some((trimmed(number), *power))
    });
    let Some((number, power)) = unit else {
        let number: i64 = trimmed(text.strip_suffix('b')?).parse().ok()?;
        return (number >= -1).then_some(number.into());
    };
    let factor = 1024_i128.checked_pow(power)?;
    let bytes = match (number.parse::<i64>(), release) {
        (Ok(whole), _) => i128::from(whole).checked_mul(factor)?,
        (Err(_), Release::Now) => decimal(&number, factor)?,
        (Err(_), Release::Before) => cut(double(&number)? * 1024_f64.powi(power.try_into().ok()?)),
    };
    (0..=i128::from(i64::MAX)).contains(&bytes).then_some(bytes)
}

/// A decimal number as Java makes a whole one of 64 bits of it.
fn cut(number: f64) -> i128 {
    let whole = format!("{:.0}", number.trunc()).parse().unwrap_or_default();
    i128::clamp(whole, i64::MIN.into(), i64::MAX.into())
}

/// A number with at most two decimals, times a factor, rounded up; perhaps with an exponent.
fn decimal(number: &str, factor: i128) -> Option<i128> {
    let (digits, exponent) = match number.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
        None => (number, 0),
    };
    let unsigned = digits.strip_prefix('+').unwrap_or(digits);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    let decimals = i32::try_from(fraction.len()).ok()?.checked_sub(exponent)?;
    let power = u32::try_from(2_i32.checked_sub(decimals)?).ok()?;
    let digits: i128 = format!("{whole}{fraction}").parse().ok()?;
    let hundredths = match digits {
        0 => 0,
        _ => digits.checked_mul(10_i128.checked_pow(power)?)?,
    };
    hundredths.checked_mul(factor)?.checked_add(99)?.checked_div(100)
}

/// How many bytes a page of memory has.
const PAGE: i128 = 4096;

/// The letter of each unit, which a `b` may follow, with the power of 1024 that it stands for.
const UNITS: [(char, u32); 5] = [('k', 1), ('m', 2), ('g', 3), ('t', 4), ('p', 5)];
