//! Texts of several parts: times at which something is done, and conditions of a rollover.

use super::{Answer, Release, bytes_of, time, unless};

/// Times in the notation of cron, with seconds and perhaps a year. What is in none of the usual forms is not
/// known here.
pub(super) fn cron(value: &str) -> Answer {
    let value = value.to_uppercase();
    let fields: Vec<&str> =
        value.split([' ', '\t']).filter(|field| !field.is_empty()).take(FIELDS.len()).collect();
    if fields.len() < LEAST_FIELDS {
        return Answer::Refused(format!(
            "`{value}` has fewer than {LEAST_FIELDS} fields: second, minute, hour, day of the month, month, day of \
             the week, such as `0 30 1 * * ?`"
        ));
    }
    let mut each = fields.iter().zip(FIELDS);
    if !each.all(|(field, (least, most, names))| is_plain(field, least, most, names)) {
        return Answer::Unknown;
    }
    let is_open = |position: usize| fields.get(position) == Some(&"?");
    let others = fields.iter().enumerate().filter(|(position, _)| ![3, 5].contains(position));
    let is_right = is_open(3) != is_open(5) && others.into_iter().all(|(_, field)| *field != "?");
    unless(is_right, || {
        format!(
            "`{value}`: of the day of the month and the day of the week, and nowhere else, one is to be `?`"
        )
    })
}

/// Whether a field is all, none, or numbers and names with ranges and steps.
fn is_plain(field: &str, least: u32, most: u32, names: &str) -> bool {
    let number = |text: &str| match names.split('|').position(|name| name == text) {
        Some(_) => Some(least),
        None => text.parse().ok().filter(|number| (least..=most).contains(number)),
    };
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_range = |text: &str| match text.split_once('-') {
        Some((start, end)) if is_digits(start) && is_digits(end) => {
            number(start).zip(number(end)).is_some_and(|(start, end)| start <= end)
        }
        Some((start, end)) => {
            !is_digits(start) && !is_digits(end) && number(start).and(number(end)).is_some()
        }
        None => number(text).is_some(),
    };
    let is_part = |text: &str| match text.split_once('/') {
        Some((start, step)) => {
            let is_numbers = start.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
            let is_start = start == "*" || (is_numbers && is_range(start));
            let is_step = step.parse().is_ok_and(|step| (1..=most).contains(&step));
            is_start && is_digits(step) && is_step && least < YEARS
        }
        None => text == "*" || is_range(text),
    };
    field == "?" || field.split(',').all(is_part)
}

/// The least and the most of each field, and its names between bars.
const FIELDS: [(u32, u32, &str); 7] = [
    (0, 59, "0"),
    (0, 59, "0"),
    (0, 23, "0"),
    (1, 31, "1"),
    (1, 12, "JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC"),
    (1, 7, "SUN|MON|TUE|WED|THU|FRI|SAT"),
    (YEARS, 2099, "1970"),
];

/// From this year on; steps of years are not known here.
const YEARS: u32 = 1970;

/// The year may be left out.
const LEAST_FIELDS: usize = 6;

/// Conditions between commas, each `NAME=VALUE`, none twice.
pub(super) fn rollover(value: &str, release: Release) -> Answer {
    let mut seen = Vec::new();
    for condition in without_empty_end(value.split(',')) {
        let parts = without_empty_end(condition.split('='));
        let [name, text] = parts.as_slice() else {
            return Answer::Refused(format!("`{condition}` is no condition `NAME=VALUE`"));
        };
        if !is_condition(name, text, release) || seen.contains(name) {
            return Answer::Refused(format!(
                "`{condition}` is no condition of a rollover, or there twice; such as `max_age=30d`"
            ));
        }
        seen.push(*name);
    }
    unless(!seen.is_empty(), || "it has no condition".to_owned())
}

fn is_condition(name: &str, text: &str, release: Release) -> bool {
    match name {
        "max_age" if text == "auto" => true,
        "max_age" | "min_age" => time::is_time(text),
        "max_size" | "min_size" | "max_primary_shard_size" | "min_primary_shard_size" => {
            bytes_of(text, release).is_some()
        }
        "max_docs" | "min_docs" | "max_primary_shard_docs" | "min_primary_shard_docs" => {
            text.parse::<i64>().is_ok()
        }
        _ => false,
    }
}

/// Parts as Java cuts them: none that are empty at the end.
fn without_empty_end<'a>(parts: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut parts: Vec<&str> = parts.collect();
    while parts.len() > 1 && parts.last().is_some_and(|part| part.is_empty()) {
        parts.pop();
    }
    parts
}
