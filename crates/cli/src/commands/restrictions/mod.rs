//! `crosstrust restrictions`: a file for each of its commands.

mod add;
mod check;
mod explain;
mod generate;
mod lint;
mod matching;
mod merge;
mod show;

use clap::Args;

use crate::command_table::commands;
use crate::context::Context;
use crate::failure::Failure;
use crate::outcome::Outcome;

/// Judge, show and write trust restrictions files as Elasticsearch means them
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

commands! {
    Add(add),
    Check(check),
    Explain(explain),
    Generate(generate),
    Lint(lint),
    Match(matching),
    Merge(merge),
    Show(show),
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    arguments.command.run(context)
}
