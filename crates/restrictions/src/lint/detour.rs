//! What is left out of a file that cannot be mended, so that the rest of it can be looked at.

use super::fault::line_start;
use crate::examine::Edit;
use crosstrust_settings::Error;
use crosstrust_settings::ErrorKind;
use crosstrust_settings::Found;
use crosstrust_settings::Place;

/// Changes that make a file readable past a fault, though not what was meant.
pub(super) fn detour(text: &str, error: &Error) -> Vec<Edit> {
    let Some(place) = error.place() else { return Vec::new() };
    let edit = match error.kind() {
        ErrorKind::DuplicateKey { .. } => Some(other_key(text, place)),
        ErrorKind::ListItem { found: Found::List | Found::Mapping } => block_item(text, place),
        ErrorKind::MoreThanOneDocument => further_documents(text, place),
        ErrorKind::ListItem { found: Found::Null } | ErrorKind::NullValue { .. } => {
            Some(text_for(text, place))
        }
        _ => None,
    };
    edit.into_iter().collect()
}

/// A key that is there already becomes one that is not.
fn other_key(text: &str, place: Place) -> Edit {
    let mut number = place.start;
    let mut key = format!("crosstrust-{number}");
    while text.contains(&key) {
        number = number.saturating_add(1);
        key = format!("crosstrust-{number}");
    }
    Edit::new(place.start, place.end, quoted_as(text, place, &key))
}

/// JSON wants quotes around its keys.
fn quoted_as(text: &str, place: Place, key: &str) -> String {
    let quoted = text.get(place.start..place.end).is_some_and(|key| key.starts_with('"'));
    if quoted { format!("\"{key}\"") } else { key.to_owned() }
}

/// Text in the place of null.
fn text_for(text: &str, place: Place) -> Edit {
    let after_blank =
        text.get(..place.start).is_some_and(|before| before.ends_with([' ', '\t', '[', ',', '{']));
    Edit::new(place.start, place.end, if after_blank { "\"-\"" } else { " \"-\"" })
}

/// Text in the place of a block of lines that is no text.
fn block_item(text: &str, place: Place) -> Option<Edit> {
    let line_start = line_start(text, place.start);
    let lead = text.get(line_start..place.start)?;
    if !lead.trim_start().starts_with('-') {
        return None;
    }
    let dash = lead.len().saturating_sub(lead.trim_start().len());
    let mut end = line_end(text, place.start);
    // All that is further in than the dash belongs to the item.
    while let Some(line) = text.get(end..).and_then(|rest| rest.split_inclusive('\n').nth(1)) {
        let inner = line.len().saturating_sub(line.trim_start_matches(' ').len());
        if !line.trim().is_empty() && inner <= dash {
            break;
        }
        end = end.saturating_add(line.len());
    }
    Some(Edit::new(place.start, end, "\"-\""))
}

/// Nothing in the place of all further documents.
fn further_documents(text: &str, place: Place) -> Option<Edit> {
    let before = text.get(..line_end(text, place.start))?;
    let marker = ["\n---", "\n..."].into_iter().filter_map(|marker| before.rfind(marker)).max();
    let start = marker?.checked_add(1)?;
    Some(Edit::new(start, text.len(), ""))
}

/// Where the line of a position ends, its line break not counted.
fn line_end(text: &str, position: usize) -> usize {
    let rest = text.get(position..).unwrap_or_default();
    position.saturating_add(rest.find(['\n', '\r']).unwrap_or(rest.len()))
}
