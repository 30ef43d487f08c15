//! Settings that go, and the keys that would have nothing left below them.

use crosstrust_settings::{Place, SettingsFile, Value, holds_secret};

use super::Unpatched;
use super::braces::{self, Splice};
use super::lines::Lines;
use crate::patch::Edit;

/// What takes all settings away whose names begin with one of these prefixes.
pub(super) fn remove(
    file: &SettingsFile,
    lines: &Lines<'_>,
    prefixes: &[String],
) -> Result<(Vec<Edit>, Vec<Splice>), Unpatched> {
    let (mut edits, mut splices) = (Vec::new(), Vec::new());
    for key in gone(file, prefixes) {
        let unpatched = || Unpatched::at(lines, key.place);
        let text = file.text().get(key.place.start..key.end).unwrap_or_default();
        // What has an anchor may be named by something else.
        if text.contains('&') || !is_simple(file, key.place) {
            return Err(unpatched());
        }
        if key.in_braces {
            splices.push(pair(file, &key).ok_or_else(unpatched)?);
        } else {
            edits.push(whole_lines(file, lines, &key).ok_or_else(unpatched)?);
        }
    }
    Ok((edits, splices))
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
fn whole_lines(file: &SettingsFile, lines: &Lines<'_>, key: &Key) -> Option<Edit> {
    let start = key.place.start;
    let length = file.text().get(start..key.end)?.trim_end().len();
    let end = start.checked_add(length)?;
    let rest = lines.after(end)?.trim();
    if lines.indentation(start).is_none() || !(rest.is_empty() || rest.starts_with('#')) {
        return None;
    }
    let range = lines.range(&(start..end));
    Some(Edit { start: range.start, end: range.end, lines: Vec::new() })
}

/// A pair in braces, with the comma after it.
fn pair(file: &SettingsFile, key: &Key) -> Option<Splice> {
    let next = next_outside_comments(file, key.end)?;
    let rest = file.text().get(next..)?;
    let is_next = file.text().get(key.end..next)?.trim().is_empty();
    let end = match rest.chars().next()? {
        ',' if is_next => {
            let after = rest.get(1..)?;
            let blanks = after.len().saturating_sub(after.trim_start_matches(' ').len());
            next.checked_add(1)?.checked_add(blanks)?
        }
        // A comment in between stays.
        '}' => key.end,
        _ => return None,
    };
    Some(Splice { start: key.place.start, end, text: String::new() })
}

/// The first byte from here on that is neither blank nor in a comment.
fn next_outside_comments(file: &SettingsFile, from: usize) -> Option<usize> {
    let comments = file.document().comments();
    let mut at = from;
    loop {
        let rest = file.text().get(at..)?;
        at = at.checked_add(rest.len().checked_sub(rest.trim_start().len())?)?;
        let Some(comment) = comments.iter().find(|comment| comment.start == at) else {
            return Some(at);
        };
        at = comment.end.max(at.checked_add(1)?);
    }
}

/// The settings that go, with their values and lines. A secret is not shown.
pub(crate) fn listed(file: &SettingsFile, prefixes: &[String]) -> Vec<String> {
    let lines = Lines::of(file.text());
    let entries = file.document().entries().iter();
    let gone = entries.filter(|entry| is_gone(&entry.key, prefixes));
    gone.map(|entry| {
        let line = lines.at(entry.place.start).saturating_add(1);
        let values: Vec<&str> = match &entry.value {
            _ if holds_secret(entry) => vec!["(a secret)"],
            Value::List(list) => list.items.iter().map(|item| item.text.as_str()).collect(),
            Value::Text(scalar) => vec![&scalar.text],
        };
        format!("line {line}: {}: {}", entry.key, values.join(", "))
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use crosstrust_settings::SettingsFile;

    use crate::connection::{Unpatched, diff, listed};
    use crate::patch::judges;

    const EAST: &str = "cluster.remote.east.";

    fn patch(text: &str) -> Result<String, Unpatched> {
        let file = SettingsFile::parse(text.as_bytes()).unwrap();
        diff(&file, "f", &[], &[EAST.to_owned()], false)
    }

    /// Nothing of the remote cluster is left, and everything else is.
    #[track_caller]
    fn check(before: &str, after: &str) {
        let patch = patch(before).unwrap();
        let Some(found) = judges::applied(before, &patch) else { return };
        assert_eq!(found, after, "{patch}");
        let Some([mut old, new]) = judges::settings([before, after]) else {
            return;
        };
        old.as_object_mut().unwrap().retain(|name, _| {
            name.strip_prefix(EAST).is_none_or(|rest| rest.starts_with("signing."))
        });
        assert_eq!(new, old);
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

    /// A comment after the last pair in braces stays, wherever the next one is.
    #[test]
    fn comments_after_pairs_stay() {
        check(
            "cluster.remote: {west.mode: proxy,\n  east.mode: proxy # ours, }\n  # more\n}\n",
            "cluster.remote: {west.mode: proxy,\n   # ours, }\n  # more\n}\n",
        );
        let text = "cluster.remote: {east.mode: proxy # ours\n  , west.mode: proxy}\n";
        assert_eq!(patch(text), Err(Unpatched::Form(Some(1))));
    }

    /// The lines of YAML are more than those of the file.
    #[test]
    fn other_ends_of_lines_move_nothing() {
        for end in ["\u{85}", "\u{2028}", "\u{2029}", "\r"] {
            let text = |text: &str| text.replace('|', end);
            check(
                &text("a: 'a'\n# q|# r\ncluster.remote.east.seeds: [e:9300]\nb: c\nd: e\n"),
                &text("a: 'a'\n# q|# r\nb: c\nd: e\n"),
            );
            check(
                &text("a: 'q|  r'\ncluster:\n  remote:\n    east:\n      mode: proxy\n  name: x\n"),
                &text("a: 'q|  r'\ncluster:\n  name: x\n"),
            );
            let joined = text("a: b|cluster.remote.east.mode: proxy\nc: d\n");
            assert_eq!(patch(&joined), Err(Unpatched::Form(Some(1))));
        }
    }

    #[test]
    fn what_may_be_named_elsewhere_is_left() {
        for (text, reason) in [
            ("cluster.remote.east.seeds: &seeds [e:9300]\na: b\n", Unpatched::Form(Some(1))),
            ("a: b\ncluster.remote.east.mode: proxy # the password is x\n", Unpatched::Secret),
            ("a: b\ncluster.remote.east.credentials: x\nc: d\n", Unpatched::Secret),
            ("a: b\n? cluster.remote.east.mode\n: proxy\n", Unpatched::Form(Some(2))),
            ("cluster.remote.east.mode: proxy\n? a\n: b\n", Unpatched::Form(None)),
        ] {
            assert_eq!(patch(text), Err(reason), "{text}");
        }
    }

    #[test]
    fn secrets_are_listed_without_their_values() {
        let text =
            "a: 'b\u{2028}'\ncluster.remote.east:\n  seeds: [e:1, f:1]\n  credentials: hunter2\n";
        let file = SettingsFile::parse(text.as_bytes()).unwrap();
        assert_eq!(
            listed(&file, &[EAST.to_owned()]),
            [
                "line 3: cluster.remote.east.seeds: e:1, f:1",
                "line 4: cluster.remote.east.credentials: (a secret)"
            ]
        );
    }
}
