//! `crosstrust inventory`: a file for each of its commands.

mod check;
mod init;
mod schema;

use clap::Args;

use crate::command_table::commands;
use crate::context::Context;
use crate::failure::Failure;
use crate::outcome::Outcome;

/// Name the clusters once, in crosstrust.yml, for all commands
///
/// The file says of each cluster where its files and passwords are, and whom it is meant to accept. Commands
/// find it upwards from the working folder, or by --inventory FILE, and take the names of its clusters.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

commands! {
    Check(check),
    Init(init),
    Schema(schema),
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    arguments.command.run(context)
}
