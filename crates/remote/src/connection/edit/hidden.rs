//! The lines of a file that may hold a secret, which no patch shows.

use crosstrust_settings::{Entry, SettingsFile, Value, has_password, is_secret, may_hold_secret};

use super::lines::Lines;

/// Which lines may hold a secret.
#[derive(Debug)]
pub(super) struct Hidden(Vec<bool>);

impl Hidden {
    /// Those of settings that do, with all lines of their values, and those of comments that speak of one.
    pub(super) fn of(file: &SettingsFile, lines: &Lines<'_>) -> Self {
        let document = file.document();
        let settings = document.entries().iter().filter(|entry| holds_secret(entry));
        let settings = settings.map(|entry| entry.place.start..entry.value.place().end);
        let text = |start, end| file.text().get(start..end).unwrap_or_default();
        let comments = document.comments().iter().map(|comment| comment.start..comment.end);
        let comments = comments.filter(|place| may_hold_secret(text(place.start, place.end)));
        let mut hidden = vec![false; lines.count()];
        for line in settings.chain(comments).flat_map(|bytes| lines.range(&bytes)) {
            if let Some(is_hidden) = hidden.get_mut(line) {
                *is_hidden = true;
            }
        }
        Self(hidden)
    }

    /// Whether a line may hold one, or is not there.
    pub(super) fn has(&self, line: usize) -> bool {
        self.0.get(line).copied().unwrap_or(true)
    }
}

/// Whether a setting holds a secret, or an address with a password.
pub(super) fn holds_secret(entry: &Entry) -> bool {
    let texts: &[_] = match &entry.value {
        Value::List(list) => &list.items,
        Value::Text(scalar) => std::slice::from_ref(scalar),
    };
    is_secret(&entry.key) || texts.iter().any(|scalar| has_password(&scalar.text))
}
