//! Settings in braces, and lists in brackets that keep what is in them.

use crosstrust_settings::{List, Place, SettingsFile, Value};

use super::{is_list, scalar};
use crate::patch::Edit;

/// A text that takes the place of a part of the file.
#[derive(Clone, Debug)]
pub(super) struct Splice {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) text: String,
}

/// The braces around the whole file, where it has some: all keys are in them.
pub(super) fn outermost(file: &SettingsFile) -> Option<Place> {
    let root = file.document().root()?;
    let first = file.document().keys().iter().map(|key| key.start).min()?;
    let mut braces = file.document().braces().iter().copied();
    braces.find(|braces| braces.end == root.end && braces.start < first)
}

/// Whether a key stands in braces.
pub(super) fn is_in_braces(file: &SettingsFile, key: Place) -> bool {
    let mut braces = file.document().braces().iter();
    braces.any(|braces| braces.start < key.start && key.start < braces.end)
}

/// What changes of a setting that stands in braces, or whose list has comments or an anchor.
pub(super) fn change(
    file: &SettingsFile,
    name: &str,
    key: Place,
    values: &[String],
) -> Option<Splice> {
    let entries = file.document().entries();
    let value = &entries.iter().find(|entry| entry.place == key)?.value;
    let text = file.text();
    let in_braces = is_in_braces(file, key);
    let Value::List(list) = value else {
        let place = value.place();
        let text = flow(name, values);
        return in_braces.then_some(Splice { start: place.start, end: place.end, text });
    };
    let (bracket, end) = (opening(text, list)?, end_of(file, list)?);
    let has_lines = text.get(list.place.start..end)?.contains('\n');
    let is_anchored = list.place.start < bracket;
    if !(in_braces || has_lines || is_anchored) {
        return None;
    }
    let stays = list.items.iter().zip(values).all(|(item, value)| item.text == *value);
    let more = values.get(list.items.len()..).unwrap_or_default();
    match list.items.last().filter(|_| stays && !more.is_empty()) {
        Some(end) => {
            let more = more.iter().map(|value| format!(", {}", scalar(value))).collect();
            Some(Splice { start: end.place.end, end: end.place.end, text: more })
        }
        None => Some(Splice { start: bracket, end, text: flow(name, values) }),
    }
}

/// Where a list in brackets ends.
pub(super) fn end_of(file: &SettingsFile, list: &List) -> Option<usize> {
    let bracket = opening(file.text(), list)?;
    closing(file, list.items.last().map_or(bracket, |item| item.place.end))
}

/// Where the bracket of a list stands: after an anchor, if there is one.
fn opening(text: &str, list: &List) -> Option<usize> {
    let first = list.items.first().map_or(list.place.end, |item| item.place.start);
    let before = text.get(list.place.start..first)?;
    let mut start = list.place.start;
    if before.starts_with('&') {
        let anchor = before.find(|c: char| c.is_whitespace() || c == '[')?;
        let rest = before.get(anchor..)?;
        start = start.checked_add(anchor)?.checked_add(rest.find(|c: char| !c.is_whitespace())?)?;
    }
    text.get(start..)?.starts_with('[').then_some(start)
}

/// The end of the bracket that closes a list, after its last item.
fn closing(file: &SettingsFile, from: usize) -> Option<usize> {
    let comments = file.document().comments();
    let rest = file.text().get(from..)?.char_indices();
    let mut ends = rest.filter_map(|(at, c)| Some((from.checked_add(at)?, c)));
    let is_comment = |at: usize| comments.iter().any(|one| one.start <= at && at < one.end);
    let (at, _) = ends.find(|(at, c)| *c == ']' && !is_comment(*at))?;
    at.checked_add(1)
}

/// A setting that comes first in the braces around a file.
pub(super) fn add(file: &SettingsFile, braces: Place, name: &str, values: &[String]) -> Splice {
    let start = braces.start.saturating_add(1);
    let rest = file.text().get(start..).unwrap_or_default();
    let blank = if rest.starts_with(['\n', '\r', ' ']) { "" } else { " " };
    Splice { start, end: start, text: format!("{name}: {},{blank}", flow(name, values)) }
}

/// The value of a setting in braces.
pub(super) fn flow(name: &str, values: &[String]) -> String {
    match values {
        [value] if !is_list(name) => scalar(value),
        values => {
            let items: Vec<String> = values.iter().map(|value| scalar(value)).collect();
            format!("[{}]", items.join(", "))
        }
    }
}

/// The lines that change; nothing where two changes are in each other's place.
pub(super) fn edits(text: &str, mut splices: Vec<Splice>) -> Option<Vec<Edit>> {
    splices.sort_by_key(|splice| (splice.start, splice.end));
    let line = |at: usize| text.get(..at).map_or(0, |before| before.matches('\n').count());
    let mut groups: Vec<(usize, usize, Vec<Splice>)> = Vec::new();
    for splice in splices {
        let (first, last) = (line(splice.start), line(splice.end));
        match groups.last_mut() {
            Some((_, end, group)) if first <= *end => {
                *end = last.max(*end);
                group.push(splice);
            }
            _ => groups.push((first, last, vec![splice])),
        }
    }
    groups.into_iter().map(|(first, last, group)| edit(text, first, last, &group)).collect()
}

fn edit(text: &str, first: usize, last: usize, splices: &[Splice]) -> Option<Edit> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let start: usize = lines.get(..first)?.iter().map(|line| line.len()).sum();
    let end = last.checked_add(1)?;
    let whole: usize = lines.get(first..end)?.iter().map(|line| line.len()).sum();
    let (mut new, mut next) = (String::new(), start);
    for splice in splices {
        new.push_str(text.get(next..splice.start)?);
        new.push_str(&splice.text);
        next = splice.end;
    }
    new.push_str(text.get(next..start.checked_add(whole)?)?);
    let lines = new.split_inclusive('\n').map(str::to_owned).collect();
    Some(Edit { start: first, end, lines })
}
