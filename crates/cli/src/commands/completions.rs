//! `crosstrust completions`.

use clap::Args;
use clap_complete::Shell;

use crate::context::Context;
use crate::failure::Failure;
use crate::help;
use crate::outcome::Outcome;

/// Print a completion script for a shell
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The shell
    shell: Shell,
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut help::command(), "crosstrust", &mut script);
    context.print(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Clean)
}
