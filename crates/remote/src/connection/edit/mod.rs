//! What changes in an `elasticsearch.yml`, as a patch: the lines of a setting that is there make way,
//! a new one stands at the end. Lines around them that may hold a password are not shown.

use crosstrust_settings::{Place, SettingsFile};

use crate::patch::{Edit, unified};

/// A unified diff that gives settings these values; nothing where the file is written in a way that
/// cannot be changed line by line, or where nothing changes.
pub(crate) fn diff(
    file: &SettingsFile,
    path: &str,
    settings: &[(&str, Vec<String>)],
) -> Option<String> {
    let text = file.text();
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let line_end =
        if lines.first().is_some_and(|line| line.ends_with("\r\n")) { "\r\n" } else { "\n" };
    let ended = |lines: Vec<String>| lines.into_iter().map(|line| line + line_end).collect();
    let mut edits = Vec::new();
    let mut new = Vec::new();
    for (name, values) in settings {
        match place(file, name) {
            Some(place) => {
                let (start, end, lines) = match extend(file, &lines, name, values) {
                    Some(more) => more,
                    None => replace(place, file, &lines, values)?,
                };
                edits.push(Edit { start, end, lines: ended(lines) });
            }
            None if file.get(name).is_some() => return None,
            None => new.extend(written(name, 0, values)),
        }
    }
    let is_hidden = |line: usize| is_secret(file, &lines, line);
    if !new.is_empty() {
        edits.push(append(ended(new), file, &lines, line_end, is_hidden)?);
    }
    edits.sort_by_key(|edit| edit.start);
    unified(text, &edits, path, is_hidden)
}

/// Where a setting stands in a file: the later of two counts, and numbered keys are none of its name.
pub(crate) fn place(file: &SettingsFile, name: &str) -> Option<Place> {
    file.document().entries().iter().rfind(|entry| entry.key == name).map(|entry| entry.place)
}

/// Whether a line, counted from 0, may hold a secret: it belongs to a setting of one, or speaks of one.
fn is_secret(file: &SettingsFile, lines: &[&str], line: usize) -> bool {
    let speaks = |text: &str| {
        let lower = text.to_ascii_lowercase();
        SECRETS.iter().any(|word| lower.contains(word))
    };
    // What stands in the line, and what began before and goes on in it.
    let number = line.saturating_add(1);
    let entries = file.document().entries();
    let begun = entries.iter().map(|entry| entry.place.line).filter(|at| *at <= number).max();
    lines.get(line).is_none_or(|text| speaks(text))
        || entries.iter().any(|one| Some(one.place.line) == begun && speaks(&one.key))
}

/// Where a list that keeps all that it has goes on, and the lines of what is new in it: its other lines,
/// and the comments among them, stay. Nothing where it is not written with an item a line.
fn extend(
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
fn replace(
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
    if !stands_alone {
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

/// New lines at the end, or before the first key where the last line is not to be shown.
fn append(
    mut added: Vec<String>,
    file: &SettingsFile,
    lines: &[&str],
    line_end: &str,
    is_hidden: impl Fn(usize) -> bool,
) -> Option<Edit> {
    let first = file.document().keys().first()?;
    if first.column != 1 {
        return None;
    }
    let last = lines.len().checked_sub(1)?;
    if is_hidden(last) {
        let start = first.line.checked_sub(1)?;
        return Some(Edit { start, end: start, lines: added });
    }
    let text = lines.get(last)?;
    if text.ends_with('\n') {
        return Some(Edit { start: lines.len(), end: lines.len(), lines: added });
    }
    // The last line gets its end.
    added.insert(0, format!("{text}{line_end}"));
    Some(Edit { start: last, end: lines.len(), lines: added })
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

/// What settings with secrets, and comments on them, have in their names.
const SECRETS: [&str; 7] =
    ["password", "passphrase", "secret", "credential", "token", "api_key", "private"];

#[cfg(test)]
mod tests {
    use crosstrust_settings::SettingsFile;

    use super::diff;

    const LIST: &str = "xpack.security.transport.ssl.certificate_authorities";

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let values = vec!["a.crt".to_owned(), "b.crt".to_owned()];
        let file = SettingsFile::parse(text.as_bytes()).unwrap();
        let found = diff(&file, "elasticsearch.yml", &[(LIST, values)]).unwrap_or_default();
        let head = "--- elasticsearch.yml\n+++ elasticsearch.yml\n";
        assert_eq!(found.strip_prefix(head).unwrap_or(&found), expected);
    }

    /// The expected texts are those of `diff -U3`.
    #[test]
    fn a_setting_makes_way_where_it_stands() {
        check(
            "cluster.name: a\nxpack.security.transport.ssl.certificate_authorities: [ \"a.crt\" ]\nnode.name: b\n",
            "@@ -1,3 +1,5 @@\n cluster.name: a\n\
             -xpack.security.transport.ssl.certificate_authorities: [ \"a.crt\" ]\n\
             +xpack.security.transport.ssl.certificate_authorities:\n+  - a.crt\n+  - b.crt\n node.name: b\n",
        );
        check(
            "xpack.security.transport:\n  ssl:\n    certificate_authorities:\n      - a.crt\n# end\n",
            "@@ -2,4 +2,5 @@\n   ssl:\n     certificate_authorities:\n       - a.crt\n+      - b.crt\n # end\n",
        );
    }

    /// A list with an item a line goes on below its last one: nothing of it is taken away.
    #[test]
    fn comments_in_a_list_stay() {
        let list = "x: 1\nxpack.security.transport.ssl.certificate_authorities:\n# ours\n- a.crt  # until 2027\n# end\n";
        check(
            list,
            "@@ -2,4 +2,5 @@\n xpack.security.transport.ssl.certificate_authorities:\n # ours\n \
             - a.crt  # until 2027\n+- b.crt\n # end\n",
        );
        check(
            "xpack.security.transport.ssl.certificate_authorities: [ \"a.crt\" ]  # ours\n",
            "@@ -1,1 +1,3 @@\n-xpack.security.transport.ssl.certificate_authorities: [ \"a.crt\" ]  # ours\n\
             +xpack.security.transport.ssl.certificate_authorities:  # ours\n+  - a.crt\n+  - b.crt\n",
        );
        // One that would not be kept is written anew.
        check(
            "xpack.security.transport.ssl.certificate_authorities:\n  - c.crt\n",
            "@@ -1,2 +1,3 @@\n-xpack.security.transport.ssl.certificate_authorities:\n-  - c.crt\n\
             +xpack.security.transport.ssl.certificate_authorities:\n+  - a.crt\n+  - b.crt\n",
        );
    }

    #[test]
    fn a_new_setting_stands_at_the_end() {
        let added =
            "+xpack.security.transport.ssl.certificate_authorities:\n+  - a.crt\n+  - b.crt\n";
        check("cluster.name: a\n", &format!("@@ -1,1 +1,4 @@\n cluster.name: a\n{added}"));
        check(
            "cluster.name: a",
            &format!(
                "@@ -1,1 +1,4 @@\n-cluster.name: a\n\\ No newline at end of file\n+cluster.name: a\n{added}"
            ),
        );
        let crlf = format!("@@ -1,1 +1,4 @@\n a: b\r\n{}", added.replace('\n', "\r\n"));
        check("a: b\r\n", &crlf);
    }

    /// A new setting stands before the first key where the last one may be a password; and where that
    /// leaves no line to stand beside, there is no patch.
    #[test]
    fn passwords_are_not_shown() {
        let added =
            "+xpack.security.transport.ssl.certificate_authorities:\n+  - a.crt\n+  - b.crt\n";
        let password = "xpack.security.transport.ssl:\n  truststore.password: x\n";
        check(
            &format!("# head\na: b\n{password}"),
            &format!("@@ -1,3 +1,6 @@\n # head\n{added} a: b\n xpack.security.transport.ssl:\n"),
        );
        check(
            &format!("{password}# y is the old password"),
            &format!("@@ -1,1 +1,4 @@\n{added} xpack.security.transport.ssl:\n"),
        );
        check("keystore.password: >\n  x\n  y\n", "");
    }

    #[test]
    fn what_cannot_be_changed_by_lines_is_left() {
        check("{xpack.security.transport.ssl.certificate_authorities: [a.crt]}\n", "");
        check("xpack.security.transport.ssl: {certificate_authorities: a.crt}\n", "");
        check("", "");
        check("xpack.security.transport.ssl.certificate_authorities.0: a.crt\n", "");
    }
}
