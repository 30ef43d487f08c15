//! How a run ended, and the number that the shell gets.

use std::process::ExitCode;

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

/// Prints what the argument parser has to say: help and version on standard output, an error on
/// standard error in our form.
pub(crate) fn usage(error: &clap::Error) -> ExitCode {
    use std::io::Write;

    if !error.use_stderr() {
        let _ = error.print();
        return Outcome::Clean.into();
    }
    let text = in_our_form(&error.render().to_string());
    let prefix = if text.starts_with("error:") { "crosstrust: " } else { "" };
    // Nothing is left to tell the failure to, so a second one is ignored.
    let hint = hint(error).map(|hint| format!("crosstrust: hint: {hint}\n")).unwrap_or_default();
    let _ = write!(std::io::stderr(), "{prefix}{text}{hint}");
    Outcome::Failed.into()
}

/// The parser's words, with its advice called what it is called elsewhere.
fn in_our_form(text: &str) -> String {
    text.replace("\n  tip: ", "\ncrosstrust: hint: ")
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
    let trusted = missing.iter().any(|name| name.starts_with("--trust"));
    let takes_trust = error.get(ContextKind::Usage)?.to_string().contains("--trust ");
    let swallowed = missing.iter().any(positional) && takes_trust && !trusted;
    swallowed.then_some("give them first: --trust takes every word that follows it")
}
