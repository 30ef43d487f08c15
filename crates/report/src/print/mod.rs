//! The printers: a report as text for people, JSON, SARIF 2.1.0, `JUnit` and
//! GitHub's annotations.

mod github;
mod human;
mod json;
mod junit;
mod markup;
mod sarif;

pub use github::github;
pub use human::{Style, human, snippet};
pub use json::json;
pub use junit::junit;
pub use markup::escaped;
pub use sarif::sarif;

#[cfg(test)]
mod tests;
