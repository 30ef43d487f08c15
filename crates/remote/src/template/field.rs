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
    /// Whether several values may be given.
    pub(super) many: bool,
    /// Whether the values are names of indices, in an entry of their own.
    pub(super) names: bool,
    /// Only asked where this key of the same table was left empty.
    pub(super) instead_of: Option<&'static str>,
    /// Means nothing where one operator runs both clusters.
    pub(super) apart: bool,
    pub(super) answer: Option<String>,
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
            many: false,
            names: false,
            instead_of: None,
            apart: false,
            answer: None,
        }
    }

    pub(super) fn many(mut self) -> Self {
        self.many = true;
        self
    }

    /// Names of indices, of which `none` leaves the key out.
    pub(super) fn names(mut self) -> Self {
        (self.many, self.names) = (true, true);
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
        let left_out = self.names && self.answer.as_deref() == Some("none");
        let value = match &self.answer {
            Some(answer) if !left_out => self.written(answer),
            None if self.names => self.written(&self.usual),
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
        if !self.many {
            return scalar(answer);
        }
        let parts = answer.split(',').map(str::trim).filter(|part| !part.is_empty());
        let parts: Vec<String> = parts.map(scalar).collect();
        match parts.as_slice() {
            _ if self.names => format!("[{{names: [{}]}}]", parts.join(", ")),
            [one] => one.clone(),
            several => format!("[{}]", several.join(", ")),
        }
    }
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
