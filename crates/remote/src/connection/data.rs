//! What a node of the connection file holds, as data.

use crosstrust_settings::tree::{Node, Scalar, Value};

use crate::document::Document;

/// What a node holds, as data.
pub(super) fn document(node: &Node) -> Document {
    match &node.value {
        Value::Mapping(pairs) => Document::Map(
            pairs
                .iter()
                .map(|(key, value)| (key.text().unwrap_or_default().to_owned(), document(value)))
                .collect(),
        ),
        Value::Sequence(items) => Document::List(items.iter().map(document).collect()),
        Value::Scalar(scalar) => scalar_document(scalar),
    }
}

fn scalar_document(scalar: &Scalar) -> Document {
    if scalar.is_null() {
        return Document::Null;
    }
    if let Some(flag) = scalar.flag() {
        return Document::Flag(flag);
    }
    if !scalar.quoted && is_json_number(&scalar.text) {
        return Document::Number(scalar.text.clone());
    }
    Document::Text(scalar.text.clone())
}

/// An integer or a decimal fraction, as both YAML and JSON write it.
fn is_json_number(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole) && digits(fraction) && (whole == "0" || !whole.starts_with('0'))
}
