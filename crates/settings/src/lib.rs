//! Settings files, `elasticsearch.yml` among them, as Elasticsearch's loader reads them.
//!
//! [`SettingsFile`] is a file with all its settings, [`Document`] what they are made of: keys of
//! nested mappings joined with dots, each value with line and column. Whatever makes the loader
//! refuse a file is an [`Error`] with its place. What a setting means is for others to say. [`tree`] reads
//! YAML that Elasticsearch never sees: instances files and connection files.
//!
//! ```
//! use crosstrust_settings::SettingsFile;
//!
//! let file = SettingsFile::parse(b"node:\n  roles: data, ingest\n")?;
//! let roles = file.get("node.roles").unwrap();
//! assert_eq!(roles.items[1].text, "ingest");
//! assert_eq!(roles.place.line, 2);
//! # Ok::<(), crosstrust_settings::Error>(())
//! ```

mod cursor;
mod document;
mod error;
mod event;
mod filled_lists;
mod folded;
mod format;
mod hidden;
mod item;
mod json;
mod limits;
mod place;
mod placeholder;
mod quote;
pub mod reader;
mod secret;
mod settings_file;
mod source;
pub mod tree;
mod yaml;

pub use cursor::Locator;
pub use document::Document;
pub use document::Entry;
pub use document::List;
pub use document::Scalar;
pub use document::Value;
pub use error::Discreet;
pub use error::Error;
pub use error::ErrorKind;
pub use error::Found;
pub use event::Style;
pub use folded::Form;
pub use format::Format;
pub use hidden::{Hidden, holds_secret};
pub use item::Item;

pub use place::Excerpt;
pub use place::Place;
pub use placeholder::{PlaceholderError, Placeholders};
pub use quote::double_quoted;
pub use quote::quoted;
pub use secret::{has_password, is_secret, may_hold_secret, without_passwords};
pub use settings_file::Setting;
pub use settings_file::SettingsFile;
pub use source::decode;
pub use yaml::Resolved;
