//! What changes in an `elasticsearch.yml`, as a patch: the lines of a setting that is there make way,
//! a new one stands at the end. Lines around them that may hold a password are not shown.

mod block;
mod braces;
mod hidden;
mod lines;
mod outcome;
mod remove;
mod snippet;

use crosstrust_settings::{Place, SettingsFile, Value};

use crate::patch::{self, Edit};
use block::{extend, replace};
use hidden::Hidden;
use lines::Lines;
pub(crate) use remove::{is_gone, listed};
pub(crate) use snippet::snippet;

/// Why there is no patch.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Unpatched {
    /// What changes is written in a way that is not changed line by line, here in a line counted from 1 where it
    /// is known in which.
    Form(Option<usize>),
    /// A line that changes, or one beside it, may hold a secret.
    Secret,
}

/// A unified diff that gives settings these values, and takes those with one of the prefixes away. New settings
/// stand at the end, or before the first. What it makes of the file is read again: it has the settings that were
/// meant and no others.
pub(crate) fn diff(
    file: &SettingsFile,
    path: &str,
    settings: &[(&str, Vec<String>)],
    gone: &[String],
    at_top: bool,
) -> Result<String, Unpatched> {
    let lines = Lines::of(file.text());
    let hidden = Hidden::of(file, &lines);
    let edits =
        edits(file, &lines, settings, gone, |new| append(new, file, &lines, &hidden, at_top))?;
    let changed = || edits.iter().flat_map(|edit| edit.start..edit.end);
    if changed().any(|line| hidden.has(line)) {
        return Err(Unpatched::Secret);
    }
    if let Some(line) = changed().find(|line| lines.has_several(*line)) {
        return Err(Unpatched::Form(Some(line.saturating_add(1))));
    }
    let after = patch::applied(lines.all(), &edits).ok_or(Unpatched::Form(None))?;
    if !outcome::is_meant(file, &after, settings, gone) {
        return Err(Unpatched::Form(None));
    }
    patch::unified(lines.all(), &edits, path, |line| hidden.has(line)).ok_or(Unpatched::Secret)
}

/// What changes in the lines, in their order. Without any, the file has no settings.
fn edits(
    file: &SettingsFile,
    lines: &Lines<'_>,
    settings: &[(&str, Vec<String>)],
    gone: &[String],
    append: impl Fn(Vec<String>) -> Option<Edit>,
) -> Result<Vec<Edit>, Unpatched> {
    let line_end = lines.line_end();
    let ended = |lines: Vec<String>| lines.into_iter().map(|line| line + line_end).collect();
    let (mut edits, mut splices) = remove::remove(file, lines, gone)?;
    let (mut new, mut appended) = (Vec::new(), None);
    for (name, values) in settings {
        let Some(place) = place(file, name) else {
            if let Some(numbered) = file.get(name) {
                return Err(Unpatched::at(lines, numbered.place));
            }
            new.push((*name, values.as_slice()));
            continue;
        };
        if is_tagged(file, name) {
            return Err(Unpatched::at(lines, place));
        }
        if let Some(splice) = braces::change(file, name, place, values) {
            splices.push(splice);
            continue;
        }
        let changed = extend(file, lines, name, values);
        let changed = changed.or_else(|| replace(place, file, lines, values));
        let (start, end, lines) = changed.ok_or_else(|| Unpatched::at(lines, place))?;
        edits.push(Edit { start, end, lines: ended(lines) });
    }
    if let Some(root) = braces::outermost(file) {
        splices.extend(new.iter().map(|(name, values)| braces::add(file, root, name, values)));
    } else if !new.is_empty() {
        let indent = indent(file);
        let new = new.iter().flat_map(|(name, values)| written(name, indent, values)).collect();
        let new = append(ended(new));
        appended = Some(new.ok_or(Unpatched::Form(None))?);
    }
    edits.extend(braces::edits(file.text(), splices).ok_or(Unpatched::Form(None))?);
    edits.extend(appended);
    edits.sort_by_key(|edit| (edit.start, edit.end));
    end_last_line(&mut edits, lines.all(), line_end);
    Ok(edits)
}

impl Unpatched {
    /// What stands at a place is in the way.
    fn at(lines: &Lines<'_>, place: Place) -> Self {
        Self::Form(Some(lines.at(place.start).saturating_add(1)))
    }
}

/// Where a setting stands in a file: the later of two counts, and numbered keys are none of its name.
pub(crate) fn place(file: &SettingsFile, name: &str) -> Option<Place> {
    file.document().entries().iter().rfind(|entry| entry.key == name).map(|entry| entry.place)
}

/// Whether an alias stands for a setting's value, or a tag before it; or an anchor before one that is to be
/// written anew, which then would be gone.
fn is_tagged(file: &SettingsFile, name: &str) -> bool {
    let Some(entry) = file.document().entries().iter().rfind(|entry| entry.key == name) else {
        return false;
    };
    let text = file.text().get(entry.value.place().start..).unwrap_or_default();
    match &entry.value {
        Value::Text(scalar) => scalar.decorated || text.starts_with('*'),
        Value::List(list) => {
            let is_odd = |item: &crosstrust_settings::Scalar| {
                item.decorated || item.style == crosstrust_settings::Style::Alias
            };
            text.starts_with('!') || list.items.iter().any(is_odd)
        }
    }
}

/// How far the settings of a file stand to the right.
fn indent(file: &SettingsFile) -> usize {
    file.document().root().map_or(0, |root| root.column.saturating_sub(1))
}

/// New lines at the end, or before a key of the file that is below no other one: the first place that has lines
/// around it that may be shown, or the first of all.
fn append(
    added: Vec<String>,
    file: &SettingsFile,
    lines: &Lines<'_>,
    hidden: &Hidden,
    at_top: bool,
) -> Option<Edit> {
    let root = file.document().root()?;
    // After the end of a document, nothing is read.
    let is_ended = lines.all().iter().any(|line| line.trim_end() == "...");
    let end = (!at_top && !is_ended).then_some(lines.count());
    let keys = file.document().keys().iter().filter(|key| key.column == root.column);
    let keys = [root.start].into_iter().chain(keys.map(|key| key.start));
    let places: Vec<usize> = end.into_iter().chain(keys.map(|key| lines.at(key))).collect();
    let is_shown = |line: usize| line == lines.count() || !hidden.has(line);
    let fits = |at: usize| is_shown(at) && at.checked_sub(1).is_none_or(is_shown);
    let start = places.iter().find(|at| fits(**at)).or(places.first()).copied()?;
    Some(Edit { start, end: start, lines: added })
}

/// Gives the last line of a text its end where something follows it, be it changed itself or not.
fn end_last_line(edits: &mut Vec<Edit>, lines: &[&str], line_end: &str) {
    let Some(last) = lines.last().filter(|last| !last.ends_with('\n')) else { return };
    let Some(mut appended) = edits.pop_if(|edit| edit.start == lines.len()) else { return };
    let before = edits.last_mut().filter(|edit| edit.start < edit.end && edit.end == lines.len());
    if let Some(edit) = before {
        if let Some(line) = edit.lines.last_mut().filter(|line| !line.ends_with('\n')) {
            line.push_str(line_end);
        }
        edit.lines.append(&mut appended.lines);
    } else {
        appended.lines.insert(0, format!("{last}{line_end}"));
        edits.push(Edit { start: lines.len().saturating_sub(1), ..appended });
    }
}

/// A setting in lines of its own.
pub(crate) fn written(name: &str, indent: usize, values: &[String]) -> Vec<String> {
    let blanks = " ".repeat(indent);
    match values {
        [value] if !is_list(name) => vec![format!("{blanks}{name}: {}", scalar(value))],
        values => {
            let mut lines = vec![format!("{blanks}{name}:")];
            lines.extend(values.iter().map(|value| format!("{blanks}  - {}", scalar(value))));
            lines
        }
    }
}

/// Whether a setting is a list even with one value.
fn is_list(name: &str) -> bool {
    name.ends_with("certificate_authorities") || name.ends_with("x509_fields")
}

/// A value that YAML reads as this text.
fn scalar(text: &str) -> String {
    let fits = |c: char| c.is_ascii_alphanumeric() || "._/-".contains(c);
    let starts = text.starts_with(|c: char| c.is_ascii_alphabetic() || "/.".contains(c));
    if starts && text.chars().all(fits) { text.to_owned() } else { crate::document::quoted(text) }
}

#[cfg(test)]
mod tests {
    use crosstrust_settings::SettingsFile;

    use super::{Unpatched, diff};
    use crate::patch::judges;

    const LIST: &str = "xpack.security.transport.ssl.certificate_authorities";

    fn patch(text: &str) -> Result<String, Unpatched> {
        let values = vec!["a.crt".to_owned(), "b.crt".to_owned()];
        let file = SettingsFile::parse(text.as_bytes()).unwrap();
        diff(&file, "f", &[(LIST, values)], &[], false)
    }

    /// What the patch makes of a text, in which `L` stands for the name of the list; its settings are the same but
    /// for the list.
    #[track_caller]
    fn check(before: &str, after: &str) {
        let full = |text: &str| text.replace("{L}", LIST);
        let (before, after) = (full(before), full(after));
        let patch = patch(&before).unwrap();
        let Some(found) = judges::applied(&before, &patch) else { return };
        assert_eq!(found, after, "{patch}");
        let Some([mut old, new]) = judges::settings([&before, &after]) else {
            return;
        };
        old[LIST] = serde_json::json!(["a.crt", "b.crt"]);
        assert_eq!(new, old);
    }

    #[test]
    fn a_setting_makes_way_where_it_stands() {
        check(
            "cluster.name: a\n{L}: [ \"a.crt\" ]\nnode.name: b\n",
            "cluster.name: a\n{L}:\n  - a.crt\n  - b.crt\nnode.name: b\n",
        );
        check(
            "xpack.security.transport:\n  ssl:\n    certificate_authorities:\n      - a.crt\n# end\n",
            "xpack.security.transport:\n  ssl:\n    certificate_authorities:\n      - a.crt\n      - b.crt\n# end\n",
        );
    }

    /// A list with an item a line goes on below its last one: nothing of it is taken away.
    #[test]
    fn comments_in_a_list_stay() {
        check(
            "x: 1\n{L}:\n# ours\n- a.crt  # until 2027\n# end\n",
            "x: 1\n{L}:\n# ours\n- a.crt  # until 2027\n- b.crt\n# end\n",
        );
        check("{L}: [ \"a.crt\" ]  # ours\n", "{L}:  # ours\n  - a.crt\n  - b.crt\n");
        // One that would not be kept is written anew.
        check("{L}:\n  - c.crt\n", "{L}:\n  - a.crt\n  - b.crt\n");
    }

    #[test]
    fn a_new_setting_stands_at_the_end() {
        check("cluster.name: a\n", "cluster.name: a\n{L}:\n  - a.crt\n  - b.crt\n");
        check("cluster.name: a", "cluster.name: a\n{L}:\n  - a.crt\n  - b.crt\n");
        check("a: b\r\n", "a: b\r\n{L}:\r\n  - a.crt\r\n  - b.crt\r\n");
        check("  a: b\n", "  a: b\n  {L}:\n    - a.crt\n    - b.crt\n");
        check("? a\n: b\n? c\n: d\n", "? a\n: b\n? c\n: d\n{L}:\n  - a.crt\n  - b.crt\n");
        check("a: b\n? c\n: d\n", "a: b\n? c\n: d\n{L}:\n  - a.crt\n  - b.crt\n");
    }

    /// A new setting stands before the first key where the last one may be a password.
    #[test]
    fn secrets_are_not_shown() {
        let password = "xpack.security.transport.ssl:\n  truststore.password: hunter2\n";
        for before in [
            format!("# head\na: b\n{password}"),
            format!("{password}# hunter2 is the old password"),
            "a: b\nc: d\nkeystore.password: >\n  hunter2\n  hunter2\n\n".to_owned(),
            "# \u{2028}\na: b\n# \u{2028} #\nkeystore.password: >\n  hunter2\n".to_owned(),
            "a: b\nmonitoring.host: http://x:hunter2@y\n".to_owned(),
        ] {
            let patch = patch(&before).unwrap();
            assert!(!patch.contains("hunter2"), "{patch}");
            let after = format!("{LIST}:\n  - a.crt\n  - b.crt\n");
            let first = before.find("a: b").or_else(|| before.find("xpack")).unwrap();
            check(&before, &format!("{}{after}{}", &before[..first], &before[first..]));
        }
        // Nothing else would be around the change.
        for before in [
            "keystore.password: >\n  x\n  y\n".to_owned(),
            format!("a: b\nx.password: y\n{LIST}: a.crt\nc: d\n"),
            format!("a: b\n{LIST}: a.crt\nx.password: y\nc: d\n"),
            "xpack.security.transport.ssl: {key_passphrase: x, certificate_authorities: a.crt}\n"
                .to_owned(),
        ] {
            assert_eq!(patch(&before), Err(Unpatched::Secret), "{before}");
        }
        let new = format!("{LIST}:\n  - a.crt\n  - b.crt\n");
        check(
            "x.password: y\na: b\nc:\n  d: e\nf.password: g\n",
            &format!("x.password: y\na: b\n{new}c:\n  d: e\nf.password: g\n"),
        );
        check("a: b\n...\n", &format!("{new}a: b\n...\n"));
        // These are none.
        check(
            "xpack.security.authc.token.enabled: true\n{L}: a.crt\nx.path: /etc/private\n",
            "xpack.security.authc.token.enabled: true\n{L}:\n  - a.crt\n  - b.crt\nx.path: /etc/private\n",
        );
    }

    /// Lines of YAML that are none of a file.
    #[test]
    fn other_ends_of_lines_move_nothing() {
        for end in ["\u{85}", "\u{2028}", "\u{2029}", "\r"] {
            for (before, after) in [
                (
                    "# q|# r\n{L}: a.crt\nb: c\nd: e\n",
                    "# q|# r\n{L}:\n  - a.crt\n  - b.crt\nb: c\nd: e\n",
                ),
                ("x: 'q|  r'\n{L}:\n- a.crt\nb: c\n", "x: 'q|  r'\n{L}:\n- a.crt\n- b.crt\nb: c\n"),
                ("x: [q,|  r]\n{L}: [\n  a.crt]\n", "x: [q,|  r]\n{L}: [\n  a.crt, b.crt]\n"),
                ("x: y|z: w\na: b\n", "x: y|z: w\na: b\n{L}:\n  - a.crt\n  - b.crt\n"),
            ] {
                check(&before.replace('|', end), &after.replace('|', end));
            }
            for (text, line) in [("# q|{L}: a.crt\n", 1), ("a: b\n{L}: a.crt|c: d\ne: f\n", 2)] {
                let text = text.replace('|', end).replace("{L}", LIST);
                assert_eq!(patch(&text), Err(Unpatched::Form(Some(line))), "{text:?}");
            }
        }
    }

    /// What stands in braces or brackets stays there, with the comments in between.
    #[test]
    fn braces_and_brackets_stay() {
        for (before, after) in [
            ("{{L}: [a.crt]}", "{{L}: [a.crt, b.crt]}"),
            ("{{L}: a.crt}", "{{L}: [a.crt, b.crt]}"),
            ("{{L}: []}", "{{L}: [a.crt, b.crt]}"),
            ("{a: b}", "{{L}: [a.crt, b.crt], a: b}"),
            (
                "{P: {certificate_authorities: [a.crt]}, a: b}",
                "{P: {certificate_authorities: [a.crt, b.crt]}, a: b}",
            ),
            ("P: {certificate_authorities: a.crt}", "P: {certificate_authorities: [a.crt, b.crt]}"),
            (
                "P: {\"certificate_authorities\": ['c.crt']}",
                "P: {\"certificate_authorities\": [a.crt, b.crt]}",
            ),
            ("{L}: &cas [a.crt]", "{L}: &cas [a.crt, b.crt]"),
            ("{\n  a: b\n}", "{{L}: [a.crt, b.crt],\n  a: b\n}"),
            ("{L}: [\n  a.crt, # ours ]\n]\nx: y", "{L}: [\n  a.crt, b.crt, # ours ]\n]\nx: y"),
            ("{L}: &cas\n  - a.crt", "{L}: &cas\n  - a.crt\n  - b.crt"),
        ] {
            let full =
                |text: &str| format!("{text}\n").replace('P', "xpack.security.transport.ssl");
            check(&full(before), &full(after));
        }
    }

    #[test]
    fn what_cannot_be_changed_by_lines_is_left() {
        for (text, line) in [
            ("a: b\n{L}: *cas\n", Some(2)),
            ("{L}: !!str a.crt\n", Some(1)),
            ("{L}: &cas\n  - c.crt\n", Some(1)),
            ("? {L}\n: a.crt\n", Some(1)),
            ("", None),
            ("{L}.0: a.crt\n", Some(1)),
        ] {
            assert_eq!(patch(&text.replace("{L}", LIST)), Err(Unpatched::Form(line)), "{text}");
        }
    }
}
