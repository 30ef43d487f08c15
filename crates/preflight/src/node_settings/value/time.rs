//! Times: a number and its unit.

use super::number::Whole;
use super::{Answer, unless};

/// A time, its bounds in milliseconds.
pub(super) fn time(value: &str, bounds: Whole) -> Answer {
    match milliseconds(value) {
        Some(time) => bounds.answer(time, shown),
        None => Answer::Refused(format!(
            "`{value}` is no time: a whole number and its unit, such as `10s`"
        )),
    }
}

/// So many in a time, as in `75/5m`, or a word.
pub(super) fn rate(value: &str, word: &str) -> Answer {
    let is_rate = || {
        let (count, time) = value.split_once('/')?;
        let count: i32 = count.parse().ok()?;
        Some(count >= 0 && milliseconds(time)? >= 60_000)
    };
    unless(value == word || is_rate() == Some(true), || {
        format!("`{value}` is neither `{word}` nor a rate such as `75/5m`, of a minute or more")
    })
}

/// Whether Elasticsearch takes a text for a time.
pub(crate) fn is_time(value: &str) -> bool {
    milliseconds(value).is_some()
}

/// How many milliseconds a text stands for, cut as Java cuts.
pub(crate) fn milliseconds(value: &str) -> Option<i128> {
    let text = value.to_lowercase();
    let text = text.trim_matches(|character| character <= ' ');
    let unit = UNITS.iter().find(|(name, ..)| match *name {
        "m" => value.ends_with('m'), // `M` would be months
        name => text.ends_with(name),
    });
    let Some((name, factor, divisor)) = unit else {
        let number = text.strip_prefix('-').unwrap_or(text);
        let is_whole = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        let number: i128 = if is_whole { digits(number)? } else { return None };
        let is_negative = text.starts_with('-');
        return [(false, 0), (true, 1)].contains(&(is_negative, number)).then_some(-number);
    };
    let number = text.strip_suffix(name)?.trim_matches(|character| character <= ' ');
    let number: i64 = number.parse().ok().filter(|number| *number >= -1)?;
    let scaled = i128::from(number).checked_mul(*factor)?;
    scaled.checked_div(*divisor)
}

/// The value of digits; leading zeros are none.
fn digits(text: &str) -> Option<i128> {
    let text = text.trim_start_matches('0');
    if text.is_empty() { Some(0) } else { text.parse().ok() }
}

/// Milliseconds as a user writes them.
fn shown(milliseconds: i128) -> String {
    let whole = |unit: i128| milliseconds % unit == 0 && milliseconds != 0;
    let (unit, name) = if whole(3_600_000) {
        (3_600_000, "h")
    } else if whole(60_000) {
        (60_000, "m")
    } else if whole(1_000) {
        (1_000, "s")
    } else {
        (1, "ms")
    };
    format!("{}{name}", milliseconds / unit)
}

/// In the order in which they are looked for, with their milliseconds as a fraction.
const UNITS: [(&str, i128, i128); 7] = [
    ("nanos", 1, 1_000_000),
    ("micros", 1, 1_000),
    ("ms", 1, 1),
    ("s", 1_000, 1),
    ("m", 60_000, 1),
    ("h", 3_600_000, 1),
    ("d", 86_400_000, 1),
];
