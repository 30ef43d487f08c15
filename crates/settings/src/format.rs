//! The two languages of settings files.

use crate::error::Error;
use crate::error::ErrorKind;

/// The two languages a settings file may be written in.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Format {
    /// A file whose name ends in `.json`.
    Json,
    /// A file whose name ends in `.yml` or `.yaml`, or standard input.
    Yaml,
}

impl Format {
    /// The language that Elasticsearch reads a file in, which the end of its name alone decides. `-`
    /// stands for standard input.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::UnknownSuffix`]; case matters.
    pub fn of(file_name: &str) -> Result<Self, Error> {
        let ends = |suffix: &str| file_name.as_bytes().ends_with(suffix.as_bytes());
        match () {
            () if ends(".json") => Ok(Self::Json),
            () if ends(".yml") || ends(".yaml") => Ok(Self::Yaml),
            // Standard input has no suffix; YAML takes JSON, too.
            () if file_name == "-" => Ok(Self::Yaml),
            () => Err(Error::of_file(ErrorKind::UnknownSuffix)),
        }
    }
}
