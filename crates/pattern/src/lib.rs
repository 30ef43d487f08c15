//! The pattern language of trust restrictions: wildcards and Lucene regular expressions.
//!
//! A trust restrictions file admits a certificate when one of its names matches one of the file's
//! patterns. This crate knows what a pattern means to Elasticsearch, which hands it to Lucene:
//! it parses a pattern, matches names, matches many patterns at once, and compares the sets of
//! names that patterns admit. It knows nothing of certificates or files.
//!
//! ```
//! use crosstrust_pattern::Pattern;
//!
//! let pattern = Pattern::parse("*.cluster1.elasticsearch")?;
//! assert!(pattern.matches("node1.cluster1.elasticsearch"));
//! assert!(!pattern.matches("node1.cluster1.elasticsearch.example"));
//! # Ok::<(), crosstrust_pattern::Error>(())
//! ```
//!
//! Deliberately absent: hostname semantics, case folding, trimming and Unicode normalisation,
//! since Elasticsearch applies none of them.

mod allowance;
pub mod analysis;
mod automaton;
mod containment;
mod difference;
mod error;
mod many;
mod matcher;
mod pattern;
mod regex;
pub mod tsv;
pub mod version;
mod wildcard;

pub use allowance::Allowance;
pub use containment::Containment;
pub use containment::Overlap;
pub use error::Error;
pub use error::ErrorKind;
pub use matcher::Matcher;
pub use pattern::Pattern;
