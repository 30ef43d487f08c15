//! YAML as Elasticsearch reads it: version 1.1, with the leniences and refusals of its parser.
//!
//! Elasticsearch reads YAML with Jackson on top of `SnakeYAML`, a YAML 1.1 processor. Parsers of YAML
//! 1.2 take other files, and resolve aliases, which Jackson does not: it hands out their names. So
//! the scanner here follows the algorithm that `SnakeYAML` shares with the YAML 1.1 reference
//! processors (tokens first, with simple keys found by looking back from the colon), and gives the
//! same events for the same bytes. What values come of them is decided in [`crate::document`].

mod blank;
mod block_scalar;
mod character;
mod collection;
mod parser;
mod property;
mod resolve;
mod scalar;
mod scanner;
mod token;

pub(crate) use character::is_printable;
pub(crate) use parser::Parser;
pub use resolve::Resolved;
pub(crate) use resolve::resolve;
pub(crate) use scalar::Units;
