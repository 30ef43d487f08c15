//! A line of a connection file that is filled in, and how its value is written.

use crate::document::quoted;

/// A key that is filled in.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Field {
    /// The table that it stands in: `local`, `remote`, `trust`, or nothing at the top.
    pub(super) section: &'static str,
    pub(super) key: &'static str,
    /// What it is, after the value and in the question.
    pub(super) comment: &'static str,
    /// What stands there until it is answered: the usual value, or an example where it is optional.
    pub(super) usual: String,
    pub(super) need: Need,
    pub(super) shape: Shape,
    /// Only asked where this key of the same table was left empty.
    pub(super) instead_of: Option<&'static str>,
    /// Means nothing where one operator runs both clusters.
    pub(super) apart: bool,
    pub(super) answer: Option<String>,
}

/// What the value of a key is made of.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Shape {
    /// Names of indices, in an entry of their own.
    Indices,
    /// One value, or several.
    Many,
    /// Node sets, answered as `NAME:COUNT`.
    NodeSets,
    /// One value.
    One,
}

/// How much a key is needed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Need {
    /// It must be filled in; there is no usual value.
    Required,
    /// It has a usual value.
    Usual,
    /// It may stay away, and is asked for.
    Optional,
    /// It may stay away, and is only shown.
    Shown,
}

impl Field {
    pub(super) fn new(need: Need, key: &'static str, usual: &str, comment: &'static str) -> Self {
        Self {
            section: "",
            key,
            comment,
            usual: usual.to_owned(),
            need,
            shape: Shape::One,
            instead_of: None,
            apart: false,
            answer: None,
        }
    }

    pub(super) fn many(mut self) -> Self {
        self.shape = Shape::Many;
        self
    }

    /// Names of indices, of which `none` leaves the key out.
    pub(super) fn names(mut self) -> Self {
        self.shape = Shape::Indices;
        self
    }

    /// Node sets.
    pub(super) fn sets(mut self) -> Self {
        self.shape = Shape::NodeSets;
        self
    }

    pub(super) fn instead_of(mut self, key: &'static str) -> Self {
        self.instead_of = Some(key);
        self
    }

    pub(super) fn apart(mut self) -> Self {
        self.apart = true;
        self
    }

    /// The line, with its comment where the others have theirs.
    pub(super) fn line(&self) -> String {
        let optional = matches!(self.need, Need::Optional | Need::Shown) && self.answer.is_none();
        let left_out = self.shape == Shape::Indices && self.answer.as_deref() == Some("none");
        let value = match &self.answer {
            Some(answer) if !left_out => self.written(answer),
            None if self.shape == Shape::Indices => self.written(&self.usual),
            _ => self.usual.clone(),
        };
        let mut line = if self.section.is_empty() { "" } else { "  " }.to_owned();
        line.push_str(if optional || left_out { "# " } else { "" });
        line.push_str(self.key);
        line.push(':');
        if !value.is_empty() {
            line.push(' ');
            line.push_str(&value);
        }
        if !self.comment.is_empty() {
            let gap = COMMENT.saturating_sub(line.chars().count()).max(2);
            line.push_str(&" ".repeat(gap));
            line.push_str("# ");
            line.push_str(self.comment);
        }
        line.push('\n');
        line
    }

    /// An answer as YAML: a list where several values are given.
    fn written(&self, answer: &str) -> String {
        let parts = || answer.split(',').map(str::trim).filter(|part| !part.is_empty());
        let scalars: Vec<String> = parts().map(scalar).collect();
        match (self.shape, scalars.as_slice()) {
            (Shape::One, _) => scalar(answer),
            (Shape::Indices, names) => format!("[{{names: [{}]}}]", names.join(", ")),
            (Shape::NodeSets, _) => match parts().map(set).collect::<Option<Vec<String>>>() {
                Some(sets) => format!("[{}]", sets.join(", ")),
                None => scalar(answer),
            },
            (Shape::Many, [one]) => one.clone(),
            (Shape::Many, several) => format!("[{}]", several.join(", ")),
        }
    }
}

/// A node set, from its name and how many nodes it has.
fn set(text: &str) -> Option<String> {
    let (name, count) = text.split_once(':')?;
    Some(format!("{{name: {}, count: {}}}", scalar(name.trim()), scalar(count.trim())))
}

/// A value that is read back as this text; in quotes where YAML would take it for something else.
fn scalar(text: &str) -> String {
    let fits = |c: char| c.is_ascii_alphanumeric() || "._/:-".contains(c);
    let starts = text.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '/' || c == '.');
    let plain = starts && !text.ends_with(':') && text.chars().all(fits) && text != "null";
    if plain { text.to_owned() } else { quoted(text) }
}

/// The column that comments start at.
const COMMENT: usize = 29;
