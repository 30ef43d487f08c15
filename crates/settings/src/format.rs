//! The two languages of settings files.

/// The two languages a settings file may be written in.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Format {
    /// A file whose name ends in `.json`.
    Json,
    /// A file whose name ends in `.yml` or `.yaml`, or standard input.
    Yaml,
}
