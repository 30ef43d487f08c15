//! Findings: one vocabulary (rule, severity, place, help), and its printers for people and machines.
//!
//! A check makes [`Finding`]s of [`Rule`]s and collects them in a [`Report`]; nothing here knows
//! who reports. Printers: [`print::human`], [`print::json`], [`print::sarif`], [`print::junit`],
//! [`print::github`], [`print::concise`]. For people equal findings of several nodes are one.
//!
//! ```
//! use crosstrust_report::{Finding, Report, Rule, Severity, print};
//!
//! const RULE: Rule = Rule {
//!     code: "TR041",
//!     severity: Severity::Warning,
//!     summary: "a pattern matches every name",
//!     explanation: "`*` admits each certificate that the authority has ever signed.",
//!     help: "write the suffix that only this cluster's nodes carry",
//! };
//! let mut report = Report::default();
//! report.push(Finding::new(&RULE, "`*` matches every name").in_file("trust.yml").at(2, 5));
//! assert!(print::human(&report, print::Layout::default()).starts_with("warning[TR041]"));
//! ```

mod finding;
mod grouped;
mod names;
pub mod print;
mod rule;
pub mod shell;
mod suggestion;

pub use finding::{Finding, Report, Summary};
pub use grouped::listed;
pub use names::short_names;
pub use rule::{Rule, Severity};
pub use suggestion::closest;
