//! `crosstrust completions`.

use clap::{Args, Command};
use clap_complete::Shell;

use crate::context::Context;
use crate::failure::Failure;
use crate::outcome::Outcome;

/// Print a completion script for a shell
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The shell
    shell: Shell,
}

/// Prints the script for the whole command line.
pub(crate) fn run(
    arguments: &Arguments,
    command: &mut Command,
    context: &mut Context,
) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, command, "crosstrust", &mut script);
    context.print(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Clean)
}
