//! The stretches of a settings file that may hold a secret, which nobody shows.

use std::ops::Range;

use crate::document::{Entry, Value};
use crate::place::Place;
use crate::secret::{has_password, is_secret, may_hold_secret};
use crate::settings_file::SettingsFile;

/// Which bytes of a file may hold a secret: settings that do, with the whole of their values, and comments that speak
/// of one.
#[derive(Clone, Debug, Default)]
pub struct Hidden(Vec<Range<usize>>);

impl Hidden {
    /// Those of a file.
    pub fn of(file: &SettingsFile) -> Self {
        let document = file.document();
        let settings = document.entries().iter().filter(|entry| holds_secret(entry));
        let settings = settings.map(|entry| entry.place.start..entry.value.place().end);
        let text = |start, end| file.text().get(start..end).unwrap_or_default();
        let comments = document.comments().iter().map(|comment| comment.start..comment.end);
        let comments = comments.filter(|place| may_hold_secret(text(place.start, place.end)));
        let mut all: Vec<Range<usize>> = settings.chain(comments).collect();
        all.sort_by_key(|stretch| stretch.start);
        let mut apart: Vec<Range<usize>> = Vec::new();
        for stretch in all {
            match apart.last_mut().filter(|last| stretch.start <= last.end) {
                Some(last) => last.end = last.end.max(stretch.end),
                None => apart.push(stretch),
            }
        }
        Self(apart)
    }

    /// The stretches, in their order and apart from each other.
    pub fn stretches(&self) -> &[Range<usize>] {
        &self.0
    }

    /// Whether one of them is on a line of a place, or begins or ends there.
    pub fn is_beside(&self, place: Place, text: &str) -> bool {
        let before = text.get(..place.start).unwrap_or_default();
        let start = before.rfind('\n').map_or(0, |end| end.saturating_add(1));
        let after = text.get(place.end..).unwrap_or_default();
        let end = place.end.saturating_add(after.find('\n').unwrap_or(after.len()));
        let next = self.0.partition_point(|stretch| stretch.end < start);
        self.0.get(next).is_some_and(|stretch| stretch.start <= end)
    }
}

/// Whether a setting holds a secret, or an address with a password.
pub fn holds_secret(entry: &Entry) -> bool {
    let texts: &[_] = match &entry.value {
        Value::List(list) => &list.items,
        Value::Text(scalar) => std::slice::from_ref(scalar),
    };
    is_secret(&entry.key) || texts.iter().any(|scalar| has_password(&scalar.text))
}
