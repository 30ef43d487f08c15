//! Options that several pre-flight commands have.

use clap::ValueEnum;
use crosstrust_preflight::{RestrictionsFile, TrustFile, TrustList};
use crosstrust_report::Report;
use crosstrust_report::print::{self, Style};
use serde::Serialize;

use crate::commands::listing::json;
use crate::commands::restrictions;
use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::password::Source;

/// In what form findings are printed.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(super) enum ReportFormat {
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
    pub(super) fn render<D: Serialize>(
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

/// The certificates that are trusted: all of these files.
pub(super) fn trust_list(
    arguments: &[String],
    source: &Source<'_>,
    context: &mut Context,
) -> Result<TrustList, Failure> {
    let mut files = Vec::new();
    for opened in context.open_all(arguments, source)? {
        let certificates: Vec<_> = opened.contents.certificates().into_iter().cloned().collect();
        if certificates.is_empty() {
            return Err(Message::new("holds no certificate to trust").at(&opened.path).into());
        }
        let private_keys = opened.contents.keys().count();
        files.push(TrustFile { path: opened.path, certificates, private_keys });
    }
    Ok(TrustList::from_files(files))
}

/// A restrictions file.
pub(super) fn restrictions(path: &str, context: &mut Context) -> Result<RestrictionsFile, Failure> {
    let restrictions = restrictions::read(path, context)?;
    Ok(RestrictionsFile { path: path.to_owned(), restrictions })
}
