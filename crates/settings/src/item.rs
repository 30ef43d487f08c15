//! The texts that settings have: a scalar as it is, or its parts between commas.

use crate::document::Scalar;
use crate::document::Value;
use crate::error::ErrorKind;
use crate::event::Fault;
use crate::event::Style;
use crate::limits::MOST_VALUES;
use crate::place::Place;
use crate::yaml::Resolved;

/// One text of a setting, as loaded.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Item {
    /// The text that Elasticsearch has.
    pub text: String,
    /// Where it stands in the file.
    pub place: Place,
    /// How it is written there.
    pub style: Style,
    /// Whether an anchor or a tag stands before it.
    pub decorated: bool,
    /// What it is to YAML.
    pub resolved: Resolved,
}

impl From<&Scalar> for Item {
    fn from(scalar: &Scalar) -> Self {
        let Scalar { text, place, style, resolved, decorated } = scalar;
        let (place, style, decorated, resolved) = (*place, *style, *decorated, *resolved);
        Self { text: text.clone(), place, style, decorated, resolved }
    }
}

/// The value of a key that is no list, such as a numbered one: a list there is written out as Java
/// does.
pub(crate) fn single_item(value: &Value) -> Item {
    match value {
        Value::Text(scalar) => Item { text: spelled(scalar), ..Item::from(scalar) },
        Value::List(list) => {
            let items: Vec<Item> = list.items.iter().map(Item::from).collect();
            listed(&items, list.place)
        }
    }
}

/// A list written out as Java does.
pub(crate) fn listed(items: &[Item], place: Place) -> Item {
    let texts: Vec<&str> = items.iter().map(|item| item.text.as_str()).collect();
    let text = format!("[{}]", texts.join(", "));
    Item { text, place, style: Style::Plain, decorated: false, resolved: Resolved::Text }
}

/// The text of a scalar that is a key's whole value: booleans are `true` or `false`.
fn spelled(scalar: &Scalar) -> String {
    match scalar.resolved {
        Resolved::Boolean(value) => value.to_string(),
        _ => scalar.text.clone(),
    }
}

/// A scalar split at its commas: parts trimmed, empty ones at the end dropped.
pub(crate) fn split(source: &str, scalar: &Scalar) -> Result<Vec<Item>, Fault> {
    let spelled = spelled(scalar);
    // Only what is empty before trimming counts as empty at the end.
    let kept = spelled.trim_end_matches(',');
    if kept.is_empty() {
        return Ok(Vec::new());
    }
    if kept.matches(',').count() >= MOST_VALUES {
        let (kind, place) = (ErrorKind::TooManyValues { limit: MOST_VALUES }, scalar.place);
        return Err(Fault { kind, place });
    }
    let (style, decorated) = (scalar.style, scalar.decorated);
    let mut written = Item::from(scalar).written_as_it_is(source);
    let parts = kept.split(',').map(|part| {
        let text = part.trim_matches(|character| character <= ' ').to_owned();
        let place = written.as_mut().map_or(scalar.place, |rest| take_part(rest, part, &text));
        Item { text, place, style, decorated, resolved: scalar.resolved }
    });
    Ok(parts.collect())
}

/// Where a part stands at the start of the rest, which then begins after it and its comma.
fn take_part(rest: &mut Place, part: &str, trimmed: &str) -> Place {
    let leading = part.find(trimmed).unwrap_or_default();
    let start = rest.start.saturating_add(leading);
    let place = Place {
        line: rest.line,
        column: rest.column.saturating_add(leading),
        start,
        end: start.saturating_add(trimmed.len()),
    };
    rest.start = rest.start.saturating_add(part.len()).saturating_add(1);
    rest.column = rest.column.saturating_add(part.chars().count()).saturating_add(1);
    place
}

impl Item {
    /// Where the text stands itself, without quotes; none if it is written in another way.
    fn written_as_it_is(&self, source: &str) -> Option<Place> {
        let Self { text, place, .. } = self;
        let inner = Place {
            line: place.line,
            column: place.column.saturating_add(1),
            start: place.start.saturating_add(1),
            end: place.end.saturating_sub(1),
        };
        let candidates = [*place, inner];
        candidates.into_iter().find(|place| source.get(place.start..place.end) == Some(text))
    }

    /// Where a character of the text stands; the whole text if that cannot be told.
    pub fn character(&self, source: &str, position: usize) -> Place {
        let Some(written) = self.written_as_it_is(source) else { return self.place };
        let before: usize = self.text.chars().take(position).map(char::len_utf8).sum();
        let start = written.start.saturating_add(before);
        let length = self.text.chars().nth(position).map_or(0, char::len_utf8);
        Place {
            line: written.line,
            column: written.column.saturating_add(position),
            start,
            end: start.saturating_add(length),
        }
    }
}

impl AsRef<str> for Item {
    fn as_ref(&self) -> &str {
        &self.text
    }
}
