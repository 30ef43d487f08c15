//! The crosstrust command: reads files, calls one crate, prints.
//!
//! This is the only crate that touches files, the clock, the environment, the terminal and the
//! network. It decides nothing itself.

mod archive;
mod certutil;
mod command_table;
mod commands;
mod context;
mod failure;
mod help;
mod input;
mod interrupt;
mod json;
mod material;
mod meant;
mod network;
mod options;
mod outcome;
mod output;
mod password;
mod progress;
mod rules;
mod secret;
mod signer;
mod table;
mod url;
mod version;
mod written;

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use clap::FromArgMatches;

use context::{Color, Context};
use failure::Failure;
use outcome::Outcome;

pub use help::{Example, Page, pages};
pub use rules::rules;

/// Runs the command with these arguments, the program's name first, and gives its exit status:
/// 0 done, 1 done and something found wrong, 2 not done.
///
/// Called by the name `elasticsearch-certutil`, it is the drop-in for that: the whole line is read
/// by its rules, and the exit status is one of its own.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    if let Some((program, words)) = arguments.split_first()
        && Path::new(program).file_stem().is_some_and(|stem| stem == CERTUTIL)
    {
        let words: Vec<String> =
            words.iter().map(|word| word.to_string_lossy().into_owned()).collect();
        return certutil::run(&words, &mut Context::new(Color::Auto)).into();
    }
    if version::is_asked(&arguments) {
        return match version::print().map_err(Failure::from) {
            Err(failure) if !failure.is_broken_pipe() => {
                Context::new(Color::Auto).complain(&failure);
                Outcome::Failed.into()
            }
            _ => Outcome::Clean.into(),
        };
    }
    let parsed = command()
        .try_get_matches_from(&arguments)
        .and_then(|matches| commands::Cli::from_arg_matches(&matches));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => {
            let hide = |text| url::without_secrets(text, &arguments);
            return outcome::usage(&error, hide, &command(), context::message_columns());
        }
    };
    let mut context = Context::new(cli.color);
    let result = commands::run(&cli, &mut context).and_then(|outcome| {
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
    commands::command()
}

/// The other name of the binary.
const CERTUTIL: &str = "elasticsearch-certutil";
