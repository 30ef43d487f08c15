//! What a node of a YAML file holds, as data.

use crosstrust_settings::tree::{Node, Scalar, Value};

use crate::document::Document;

/// Which plain scalars are no texts.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Schema {
    /// The core schema of YAML 1.2, as in a connection file. A number with a zero before it, which YAML 1.1 takes for
    /// another one, is a text.
    Core,
    /// What Kubernetes makes of a manifest: words of YAML 1.1 for booleans, octal numbers, underscores in numbers.
    Kubernetes,
}

/// What a node holds, as data.
pub(super) fn document(node: &Node, schema: Schema) -> Document {
    match &node.value {
        Value::Mapping(pairs) => {
            let pairs = pairs
                .iter()
                .filter_map(|(key, value)| Some((key.text()?.to_owned(), document(value, schema))));
            Document::Map(pairs.collect())
        }
        Value::Sequence(items) => {
            Document::List(items.iter().map(|item| document(item, schema)).collect())
        }
        Value::Scalar(scalar) => scalar_document(scalar, schema),
    }
}

fn scalar_document(Scalar { text, quoted }: &Scalar, schema: Schema) -> Document {
    let word = text.as_str();
    let is = |words: &[&str]| words.contains(&word);
    let is_more = |words: &[&str]| schema == Schema::Kubernetes && is(words);
    match () {
        () if *quoted => Document::Text(text.clone()),
        () if is(&["", "~", "null", "Null", "NULL"]) => Document::Null,
        () if is(&["true", "True", "TRUE"]) || is_more(&YES) => Document::Flag(true),
        () if is(&["false", "False", "FALSE"]) || is_more(&NO) => Document::Flag(false),
        () if is_more(&["y", "Y", "n", "N"]) => {
            word.chars().next().map_or(Document::Null, Document::Letter)
        }
        () => number(word, schema).map_or_else(|| Document::Text(text.clone()), Document::Number),
    }
}

/// A number in JSON's notation.
fn number(text: &str, schema: Schema) -> Option<String> {
    if serde_json::from_str::<serde_json::Value>(text).is_ok_and(|value| value.is_number()) {
        return Some(text.to_owned());
    }
    let is_kubernetes = schema == Schema::Kubernetes;
    let first = text.strip_prefix(['+', '-']).unwrap_or(text).chars().next()?;
    if !(first.is_ascii_digit() || first == '.') {
        return None;
    }
    let plain = if is_kubernetes { text.replace('_', "") } else { text.to_owned() };
    let (sign, unsigned) = match plain.strip_prefix('-') {
        Some(unsigned) => ("-", unsigned),
        None => ("", plain.strip_prefix('+').unwrap_or(&plain)),
    };
    if let Some(whole) = whole(unsigned, is_kubernetes) {
        return Some(format!("{sign}{whole}"));
    }
    let has_zero = unsigned.len() > 1 && unsigned.bytes().all(|byte| byte.is_ascii_digit());
    if has_zero && !is_kubernetes {
        return None;
    }
    fraction(unsigned).map(|fraction| format!("{sign}{fraction}"))
}

/// A whole number with a prefix, or with a zero before it, or one that a sign or underscores were taken from.
fn whole(unsigned: &str, is_kubernetes: bool) -> Option<u64> {
    let (digits, radix) = match unsigned.get(..2).unwrap_or_default() {
        "0x" => (unsigned.get(2..)?, 16),
        "0o" => (unsigned.get(2..)?, 8),
        "0X" if is_kubernetes => (unsigned.get(2..)?, 16),
        "0O" if is_kubernetes => (unsigned.get(2..)?, 8),
        "0b" | "0B" if is_kubernetes => (unsigned.get(2..)?, 2),
        _ => match unsigned.strip_prefix('0').filter(|rest| !rest.is_empty()) {
            Some(rest) if is_kubernetes => (rest, 8),
            Some(_) => return None,
            None => (unsigned, 10),
        },
    };
    // The parser would take a sign.
    let is_digits = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    u64::from_str_radix(digits, radix).ok().filter(|_| is_digits)
}

/// A fraction, or a number with an exponent, that JSON writes otherwise.
fn fraction(unsigned: &str) -> Option<String> {
    let fits = |byte: u8| byte.is_ascii_digit() || b".eE+-".contains(&byte);
    let value: f64 = unsigned.parse().ok().filter(|_| unsigned.bytes().all(fits))?;
    serde_json::Number::from_f64(value).map(|number| number.to_string())
}

/// Further words of YAML 1.1 for true and false.
const YES: [&str; 6] = ["yes", "Yes", "YES", "on", "On", "ON"];
const NO: [&str; 6] = ["no", "No", "NO", "off", "Off", "OFF"];

#[cfg(test)]
mod tests {
    use crosstrust_settings::tree;
    use serde_json::Value;

    use super::{Schema, document};

    #[track_caller]
    fn check(schema: Schema, rows: &[(&str, &str)]) {
        for (text, expected) in rows {
            let node = tree::parse(&format!("a: {text}\n")).unwrap().unwrap();
            let json = document(&node, schema).to_json();
            let found: Value = serde_json::from_str(&json).unwrap();
            let expected: Value = serde_json::from_str(expected).unwrap();
            let same_number = found["a"].as_f64().is_some_and(|it| Some(it) == expected.as_f64());
            assert!(found["a"] == expected || same_number, "{text}: {json}");
        }
    }

    /// The expected values are those of `sigs.k8s.io/yaml` 1.4.0, which `kubectl` reads with.
    #[test]
    fn a_manifest_has_the_types_that_kubernetes_gives_it() {
        let texts =
            ["1:30", "2026-11-22", "tRUE", "nULL", "_1", "0o8", "9.1.3", "1k", "+", "0x", "1e400"];
        let texts = texts.map(|text| (text, format!("\"{text}\"")));
        check(Schema::Kubernetes, &texts.each_ref().map(|(text, json)| (*text, json.as_str())));
        check(
            Schema::Kubernetes,
            &[
                ("0644", "420"),
                ("0o644", "420"),
                ("0x1F", "31"),
                ("0X1f", "31"),
                ("0b101", "5"),
                ("-0b11", "-3"),
                ("+1000", "1000"),
                ("-12", "-12"),
                ("1_000", "1000"),
                ("1_", "1"),
                ("0_7", "7"),
                ("08", "8"),
                ("00", "0"),
                ("-0", "0"),
                ("1e3", "1000"),
                ("1E-2", "0.01"),
                ("1.", "1"),
                (".5", "0.5"),
                ("+.5e1", "5"),
                ("-0x10", "-16"),
                ("18446744073709551615", "18446744073709551615"),
                ("12345678901234567890123", "1.2345678901234568e+22"),
                ("yes", "true"),
                ("y", "true"),
                ("TRUE", "true"),
                ("Off", "false"),
                ("N", "false"),
                ("~", "null"),
                ("Null", "null"),
                ("", "null"),
                ("!!str 1", "\"1\""),
                ("'0644'", "\"0644\""),
            ],
        );
    }

    /// The expected values are those of YAML 1.2.2, section 10.3.2.
    #[test]
    fn a_connection_file_has_the_types_of_the_core_schema() {
        check(
            Schema::Core,
            &[
                ("1e3", "1000"),
                ("+12", "12"),
                ("0x1F", "31"),
                ("0o14", "12"),
                (".5", "0.5"),
                ("True", "true"),
                ("NULL", "null"),
                ("yes", "\"yes\""),
                ("off", "\"off\""),
                ("1_000", "\"1_000\""),
                ("0b1", "\"0b1\""),
                ("010", "\"010\""),
            ],
        );
    }
}
