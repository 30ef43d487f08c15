//! Why Elasticsearch would not load a trust restrictions file.

use std::fmt;

use crosstrust_settings::ErrorKind;
use crosstrust_settings::Excerpt;
use crosstrust_settings::Format;
use crosstrust_settings::Found;
use crosstrust_settings::Place;

/// Why Elasticsearch would not load a trust restrictions file, and where in it.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Error {
    /// A pattern that Elasticsearch cannot build.
    Pattern(Box<InvalidPattern>),
    /// What its settings loader refuses.
    Settings(crosstrust_settings::Error),
}

/// A pattern that Elasticsearch cannot build.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct InvalidPattern {
    /// The pattern.
    pub pattern: String,
    /// Why it is invalid, and where within it.
    pub reason: crosstrust_pattern::Error,
    /// Where the fault stands in the file.
    pub place: Place,
    /// The line it stands on.
    pub excerpt: Excerpt,
}

impl Error {
    /// What is wrong, without the place.
    pub fn message(&self) -> String {
        match self {
            Self::Pattern(invalid) => {
                let InvalidPattern { pattern, reason, .. } = invalid.as_ref();
                format!("the pattern `{pattern}` is invalid: {reason}")
            }
            Self::Settings(error) => error.kind().to_string(),
        }
    }

    /// Where it stands, unless the file as a whole is at fault.
    pub fn place(&self) -> Option<Place> {
        match self {
            Self::Pattern(invalid) => Some(invalid.place),
            Self::Settings(error) => error.place(),
        }
    }

    /// The line it stands on, for a caret.
    pub fn excerpt(&self) -> Option<&Excerpt> {
        match self {
            Self::Pattern(invalid) => Some(&invalid.excerpt),
            Self::Settings(error) => error.excerpt(),
        }
    }

    /// What a person can do about it, if that can be said.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Pattern(_) => None,
            Self::Settings(error) => help(error.kind(), error.format()),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place() {
            Some(Place { line, column, .. }) => {
                write!(formatter, "line {line}, column {column}: {}", self.message())
            }
            None => formatter.write_str(&self.message()),
        }
    }
}

impl std::error::Error for Error {}

impl From<crosstrust_settings::Error> for Error {
    fn from(error: crosstrust_settings::Error) -> Self {
        Self::Settings(error)
    }
}

/// What a person can do about a fault for which the settings loader refuses a restrictions file.
pub(crate) fn help(kind: &ErrorKind, format: Format) -> Option<String> {
    let help = match (kind, format) {
        (ErrorKind::RootNotMapping { found: Found::List }, Format::Json) => {
            "write it as `{\"trust.subject_name\": [...]}`"
        }
        (ErrorKind::EmptyDocument | ErrorKind::RootNotMapping { .. }, Format::Json) => {
            "write an object: `{\"trust.subject_name\": [...]}`"
        }
        (
            ErrorKind::EmptyDocument | ErrorKind::RootNotMapping { found: Found::List },
            Format::Yaml,
        ) => "write the list under the key `trust.subject_name`",
        (ErrorKind::DuplicateKey { .. }, _) => "merge the two into one list",
        (ErrorKind::KeyWithoutColon, Format::Yaml) => {
            "is it a list item? Then write `- ` before it, and quote it"
        }
        _ => return kind.help(format),
    };
    Some(help.to_owned())
}
