//! JSON as commands print it.

use serde::Serialize;

/// A JSON document, indented, with a line end.
pub(crate) fn json(document: &impl Serialize) -> String {
    // What is printed here has no map keys or numbers that JSON could not hold.
    let mut text = serde_json::to_string_pretty(document).unwrap_or_default();
    text.push('\n');
    text
}
