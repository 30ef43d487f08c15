//! Trust restrictions files: which node certificates an Elasticsearch cluster lets in.
//!
//! [`Restrictions`] is a file as Elasticsearch reads it, to the letter: whatever keeps a node from
//! starting is an [`Error`] here, with its place. It judges certificates by their names, which
//! [`certificate_names`] finds. [`Linter`] says what is wrong with a file, and mends it;
//! [`Generator`] writes a new one; [`add`] and [`merge`] change one and leave the rest as it is.
//!
//! ```
//! use crosstrust_restrictions::Restrictions;
//!
//! let file = b"trust.subject_name:\n  - '*.node.east.example'\n";
//! let restrictions = Restrictions::parse("trust.yml", file)?;
//! assert!(restrictions.judge(&["es1.node.east.example"]).is_some());
//! assert!(restrictions.judge(&["es1.node.west.example"]).is_none());
//!
//! let unquoted = b"trust.subject_name:\n  - *.node.east.example\n";
//! let error = Restrictions::parse("trust.yml", unquoted).unwrap_err();
//! assert_eq!(error.help().as_deref(), Some("quote it: '*.node.east.example'"));
//! # Ok::<(), crosstrust_restrictions::Error>(())
//! ```
//!
//! Nothing here opens a file: names of files only tell whether they hold YAML or JSON.

mod callout;
mod edit;
mod elasticsearch_version;
mod error;
mod examine;
mod field;
mod generate;
mod lint;
mod loaded;
mod nearest;
mod recognise;
mod restricted_node;
mod restrictions;
mod rules;
mod set;

pub use edit::EditError;
pub use edit::Edited;
pub use edit::add;
pub use edit::merge;
pub use elasticsearch_version::ElasticsearchVersion;
pub use elasticsearch_version::UnknownVersion;
pub use error::Error;
pub use error::InvalidPattern;
pub use field::CertificateName;
pub use field::UnknownField;
pub use field::X509Field;
pub use field::certificate_names;
pub use field::names_on_some_releases;
pub use generate::Admission;
pub use generate::GenerateError;
pub use generate::Generated;
pub use generate::Generator;
pub use generate::Grant;
pub use generate::literal_pattern;
pub use lint::Fixed;
pub use lint::Linter;
pub use loaded::IgnoredKey;
pub use loaded::Loaded;
pub use nearest::Nearest;
pub use recognise::is_restrictions_file;
pub use restricted_node::NamedRestrictions;
pub use restricted_node::RESTRICTIONS_SETTING;
pub use restricted_node::RestrictedNode;
pub use restricted_node::restrictions_path;
pub use restrictions::Match;
pub use restrictions::Restrictions;
pub use rules::DEAD_PATTERN;
pub use rules::Permissions;
pub use rules::explain;
pub use rules::rules;
pub use set::RestrictionsSet;
