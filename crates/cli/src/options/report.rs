//! In what form findings are printed, and which of them make a run fail.

use clap::{Args, ValueEnum};
use crosstrust_report::print::{self, Layout};
use crosstrust_report::{Report, Severity};
use serde::Serialize;

use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::json::json;
use crate::outcome::Outcome;

/// `--format` and `--fail-on`, for commands that report findings.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct ReportOptions {
    /// In what form results are printed: human, concise, json, sarif, github or junit
    #[arg(long, value_name = "FORMAT", default_value = "human", hide_possible_values = true)]
    format: ReportFormat,
    /// How bad a finding must be for exit status 1: error, warning or note; never for none, as timers want it
    #[arg(long, value_name = "SEVERITY", default_value = "error", hide_possible_values = true)]
    fail_on: FailOn,
    /// List all nodes of a finding, and each node in a row of its own
    #[arg(long)]
    verbose: bool,
}

/// In what form findings are printed.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum ReportFormat {
    /// A line for each finding: path:line:column: CODE message
    Concise,
    /// Workflow commands, which GitHub shows as annotations
    Github,
    /// For people
    Human,
    /// One JSON document
    Json,
    /// XML of `JUnit`: a test case for each finding
    Junit,
    /// SARIF 2.1.0
    Sarif,
}

/// How bad a finding must be for exit status 1.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum FailOn {
    /// An error
    Error,
    /// None: status 0 unless the run could not be done
    Never,
    /// Any finding
    Note,
    /// A warning or an error
    Warning,
}

impl ReportOptions {
    /// A report in the form asked for; people and JSON get what the command itself makes of it.
    pub(crate) fn render<D: Serialize>(
        self,
        report: &Report,
        context: &Context,
        human: impl FnOnce(Layout) -> String,
        document: impl FnOnce() -> D,
    ) -> String {
        match self.format {
            ReportFormat::Concise => print::concise(report),
            ReportFormat::Github => print::github(report, self.verbose),
            ReportFormat::Human => {
                let layout = context.layout(self.verbose);
                print::fitted(&human(layout), layout.columns)
            }
            ReportFormat::Json => json(&document()),
            ReportFormat::Junit => print::junit(report, self.severity(), self.verbose),
            ReportFormat::Sarif => print::sarif(report, env!("CARGO_PKG_VERSION")),
        }
    }

    /// Whether what one of these options writes goes to standard output, `-`, and so takes the place
    /// of the account for people. Refused for two of them, and beside another format.
    pub(crate) fn takes_standard_output(
        self,
        targets: &[(&str, Option<&String>)],
    ) -> Result<bool, Failure> {
        for (index, (option, path)) in targets.iter().enumerate() {
            let earlier = targets.iter().take(index).filter(|(_, other)| other.is_some());
            let Some((other, _)) = earlier.into_iter().find(|(_, other)| other == path) else {
                continue;
            };
            if let Some(path) = path.filter(|path| *path != "-") {
                let message = format!("{other} and {option} both write this file");
                return Err(Message::new(message)
                    .at(path)
                    .hint("name another for one of them")
                    .into());
            }
        }
        let named = |target: &&(&str, Option<&String>)| target.1.is_some_and(|path| path == "-");
        let mut wanted = targets.iter().filter(named).map(|(option, _)| format!("{option} -"));
        let Some(first) = wanted.next() else { return Ok(false) };
        let second = wanted.next();
        let other = (self.format != ReportFormat::Human).then(|| "--format".to_owned());
        let Some(second) = second.or(other) else { return Ok(true) };
        let what = format!("{first} and {second} both write to standard output");
        Err(Message::new(what).hint("name a file for one of them").into())
    }

    /// How a run with these findings ends.
    pub(crate) fn outcome(self, report: &Report) -> Outcome {
        let fails = self.fail_on != FailOn::Never && report.has_any_as_bad_as(self.severity());
        Outcome::clean_if(!fails)
    }

    /// The same where something is judged, too: what is not accepted is one with findings.
    pub(crate) fn outcome_of(self, report: &Report, is_accepted: bool) -> Outcome {
        if is_accepted || self.fail_on == FailOn::Never {
            return self.outcome(report);
        }
        Outcome::Findings
    }

    fn severity(self) -> Severity {
        match self.fail_on {
            FailOn::Error | FailOn::Never => Severity::Error,
            FailOn::Note => Severity::Note,
            FailOn::Warning => Severity::Warning,
        }
    }
}

/// The findings of files for people, and a word where there is none.
pub(crate) fn findings(report: &Report, layout: Layout) -> String {
    if report.is_empty() { "no findings\n".to_owned() } else { print::human(report, layout) }
}
