//! The crosstrust command: reads files, calls one crate, prints.
//!
//! This is the only crate that touches files, the clock, the environment and the terminal. It
//! decides nothing itself.

mod arguments;
mod commands;
mod context;
mod failure;
mod help;
mod input;
mod outcome;
mod output;
mod password;
mod progress;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::FromArgMatches;

use context::Context;
use outcome::Outcome;

pub use help::{Example, Page, pages};

/// Runs the command with these arguments, the program's name first, and gives its exit status:
/// 0 done, 1 done and something found wrong, 2 not done.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let parsed = help::command()
        .try_get_matches_from(arguments)
        .and_then(|matches| arguments::Cli::from_arg_matches(&matches));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => return outcome::usage(&error),
    };
    let mut context = Context::new(cli.color);
    let result = commands::run(cli.command, &mut context).and_then(|outcome| {
        context.flush()?;
        Ok(outcome)
    });
    match result {
        Ok(outcome) => outcome.into(),
        Err(failure) if failure.is_broken_pipe() => Outcome::Clean.into(),
        Err(failure) => {
            context.complain(&failure);
            Outcome::Failed.into()
        }
    }
}

/// The whole command line, for man pages and completions.
pub fn command() -> clap::Command {
    help::command()
}
