//! The settings that change, each in the form that the file has for it.

use crosstrust_settings::{Place, SettingsFile};

use super::braces::{flow, is_in_braces, outermost};
use super::lines::Lines;
use super::{indent, place, written};

/// What changes, as YAML: a setting that stands below another key, or in braces, stands so here too.
pub(crate) fn snippet(file: Option<&SettingsFile>, settings: &[(&str, Vec<String>)]) -> String {
    let parts = settings.iter().map(|(name, values)| Part::of(file, name, values));
    let mut groups: Vec<Vec<Part<'_>>> = Vec::new();
    for part in parts {
        let same = |group: &&mut Vec<Part<'_>>| {
            part.parent.is_some() && group.first().is_some_and(|first| first.fits(&part))
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.push(part),
            None => groups.push(vec![part]),
        }
    }
    if file.and_then(outermost).is_some() {
        let items: String = groups.iter().map(|group| item(group)).collect();
        return format!("{{\n{items}}}\n");
    }
    let indent = file.map_or(0, indent);
    groups.iter().map(|group| lines(group, indent)).collect()
}

/// A setting, and where it stands.
struct Part<'a> {
    name: &'a str,
    values: &'a [String],
    /// What becomes of what the file has for it.
    standing: String,
    /// The keys that it stands below, where it does.
    parent: Option<&'a str>,
    in_braces: bool,
}

impl<'a> Part<'a> {
    fn of(file: Option<&SettingsFile>, name: &'a str, values: &'a [String]) -> Self {
        let none = Self { name, values, standing: String::new(), parent: None, in_braces: false };
        let Some(file) = file else { return none };
        let Some(key) = place(file, name) else {
            let there = file.get(name).is_some();
            let standing = match (there, outermost(file)) {
                (true, _) => "Replaces what the file that was read has for it.",
                (false, Some(_)) => {
                    "Added, in the outer braces: the file that was read does not have it."
                }
                (false, None) => "Added: the file that was read does not have it.",
            };
            return Self { standing: format!("# {standing}\n"), ..none };
        };
        let own = own(file, key);
        let parent = name.strip_suffix(own).and_then(|parent| parent.strip_suffix('.'));
        let in_braces = is_in_braces(file, key);
        let lines = Lines::of(file.text());
        let line = lines.at(key.start).saturating_add(1);
        let standing = match (parent, in_braces) {
            (_, true) => format!(
                "# Replaces the setting in the braces of line {line} of the file that was read.\n"
            ),
            (None, false) => {
                format!("# Replaces the setting in line {line} of the file that was read.\n")
            }
            (Some(parent), false) => format!(
                "# Replaces `{own}` in line {line} of the file that was read, below what makes `{parent}`:\n\
                 # that key and its value, with {} blanks before it.\n",
                key.column.saturating_sub(1)
            ),
        };
        Self { standing, parent, in_braces, ..none }
    }

    /// Whether both stand below the same keys.
    fn fits(&self, other: &Self) -> bool {
        (self.parent, self.in_braces) == (other.parent, other.in_braces)
    }

    fn own(&self) -> &'a str {
        let below = self.parent.and_then(|parent| self.name.strip_prefix(parent));
        below.and_then(|own| own.strip_prefix('.')).unwrap_or(self.name)
    }

    fn pair(&self) -> String {
        format!("{}: {}", self.own(), flow(self.name, self.values))
    }
}

/// The last part of a setting's name: the key, without quotes.
fn own(file: &SettingsFile, key: Place) -> &str {
    file.text().get(key.start..key.end).unwrap_or_default().trim_matches(['"', '\''])
}

/// Settings below one key, or a single one, in lines.
fn lines(group: &[Part<'_>], indent: usize) -> String {
    let mut text: String = group.iter().map(|part| part.standing.as_str()).collect();
    let blanks = " ".repeat(indent);
    let Some(first) = group.first() else { return text };
    if first.in_braces {
        let pairs: Vec<String> = group.iter().map(Part::pair).collect();
        let pairs = pairs.join(", ");
        text.push_str(&match first.parent {
            Some(parent) => format!("{blanks}{parent}: {{{pairs}}}\n"),
            None => format!("{blanks}{pairs}\n"),
        });
        return text;
    }
    let inner = if let Some(parent) = first.parent {
        text.push_str(&format!("{blanks}{parent}:\n"));
        indent.saturating_add(2)
    } else {
        indent
    };
    for part in group {
        for line in written(part.own(), inner, part.values) {
            text.push_str(&line);
            text.push('\n');
        }
    }
    text
}

/// The same in the braces around a file.
fn item(group: &[Part<'_>]) -> String {
    let standing: String = group.iter().map(|part| part.standing.as_str()).collect();
    let pairs: Vec<String> = group.iter().map(Part::pair).collect();
    let pairs = pairs.join(", ");
    match group.first().and_then(|first| first.parent) {
        Some(parent) => format!("{standing}{parent}: {{{pairs}}},\n"),
        None => format!("{standing}{pairs},\n"),
    }
}
