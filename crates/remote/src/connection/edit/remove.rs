//! Settings that go, and the keys that would have nothing left below them.

use crosstrust_settings::{Place, SettingsFile, Value};

use super::braces::{self, Splice};
use crate::patch::Edit;

/// What takes all settings away whose names begin with one of these prefixes; nothing where that cannot be
/// told line by line.
pub(super) fn remove(
    file: &SettingsFile,
    lines: &[&str],
    prefixes: &[String],
) -> Option<(Vec<Edit>, Vec<Splice>)> {
    let (mut edits, mut splices) = (Vec::new(), Vec::new());
    for key in gone(file, prefixes) {
        let text = file.text().get(key.place.start..key.end)?;
        // What has an anchor may be named by something else.
        if text.contains('&') || !is_simple(file, key.place) {
            return None;
        }
        if key.in_braces {
            splices.push(pair(file, &key)?);
        } else {
            edits.push(whole_lines(file, lines, &key)?);
        }
    }
    Some((edits, splices))
}

/// Whether a setting is one of those that go. What a cluster signs with stays.
pub(crate) fn is_gone(name: &str, prefixes: &[String]) -> bool {
    let below = |prefix: &String| name.strip_prefix(prefix.as_str());
    prefixes.iter().filter_map(below).any(|rest| !rest.starts_with("signing."))
}

/// A key of the file, from its first letter to the end of all that stands below it.
struct Key {
    place: Place,
    end: usize,
    parent: Option<usize>,
    in_braces: bool,
    is_gone: bool,
}

/// The keys that go, but for those below others that do.
fn gone(file: &SettingsFile, prefixes: &[String]) -> Vec<Key> {
    let entries = file.document().entries();
    if !entries.iter().any(|entry| is_gone(&entry.key, prefixes)) {
        return Vec::new();
    }
    let mut keys = tree(file);
    let mut stays = vec![false; keys.len()];
    let mut values: Vec<_> = entries.iter().collect();
    values.sort_by_key(|entry| entry.place.start);
    for index in (0..keys.len()).rev() {
        let Some(key) = keys.get_mut(index) else { continue };
        let entry = values.binary_search_by_key(&key.place.start, |entry| entry.place.start);
        if let Some(entry) = entry.ok().and_then(|at| values.get(at)) {
            key.end = key.end.max(value_end(file, &entry.value));
            key.is_gone = is_gone(&entry.key, prefixes);
        } else {
            // A key of others goes with the last of them; one without any stays.
            key.is_gone = key.is_gone && stays.get(index) == Some(&false);
        }
        let (is_gone, end, parent) = (key.is_gone, key.end, key.parent);
        let Some(parent) = parent else { continue };
        if let Some(above) = keys.get_mut(parent) {
            above.end = above.end.max(end);
            above.is_gone |= is_gone;
        }
        if let Some(stays) = stays.get_mut(parent) {
            *stays |= !is_gone;
        }
    }
    let above: Vec<bool> = keys.iter().map(|key| key.is_gone).collect();
    let is_below = |key: &Key| key.parent.and_then(|at| above.get(at)).copied() == Some(true);
    keys.into_iter().filter(|key| key.is_gone && !is_below(key)).collect()
}

/// All keys with what stands above each: by braces, or by how far they stand to the right.
fn tree(file: &SettingsFile) -> Vec<Key> {
    let mut places = file.document().keys().to_vec();
    places.sort_by_key(|place| place.start);
    let mut braces = file.document().braces().to_vec();
    braces.sort_by_key(|place| place.start);
    let mut braces = braces.into_iter().peekable();
    let mut open: Vec<(usize, Option<usize>)> = Vec::new();
    let mut above: Vec<(usize, usize)> = Vec::new();
    let mut keys: Vec<Key> = Vec::new();
    for (index, place) in places.into_iter().enumerate() {
        while let Some(brace) = braces.next_if(|brace| brace.start < place.start) {
            let owner = index.checked_sub(1).filter(|_| !keys.is_empty());
            if let Some(owner) = owner.and_then(|owner| keys.get_mut(owner)) {
                owner.end = owner.end.max(brace.end);
            }
            open.push((brace.end, owner));
        }
        open.retain(|(end, _)| *end > place.start);
        let in_braces = open.last().map(|(_, owner)| *owner);
        let parent = in_braces.unwrap_or_else(|| {
            while above.pop_if(|(column, _)| *column >= place.column).is_some() {}
            let parent = above.last().map(|(_, parent)| *parent);
            above.push((place.column, index));
            parent
        });
        let in_braces = in_braces.is_some();
        keys.push(Key { place, end: place.end, parent, in_braces, is_gone: false });
    }
    keys
}

/// Where a value ends, its bracket included.
fn value_end(file: &SettingsFile, value: &Value) -> usize {
    let end = match value {
        Value::List(list) => braces::end_of(file, list),
        Value::Text(_) => None,
    };
    end.unwrap_or_else(|| value.place().end)
}

/// Whether a colon follows a key at once.
fn is_simple(file: &SettingsFile, key: Place) -> bool {
    let rest = file.text().get(key.end..).unwrap_or_default();
    rest.trim_start_matches(' ').starts_with(':')
}

/// The lines of a key and of what stands below it.
fn whole_lines(file: &SettingsFile, lines: &[&str], key: &Key) -> Option<Edit> {
    let text = file.text();
    let start = key.place.line.checked_sub(1)?;
    let before = lines.get(start)?.chars().take(key.place.column.checked_sub(1)?);
    let rest = text.get(key.end..)?.lines().next().unwrap_or_default().trim();
    let ended = text.get(..key.end)?.ends_with('\n');
    if before.into_iter().any(|c| c != ' ') || !(ended || rest.is_empty() || rest.starts_with('#'))
    {
        return None;
    }
    let more = text.get(key.place.start..key.end)?.trim_end().matches('\n').count();
    let end = start.checked_add(more)?.checked_add(1)?;
    Some(Edit { start, end, lines: Vec::new() })
}

/// A pair in braces, with the comma after it.
fn pair(file: &SettingsFile, key: &Key) -> Option<Splice> {
    let rest = file.text().get(key.end..)?;
    let blank = |text: &str| text.len().saturating_sub(text.trim_start().len());
    let at = blank(rest);
    let mut end = key.end;
    match rest.get(at..)?.chars().next()? {
        ',' => {
            let comma = key.end.checked_add(at)?.checked_add(1)?;
            let after = file.text().get(comma..)?;
            let blanks = after.len().saturating_sub(after.trim_start_matches(' ').len());
            end = comma.checked_add(blanks)?;
        }
        '}' => {}
        _ => return None,
    }
    Some(Splice { start: key.place.start, end, text: String::new() })
}

/// The settings that go, with their values and lines.
pub(crate) fn listed(file: &SettingsFile, prefixes: &[String]) -> Vec<String> {
    let entries = file.document().entries().iter();
    let gone = entries.filter(|entry| is_gone(&entry.key, prefixes));
    gone.map(|entry| {
        let values: Vec<&str> = match &entry.value {
            Value::List(list) => list.items.iter().map(|item| item.text.as_str()).collect(),
            Value::Text(scalar) => vec![&scalar.text],
        };
        format!("line {}: {}: {}", entry.place.line, entry.key, values.join(", "))
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use crosstrust_settings::SettingsFile;

    use crate::connection::diff;

    /// What is left of a text, once the patch is applied by the rules of unified diffs; nothing without one.
    fn left(text: &str) -> Option<String> {
        let file = SettingsFile::parse(text.as_bytes()).unwrap();
        let gone = ["cluster.remote.east.".to_owned()];
        let patch = diff(&file, "f", &[], &gone, false)?;
        let mut lines = text.split_inclusive('\n');
        let (mut out, mut at) = (String::new(), 0);
        for line in patch.split_inclusive('\n').skip(2) {
            match (line.strip_prefix("@@ -"), line.split_at(1)) {
                (Some(head), _) => {
                    let first: usize = head.split(',').next()?.parse().ok()?;
                    for _ in at..first.saturating_sub(1) {
                        out.push_str(lines.next()?);
                    }
                    at = first.saturating_sub(1);
                }
                (None, ("+", new)) => out.push_str(new),
                (None, ("-", _)) => {
                    lines.next()?;
                    at += 1;
                }
                (None, (" ", _)) => {
                    out.push_str(lines.next()?);
                    at += 1;
                }
                _ => {}
            }
        }
        out.extend(lines);
        Some(out)
    }

    #[track_caller]
    fn check(before: &str, after: &str) {
        assert_eq!(left(before).as_deref(), Some(after));
        // Nothing of it is left, and everything else is.
        let read = |text: &str| {
            let file = SettingsFile::parse(text.as_bytes()).unwrap();
            let settings = file.settings().iter();
            let all = settings.map(|one| (one.key.clone(), one.value.text.clone()));
            all.collect::<Vec<_>>()
        };
        let mut expected = read(before);
        expected.retain(|(key, _)| {
            !key.starts_with("cluster.remote.east.") || key.contains(".signing.")
        });
        assert_eq!(read(after), expected);
    }

    #[test]
    fn lines_of_a_remote_cluster_go() {
        check(
            "a: b\ncluster.remote.east.mode: proxy\n# to the east\ncluster.remote.east.proxy_address: \"e:9300\"  # by wire\nc: d\n",
            "a: b\n# to the east\nc: d\n",
        );
        check("cluster.remote.east.seeds:\n  - e:9300\n  # two\n  - f:9300\n\nc: d\n", "\nc: d\n");
        check(
            "a: b\ncluster.remote.east.seeds.0: e:9300\ncluster.remote.east.seeds.1: f:9300",
            "a: b\n",
        );
        check("a: b\r\ncluster.remote.east.mode: proxy\r\nc: d\r\n", "a: b\r\nc: d\r\n");
        check(
            "cluster.remote.eastern.mode: proxy\ncluster.remote.east.mode: proxy\n",
            "cluster.remote.eastern.mode: proxy\n",
        );
    }

    /// A key without anything below it would be null, with which no node starts.
    #[test]
    fn keys_above_go_with_the_last_one_below() {
        check(
            "cluster:\n  name: x\n  remote:\n    # ours\n    east:\n      mode: proxy\n      proxy_address: e:9300\n    west:\n      mode: proxy\n",
            "cluster:\n  name: x\n  remote:\n    # ours\n    west:\n      mode: proxy\n",
        );
        check(
            "cluster:\n  name: x\n  remote:\n    east:\n      seeds: [\n        e:9300 ]\nnode.name: a\n",
            "cluster:\n  name: x\nnode.name: a\n",
        );
        check("cluster.remote:\n  east.mode: proxy\na: b\n...\n", "a: b\n...\n");
        check(
            "cluster.remote.east:\n  mode: proxy\n  signing:\n    key: a.key\n    certificate: a.crt\n",
            "cluster.remote.east:\n  signing:\n    key: a.key\n    certificate: a.crt\n",
        );
    }

    #[test]
    fn pairs_in_braces_go() {
        check(
            "cluster.remote: {east: {mode: proxy, proxy_address: \"e:9300\"}, west: {mode: proxy}}\n",
            "cluster.remote: {west: {mode: proxy}}\n",
        );
        check("a: b\ncluster: {remote: {east: {mode: proxy}}}  # ours\n", "a: b\n");
        check(
            "{a: b, cluster.remote.east.mode: proxy, cluster.remote.east.seeds: [e:9300, f:9300]}\n",
            "{a: b, }\n",
        );
        check(
            "cluster: {name: x, remote.east.mode: proxy,\n  routing: y}\n",
            "cluster: {name: x, \n  routing: y}\n",
        );
    }

    #[test]
    fn what_may_be_named_elsewhere_is_left() {
        assert_eq!(left("cluster.remote.east.seeds: &seeds [e:9300]\na: b\n"), None);
        assert_eq!(left("a: b\ncluster.remote.east.mode: proxy # the password is x\n"), None);
        assert_eq!(left("a: b\n? cluster.remote.east.mode\n: proxy\n"), None);
    }
}
