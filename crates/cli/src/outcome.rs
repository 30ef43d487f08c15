//! How a run ended, and the number that the shell gets.

use std::process::ExitCode;

use crosstrust_report::print::fitted;

use crate::meant::commands_for;

/// How a run ended.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Outcome {
    /// Done, and nothing found wrong.
    Clean,
    /// Done, and something found wrong.
    Findings,
    /// Not done; nothing has been written.
    Failed,
    /// With an exit status of its own, as the drop-in for elasticsearch-certutil has them.
    Status(u8),
}

impl Outcome {
    /// Clean if all is well, else with findings.
    pub(crate) fn clean_if(well: bool) -> Self {
        if well { Self::Clean } else { Self::Findings }
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Clean => Self::SUCCESS,
            Outcome::Findings => Self::from(1),
            Outcome::Failed => Self::from(2),
            Outcome::Status(status) => Self::from(status),
        }
    }
}

/// Prints for a terminal of so many columns what the argument parser has to say: help and version on standard output, an error on
/// standard error in our form.
///
/// `hide` takes out of a text what nobody is told.
pub(crate) fn usage(
    error: &clap::Error,
    hide: impl Fn(String) -> String,
    root: &clap::Command,
    columns: Option<usize>,
) -> ExitCode {
    use std::io::Write;

    if !error.use_stderr() {
        let _ = error.print();
        return Outcome::Clean.into();
    }
    let meant = unknown_command(error).map(|word| commands_for(&word, root)).unwrap_or_default();
    let text = hide(error.render().to_string());
    let text = in_our_form(&text, !meant.is_empty());
    let prefix = if text.starts_with("error:") { "crosstrust: " } else { "" };
    let hints = meant.into_iter().map(|line| format!("there is {line}"));
    let hints = hints.chain(hint(error).map(str::to_owned));
    let hints: String = hints.map(|hint| format!("crosstrust: hint: {hint}\n")).collect();
    // Nothing is left to tell the failure to, so a second one is ignored.
    let text = fitted(&format!("{prefix}{text}{hints}"), columns);
    let _ = write!(std::io::stderr(), "{text}");
    Outcome::Failed.into()
}

/// The word that is taken for a command and is none.
fn unknown_command(error: &clap::Error) -> Option<String> {
    match error.get(clap::error::ContextKind::InvalidSubcommand)? {
        clap::error::ContextValue::String(word) => Some(word.clone()),
        _ => None,
    }
}

/// The parser's words, with its advice called what it is called elsewhere; without it where there is better.
fn in_our_form(text: &str, without_advice: bool) -> String {
    let is_kept = |line: &&str| !without_advice || !line.starts_with("  tip: ");
    let text: String = text.split_inclusive('\n').filter(is_kept).collect();
    text.replace("\n  tip: ", "\ncrosstrust: hint: ")
        .replace("\n\n\n", "\n\n")
        .replace("For more information, try '--help'.", "crosstrust: hint: --help tells more")
}

/// What the argument parser does not say of a line that it refuses.
fn hint(error: &clap::Error) -> Option<&'static str> {
    use clap::error::{ContextKind, ContextValue, ErrorKind};

    let argument = error.get(ContextKind::InvalidArg)?;
    let (ErrorKind::MissingRequiredArgument, ContextValue::Strings(missing)) =
        (error.kind(), argument)
    else {
        return None;
    };
    let positional = |name: &String| name == "<CERTS>..." || name == "<HOST:PORT>...";
    let lacks = |option: &str| missing.iter().any(|name| name.starts_with(option));
    let usage = error.get(ContextKind::Usage)?.to_string();
    if !missing.iter().any(positional) {
        return None;
    }
    if usage.contains("--trust ") && !lacks("--trust") {
        return Some("give them first: --trust takes every word that follows it");
    }
    usage.contains("preflight node").then_some(
        "check a node by its settings with --config /etc/elasticsearch/elasticsearch.yml, its certificate with \
         `node1.crt --trust ca.crt`, or a cluster of crosstrust.yml by its name",
    )
}
