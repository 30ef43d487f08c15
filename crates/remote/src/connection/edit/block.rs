//! Settings in lines of their own, which make way for others.

use crosstrust_settings::{Place, SettingsFile};

use super::lines::Lines;
use super::{scalar, written};

/// Where a list that keeps all that it has goes on, and the lines of what is new in it: its other lines,
/// and the comments among them, stay. Nothing where it is not written with an item a line.
pub(super) fn extend(
    file: &SettingsFile,
    lines: &Lines<'_>,
    name: &str,
    values: &[String],
) -> Option<(usize, usize, Vec<String>)> {
    let items = &file.get(name)?.items;
    let new = values.get(items.len()..).filter(|new| !new.is_empty())?;
    let last = items.last()?;
    let stays = items.iter().zip(values).all(|(item, value)| item.text == *value);
    let line = lines.at(last.place.start);
    let end = line.checked_add(1)?;
    let is_one_line = lines.range(&(last.place.start..last.place.end)).end == end;
    let (blanks, gap) = lines.before(last.place.start)?.split_once('-')?;
    let is_item = !gap.is_empty() && blanks.chars().chain(gap.chars()).all(|c| c == ' ');
    let is_ended = lines.get(line)?.ends_with('\n') && !lines.has_several(line);
    if !(stays && is_one_line && is_item && is_ended) {
        return None;
    }
    let added = new.iter().map(|value| format!("{blanks}- {}", scalar(value))).collect();
    Some((end, end, added))
}

/// The lines of a setting, up to the next key, and those that take their place.
pub(super) fn replace(
    key: Place,
    file: &SettingsFile,
    lines: &Lines<'_>,
    values: &[String],
) -> Option<(usize, usize, Vec<String>)> {
    let keys = file.document().keys();
    let first = lines.at(key.start);
    let indent = lines.indentation(key.start)?;
    let stands_alone = keys.iter().filter(|other| lines.at(other.start) == first).count() == 1;
    // An anchor would be gone, which something else may name.
    let value = file.document().entries().iter().find(|entry| entry.place == key)?.value.place();
    let is_anchored = file.text().get(value.start..)?.starts_with('&');
    if !stands_alone || is_anchored {
        return None;
    }
    let after = keys.iter().map(|other| other.start).filter(|start| *start > key.start).min();
    let mut end = after.map_or(lines.count(), |start| lines.at(start));
    let is_filling = |line: &str| line.trim().is_empty() || line.trim_start().starts_with('#');
    while end > first.checked_add(1)? && lines.get(end.checked_sub(1)?).is_some_and(is_filling) {
        end = end.saturating_sub(1);
    }
    let mut new = written(file.text().get(key.start..key.end)?, indent, values);
    let comment = comment(file, lines, key).map(|comment| format!("  {comment}"));
    if let (Some(line), Some(comment)) = (new.first_mut(), comment) {
        line.push_str(&comment);
    }
    Some((first, end, new))
}

/// The comment after a value that stands on the line of its key.
fn comment<'a>(file: &SettingsFile, lines: &Lines<'a>, key: Place) -> Option<&'a str> {
    let entry = file.document().entries().iter().find(|entry| entry.place == key)?;
    let value = entry.value.place();
    let rest = lines.after(value.end).filter(|_| lines.at(value.start) == lines.at(key.start))?;
    rest.find(" #").and_then(|at| rest.get(at..)).map(str::trim)
}
