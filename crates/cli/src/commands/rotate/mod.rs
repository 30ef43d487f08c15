//! `crosstrust rotate`: a file for each of its commands.

mod plan;

use clap::{Args, Subcommand};

use crate::context::Context;
use crate::failure::Failure;
use crate::outcome::Outcome;

/// Let one CA follow another without stopping a node
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Plan(plan::Arguments),
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    match &arguments.command {
        Command::Plan(arguments) => plan::run(arguments, context),
    }
}
