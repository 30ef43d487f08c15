//! The command line of elasticsearch-certutil: its options as data, and the rules of the Java
//! library that reads them.

mod error;
mod given;
mod parse;
mod spec;
#[cfg(test)]
mod tests;

pub(super) use error::OptionError;
pub(super) use given::{Options, split};
pub(super) use parse::{parse, parse_leading};
pub(super) use spec::{Argument, Spec};
