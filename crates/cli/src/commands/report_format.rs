//! In what form findings are printed.

use clap::ValueEnum;
use crosstrust_report::Report;
use crosstrust_report::print::{self, Style};
use serde::Serialize;

use super::listing::json;

/// In what form findings are printed.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// Workflow commands, which GitHub shows as annotations
    Github,
    /// For people
    Human,
    /// One JSON document
    Json,
    /// SARIF 2.1.0
    Sarif,
}

impl ReportFormat {
    /// A report in this form; people and JSON get what the command itself makes of it.
    pub(crate) fn render<D: Serialize>(
        self,
        report: &Report,
        style: Style,
        human: impl FnOnce(Style) -> String,
        document: impl FnOnce() -> D,
    ) -> String {
        match self {
            Self::Github => print::github(report),
            Self::Human => human(style),
            Self::Json => json(&document()),
            Self::Sarif => print::sarif(report, env!("CARGO_PKG_VERSION")),
        }
    }
}
