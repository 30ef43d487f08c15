//! Settings in lines of their own, which make way for others.

use crosstrust_settings::{Place, SettingsFile};

use super::{scalar, written};

/// Where a list that keeps all that it has goes on, and the lines of what is new in it: its other lines,
/// and the comments among them, stay. Nothing where it is not written with an item a line.
pub(super) fn extend(
    file: &SettingsFile,
    lines: &[&str],
    name: &str,
    values: &[String],
) -> Option<(usize, usize, Vec<String>)> {
    let items = &file.get(name)?.items;
    let new = values.get(items.len()..).filter(|new| !new.is_empty())?;
    let last = items.last()?;
    let stays = items.iter().zip(values).all(|(item, value)| item.text == *value);
    let line = lines.get(last.place.line.checked_sub(1)?)?;
    let is_one_line = !file.text().get(last.place.start..last.place.end)?.contains('\n');
    let (blanks, rest) = line.split_once('-')?;
    let gap = last.place.column.checked_sub(blanks.len().checked_add(2)?)?;
    let is_item = blanks.chars().chain(rest.chars().take(gap)).all(|c| c == ' ') && gap > 0;
    if !(stays && is_one_line && is_item && line.ends_with('\n')) {
        return None;
    }
    let added = new.iter().map(|value| format!("{blanks}- {}", scalar(value))).collect();
    Some((last.place.line, last.place.line, added))
}

/// The lines of a setting, up to the next key, and those that take their place.
pub(super) fn replace(
    key: Place,
    file: &SettingsFile,
    lines: &[&str],
    values: &[String],
) -> Option<(usize, usize, Vec<String>)> {
    let keys = file.document().keys();
    let first = key.line.checked_sub(1)?;
    let indent = key.column.checked_sub(1)?;
    let line = lines.get(first)?;
    let stands_alone = line.chars().take(indent).all(|c| c == ' ')
        && keys.iter().filter(|other| other.line == key.line).count() == 1;
    // An anchor would be gone, which something else may name.
    let value = file.document().entries().iter().find(|entry| entry.place == key)?.value.place();
    let is_anchored = file.text().get(value.start..)?.starts_with('&');
    if !stands_alone || is_anchored {
        return None;
    }
    let after = keys.iter().map(|other| other.line).filter(|line| *line > key.line).min();
    let mut end = after.map_or(lines.len(), |line| line.saturating_sub(1));
    let is_filling = |line: &str| line.trim().is_empty() || line.trim_start().starts_with('#');
    while end > key.line && lines.get(end.checked_sub(1)?).is_some_and(|line| is_filling(line)) {
        end = end.saturating_sub(1);
    }
    let mut new = written(file.text().get(key.start..key.end)?, indent, values);
    let comment = comment(file, key).map(|comment| format!("  {comment}"));
    if let (Some(line), Some(comment)) = (new.first_mut(), comment) {
        line.push_str(&comment);
    }
    Some((first, end, new))
}

/// The comment after a value that stands on the line of its key.
fn comment(file: &SettingsFile, key: Place) -> Option<&str> {
    let entry = file.document().entries().iter().find(|entry| entry.place == key)?;
    let value = entry.value.place();
    let rest = file.text().get(value.end..).filter(|_| value.line == key.line)?.lines().next()?;
    rest.find(" #").and_then(|at| rest.get(at..)).map(str::trim)
}
