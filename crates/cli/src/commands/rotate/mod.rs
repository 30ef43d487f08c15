//! `crosstrust rotate`: a file for each of its commands.

mod plan;

use clap::Args;

use crate::command_table::commands;
use crate::context::Context;
use crate::failure::Failure;
use crate::outcome::Outcome;

/// Let one CA follow another without stopping a node
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

commands! {
    Plan(plan),
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    arguments.command.run(context)
}
