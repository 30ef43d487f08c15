//! Where the passwords of a cluster are. A password itself is never in the inventory.

use crosstrust_settings::reader::{Reader, Section, UNKNOWN_KEY};
use crosstrust_settings::tree::{Node, Value};

use crate::keys::{PASSWORD, PASSWORDS, names};

/// Where the passwords of a cluster's files are.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct Passwords {
    /// That of the files of its nodes.
    pub nodes: Option<PasswordSource>,
    /// That of key stores of its CAs.
    pub ca: Option<PasswordSource>,
}

/// Where a password is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum PasswordSource {
    /// In a file.
    File(String),
    /// In an environment variable.
    Environment(String),
}

impl Passwords {
    /// Reads `passwords` of a cluster.
    pub(crate) fn read(reader: &mut Reader, path: &str, cluster: Section<'_>) -> Self {
        let before = reader.problems.len();
        let read = Self::places(reader, path, cluster);
        // Somebody may have written a password there in whatever way.
        for problem in reader.problems.iter_mut().skip(before) {
            problem.is_secret = true;
            if problem.message.starts_with(UNKNOWN_KEY) {
                problem.message = format!("{UNKNOWN_KEY} below `{path}.passwords`");
            }
        }
        read
    }

    fn places(reader: &mut Reader, path: &str, cluster: Section<'_>) -> Self {
        let Some(node) = cluster.get("passwords") else { return Self::default() };
        let path = format!("{path}.passwords");
        if !matches!(node.value, Value::Mapping(_)) {
            refuse_literal(reader, node);
            return Self::default();
        }
        let Some(section) = reader.section(&path, node, &names(PASSWORDS)) else {
            return Self::default();
        };
        let mut of = |key| PasswordSource::read(reader, &path, section, key);
        Self { nodes: of("nodes"), ca: of("ca") }
    }
}

impl PasswordSource {
    fn read(reader: &mut Reader, path: &str, section: Section<'_>, key: &str) -> Option<Self> {
        let node = section.get(key)?;
        if !matches!(node.value, Value::Mapping(_)) {
            refuse_literal(reader, node);
            return None;
        }
        let path = format!("{path}.{key}");
        let place = reader.section(&path, node, &names(PASSWORD))?;
        let file = reader.text(place, "file");
        let environment = reader.text(place, "env");
        match (file, environment) {
            (Some(file), None) => Some(Self::File(file)),
            (None, Some(variable)) => Some(Self::Environment(variable)),
            (None, None) => {
                reader.tell_with(node.place, format!("`{path}` names nothing"), HELP);
                None
            }
            (Some(_), Some(_)) => {
                let message = format!("`{path}` names a file and a variable");
                reader.tell_with(node.place, message, "keep one of the two");
                None
            }
        }
    }
}

/// What is written there is not repeated.
fn refuse_literal(reader: &mut Reader, node: &Node) {
    reader.tell_with(node.place, "a password is not written here", HELP);
}

const HELP: &str =
    "name the file that holds it, {file: east.pass}, or the variable, {env: EAST_PASS}";
