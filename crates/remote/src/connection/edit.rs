//! What changes in an `elasticsearch.yml`, as a patch: the lines of a setting that is there make way,
//! a new one stands at the end. Other lines are not shown, since there may be passwords in them.

use crosstrust_settings::{Place, SettingsFile};

/// A unified diff without context that gives settings these values; nothing where the file is written
/// in a way that cannot be changed line by line, or where nothing changes.
pub(crate) fn diff(
    file: &SettingsFile,
    path: &str,
    settings: &[(&str, Vec<String>)],
) -> Option<String> {
    let text = file.text();
    let lines: Vec<&str> = text.lines().collect();
    let keys = file.document().keys();
    let mut hunks = Vec::new();
    let mut new = Vec::new();
    for (name, values) in settings {
        // The later of two counts; numbered keys are none of this name.
        match file.document().entries().iter().rfind(|entry| entry.key == *name) {
            Some(entry) => hunks.push(replace(entry.place, file, &lines, values)?),
            None if file.get(name).is_some() => return None,
            None => new.extend(written(name, 0, values)),
        }
    }
    hunks.sort_by_key(|hunk: &Hunk| hunk.start);
    if !new.is_empty() {
        hunks.push(append(new, text, keys, lines.len())?);
        hunks.sort_by_key(|hunk| hunk.start);
    }
    if hunks.is_empty() {
        return None;
    }
    let mut out = format!("--- {path}\n+++ {path}\n");
    let mut shift = 0;
    for hunk in &hunks {
        hunk.write(shift, &mut out);
        shift = shift.saturating_add(hunk.added.len()).saturating_sub(hunk.removed.len());
    }
    Some(out)
}

/// Lines that make way for others.
struct Hunk {
    /// The number of the first line that is removed, or of the line before those that are added.
    start: usize,
    removed: Vec<String>,
    added: Vec<String>,
}

impl Hunk {
    fn write(&self, shift: usize, out: &mut String) {
        let Self { start, removed, added } = self;
        // Without lines that are removed, the new ones stand after the line that is named.
        let place = start.saturating_add(shift).saturating_add(usize::from(removed.is_empty()));
        out.push_str(&format!("@@ -{start},{} +{place},{} @@\n", removed.len(), added.len()));
        for line in removed {
            out.push_str(&format!("-{line}\n"));
        }
        for line in added {
            out.push_str(&format!("+{line}\n"));
        }
    }
}

/// The lines of a setting, up to the next key.
fn replace(key: Place, file: &SettingsFile, lines: &[&str], values: &[String]) -> Option<Hunk> {
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
    let removed: Vec<String> = lines.get(first..end)?.iter().map(|&line| line.to_owned()).collect();
    Some(Hunk {
        start: key.line,
        removed,
        added: written(file.text().get(key.start..key.end)?, indent, values),
    })
}

/// New lines at the end, or before the first key where the last line does not end.
fn append(added: Vec<String>, text: &str, keys: &[Place], count: usize) -> Option<Hunk> {
    let first = keys.first()?;
    if first.column != 1 {
        return None;
    }
    let start = if text.ends_with('\n') { count } else { first.line.checked_sub(1)? };
    Some(Hunk { start, removed: Vec::new(), added })
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

    #[test]
    fn a_setting_makes_way_where_it_stands() {
        check(
            "cluster.name: a\nxpack.security.transport.ssl.certificate_authorities: [ \"a.crt\" ]\nnode.name: b\n",
            "@@ -2,1 +2,3 @@\n-xpack.security.transport.ssl.certificate_authorities: [ \"a.crt\" ]\n\
             +xpack.security.transport.ssl.certificate_authorities:\n+  - a.crt\n+  - b.crt\n",
        );
        check(
            "xpack.security.transport:\n  ssl:\n    certificate_authorities:\n      - a.crt\n# end\n",
            "@@ -3,2 +3,3 @@\n-    certificate_authorities:\n-      - a.crt\n\
             +    certificate_authorities:\n+      - a.crt\n+      - b.crt\n",
        );
    }

    #[test]
    fn a_new_setting_stands_at_the_end() {
        let added =
            "+xpack.security.transport.ssl.certificate_authorities:\n+  - a.crt\n+  - b.crt\n";
        check("cluster.name: a\n", &format!("@@ -1,0 +2,3 @@\n{added}"));
        // Without a line feed at its end, the last line would have to be shown.
        check("# head\nsecret: a", &format!("@@ -1,0 +2,3 @@\n{added}"));
    }

    #[test]
    fn what_cannot_be_changed_by_lines_is_left() {
        check("{xpack.security.transport.ssl.certificate_authorities: [a.crt]}\n", "");
        check("xpack.security.transport.ssl: {certificate_authorities: a.crt}\n", "");
        check("", "");
        check("xpack.security.transport.ssl.certificate_authorities.0: a.crt\n", "");
    }
}
