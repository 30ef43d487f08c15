//! Secrets that node sets have in clear text, which a merge patch has too: its lists are whole.

use crosstrust_settings::{has_password, is_secret};

use crate::document::Document;

/// The names of settings and of variables in a part of a resource whose values are secrets.
pub(super) fn secrets(part: &Document) -> Vec<String> {
    let mut found = Vec::new();
    search(part, &mut found);
    found.sort_unstable();
    found.dedup();
    found
}

fn search(part: &Document, found: &mut Vec<String>) {
    match part {
        Document::List(items) => items.iter().for_each(|item| search(item, found)),
        Document::Map(pairs) => {
            let variable = part.get("name").and_then(Document::text).zip(part.get("value"));
            let variable = variable.filter(|(name, value)| is_clear(name, value));
            found.extend(variable.map(|(name, _)| name.to_owned()));
            for (key, value) in pairs {
                if key == "config" {
                    let settings = value.flattened().into_iter();
                    let clear = settings.filter(|(name, value)| is_clear(name, value));
                    found.extend(clear.map(|(name, _)| name));
                } else {
                    search(value, found);
                }
            }
        }
        _ => {}
    }
}

/// Whether a value under a name is a secret itself, and nothing that names one.
fn is_clear(name: &str, value: &Document) -> bool {
    match value {
        Document::List(items) => items.iter().any(|item| is_clear(name, item)),
        value => value.text().is_some_and(|text| {
            let is_there = !text.is_empty() && !text.starts_with("${");
            (is_there && is_secret(name)) || has_password(text)
        }),
    }
}
