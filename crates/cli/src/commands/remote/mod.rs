//! `crosstrust remote`: a file for each of its commands.

mod check;
mod configured;
mod init;
mod interview;
mod material;
mod merge_trust;
mod opened;
mod plan;
mod verify;

use clap::{Args, Subcommand};

use crate::context::Context;
use crate::failure::Failure;
use crate::outcome::Outcome;

/// Connect a cluster to a remote one: everything that both sides need, from one file
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Arguments),
    Init(init::Arguments),
    MergeTrust(merge_trust::Arguments),
    Plan(plan::Arguments),
    Verify(verify::Arguments),
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    match &arguments.command {
        Command::Check(arguments) => check::run(arguments, context),
        Command::Init(arguments) => init::run(arguments, context),
        Command::MergeTrust(arguments) => merge_trust::run(arguments, context),
        Command::Plan(arguments) => plan::run(arguments, context),
        Command::Verify(arguments) => verify::run(arguments, context),
    }
}
