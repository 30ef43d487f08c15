//! What changes in an `elasticsearch.yml`, as a patch: the lines of a setting that is there make way,
//! a new one stands at the end. Lines around them that may hold a password are not shown.

mod block;
mod braces;
mod remove;
mod snippet;

use crosstrust_settings::{Place, SettingsFile, Value};

use crate::patch::{Edit, unified};
use block::{extend, replace};
pub(crate) use remove::{is_gone, listed};
pub(crate) use snippet::snippet;

/// A unified diff that gives settings these values, and takes those with one of the prefixes away; nothing where the file is written in a way that
/// cannot be changed line by line, or where nothing changes. New settings stand at the end, or before the first.
pub(crate) fn diff(
    file: &SettingsFile,
    path: &str,
    settings: &[(&str, Vec<String>)],
    gone: &[String],
    at_top: bool,
) -> Option<String> {
    let text = file.text();
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let line_end =
        if lines.first().is_some_and(|line| line.ends_with("\r\n")) { "\r\n" } else { "\n" };
    let ended = |lines: Vec<String>| lines.into_iter().map(|line| line + line_end).collect();
    let is_hidden = |line: usize| is_secret(file, &lines, line);
    let (mut edits, mut splices) = remove::remove(file, &lines, gone)?;
    if edits.iter().flat_map(|edit| edit.start..edit.end).any(is_hidden) {
        return None;
    }
    let (mut new, mut appended) = (Vec::new(), None);
    for (name, values) in settings {
        match place(file, name) {
            Some(_) if is_tagged(file, name) => return None,
            Some(place) => {
                if let Some(splice) = braces::change(file, name, place, values) {
                    splices.push(splice);
                    continue;
                }
                let (start, end, lines) = match extend(file, &lines, name, values) {
                    Some(more) => more,
                    None => replace(place, file, &lines, values)?,
                };
                edits.push(Edit { start, end, lines: ended(lines) });
            }
            None if file.get(name).is_some() => return None,
            None => new.push((*name, values.as_slice())),
        }
    }
    if let Some(root) = braces::outermost(file) {
        splices.extend(new.iter().map(|(name, values)| braces::add(file, root, name, values)));
    } else if !new.is_empty() {
        let indent = indent(file);
        let new = new.iter().flat_map(|(name, values)| written(name, indent, values)).collect();
        appended = Some(append(ended(new), file, &lines, |line| at_top || is_hidden(line))?);
    }
    let in_place = braces::edits(text, splices)?;
    // These lines may have other settings too.
    if in_place.iter().flat_map(|edit| edit.start..edit.end).any(is_hidden) {
        return None;
    }
    edits.extend(in_place);
    edits.extend(appended);
    edits.sort_by_key(|edit| (edit.start, edit.end));
    end_last_line(&mut edits, &lines, line_end);
    unified(text, &edits, path, is_hidden)
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
    file.document().keys().first().map_or(0, |key| key.column.saturating_sub(1))
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

/// New lines at the end, or before the first key where the last line is not to be shown.
fn append(
    added: Vec<String>,
    file: &SettingsFile,
    lines: &[&str],
    is_hidden: impl Fn(usize) -> bool,
) -> Option<Edit> {
    let first = file.document().keys().first()?;
    let last = lines.len().checked_sub(1)?;
    // After the end of a document, nothing is read.
    if lines.iter().any(|line| line.trim_end() == "...") {
        return None;
    }
    if is_hidden(last) {
        let start = first.line.checked_sub(1)?;
        return Some(Edit { start, end: start, lines: added });
    }
    Some(Edit { start: lines.len(), end: lines.len(), lines: added })
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
        let found =
            diff(&file, "elasticsearch.yml", &[(LIST, values)], &[], false).unwrap_or_default();
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
        ] {
            let full =
                |text: &str| text.replace("{L}", LIST).replace('P', "xpack.security.transport.ssl");
            check(
                &format!("{}\n", full(before)),
                &format!("@@ -1,1 +1,1 @@\n-{}\n+{}\n", full(before), full(after)),
            );
        }
        check(
            &format!("{LIST}: [\n  a.crt, # ours ]\n]\nx: y\n"),
            &format!(
                "@@ -1,4 +1,4 @@\n {LIST}: [\n-  a.crt, # ours ]\n+  a.crt, b.crt, # ours ]\n ]\n x: y\n"
            ),
        );
        check(
            &format!("{LIST}: &cas\n  - a.crt\n"),
            &format!("@@ -1,2 +1,3 @@\n {LIST}: &cas\n   - a.crt\n+  - b.crt\n"),
        );
        check(
            "{\n  a: b\n}\n",
            &format!("@@ -1,3 +1,3 @@\n-{{\n+{{{LIST}: [a.crt, b.crt],\n   a: b\n }}\n"),
        );
        check(
            "  a: b\n",
            &format!("@@ -1,1 +1,4 @@\n   a: b\n+  {LIST}:\n+    - a.crt\n+    - b.crt\n"),
        );
    }

    #[test]
    fn what_cannot_be_changed_by_lines_is_left() {
        check("xpack.security.transport.ssl.certificate_authorities: *cas\n", "");
        check("xpack.security.transport.ssl.certificate_authorities: !!str a.crt\n", "");
        check("xpack.security.transport.ssl.certificate_authorities: &cas\n  - c.crt\n", "");
        check(
            "xpack.security.transport.ssl: {key_passphrase: x, certificate_authorities: a.crt}\n",
            "",
        );
        check("a: b\n...\n", "");
        check("", "");
        check("xpack.security.transport.ssl.certificate_authorities.0: a.crt\n", "");
    }
}
