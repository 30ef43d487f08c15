//! Numbers as Java parses them, and their bounds.

use super::{Answer, unless};

/// The bounds of a whole number, of milliseconds or of bytes: `1..`, `-1..300`, or `-1|10000..` where -1 is
/// taken besides.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Whole {
    least: Option<i128>,
    most: Option<i128>,
    or_minus_one: bool,
}

/// The bounds of a decimal number: `0..1`, or `>0..1` where 0 itself is refused.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Decimals {
    least: Option<f64>,
    most: Option<f64>,
    is_above: bool,
}

impl Whole {
    pub(super) const NONE: Self = Self { least: None, most: None, or_minus_one: false };

    pub(super) fn read(text: &str) -> Option<Self> {
        let (or_minus_one, text) = match text.strip_prefix("-1|") {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (least, most) = ends(text)?;
        Some(Self { least, most, or_minus_one })
    }

    /// What is wrong with a number, which `shown` writes as a user does.
    pub(super) fn answer(self, number: i128, shown: impl Fn(i128) -> String) -> Answer {
        if self.or_minus_one && number == -1 {
            return Answer::Taken;
        }
        if let Some(least) = self.least.filter(|least| number < *least) {
            return Answer::Refused(format!("`{}` is less than {}", shown(number), shown(least)));
        }
        match self.most.filter(|most| number > *most) {
            Some(most) => {
                Answer::Refused(format!("`{}` is more than {}", shown(number), shown(most)))
            }
            None => Answer::Taken,
        }
    }
}

impl Decimals {
    pub(super) fn read(text: &str) -> Option<Self> {
        let (is_above, text) = match text.strip_prefix('>') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (least, most) = ends(text)?;
        Some(Self { least, most, is_above })
    }
}

/// The numbers on both sides of two dots, where they are there.
fn ends<N: std::str::FromStr>(text: &str) -> Option<(Option<N>, Option<N>)> {
    let number = |text: &str| match text {
        "" => Some(None),
        _ => text.parse().ok().map(Some),
    };
    let (least, most) = if text.is_empty() { ("", "") } else { text.split_once("..")? };
    Some((number(least)?, number(most)?))
}

pub(super) fn integer(value: &str, bounds: Whole) -> Answer {
    match value.parse::<i32>() {
        Ok(number) => bounds.answer(number.into(), |number| number.to_string()),
        Err(_) => Answer::Refused(format!("`{value}` is no whole number of 32 bits")),
    }
}

pub(super) fn long(value: &str, bounds: Whole) -> Answer {
    match value.parse::<i64>() {
        Ok(number) => bounds.answer(number.into(), |number| number.to_string()),
        Err(_) => Answer::Refused(format!("`{value}` is no whole number of 64 bits")),
    }
}

pub(super) fn float(value: &str, bounds: Decimals) -> Answer {
    let Some(number) = double(value) else {
        return Answer::Refused(format!("`{value}` is no number"));
    };
    // What is no number at all, `NaN`, is neither less nor more.
    let is_less =
        bounds.least.filter(|least| number < *least || (bounds.is_above && number <= *least));
    if let Some(least) = is_less {
        let than = if bounds.is_above { "not more" } else { "less" };
        return Answer::Refused(format!("`{value}` is {than} than {least}"));
    }
    match bounds.most.filter(|most| number > *most) {
        Some(most) => Answer::Refused(format!("`{value}` is more than {most}")),
        None => Answer::Taken,
    }
}

/// How many processors the machine has, nobody knows here: what some machine has is taken, which is told beside.
pub(super) fn processors(value: &str) -> Answer {
    match double(value) {
        Some(number) if number > MOST_PROCESSORS => Answer::Unknown,
        number => unless(number.is_some_and(|number| number > 0.0), || {
            format!("`{value}` is no number of processors")
        }),
    }
}

/// As how many whole processors such a number counts, if it is one.
pub(crate) fn processors_of(value: &str) -> Option<i64> {
    let number = double(value).filter(|number| *number > 0.0 && *number <= MOST_PROCESSORS)?;
    format!("{:.0}", number.ceil()).parse().ok()
}

/// As many as Linux knows of.
const MOST_PROCESSORS: f64 = 8192.0;

/// A number as Java's `Double.parseDouble` reads it.
pub(super) fn double(value: &str) -> Option<f64> {
    let text = value.trim_matches(|character| character <= ' ');
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    match unsigned {
        "NaN" => return Some(f64::NAN),
        "Infinity" if text.starts_with('-') => return Some(f64::NEG_INFINITY),
        "Infinity" => return Some(f64::INFINITY),
        _ => {}
    }
    let digits = text.strip_suffix(['f', 'F', 'd', 'D']).unwrap_or(text);
    let is_decimal = digits.bytes().all(|byte| byte.is_ascii_digit() || b".+-eE".contains(&byte));
    is_decimal.then(|| digits.parse().ok()).flatten()
}
