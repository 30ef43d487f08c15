//! `crosstrust remote`: a file for each of its commands.

mod api_key;
mod ask;
mod check;
mod configured;
mod init;
mod interview;
mod loaded;
mod material;
mod merge_trust;
mod opened;
mod partner;
mod plan;
mod planned;
mod running;
mod verify;

use clap::Args;

use crate::command_table::commands;
use crate::context::Context;
use crate::failure::Failure;
use crate::outcome::Outcome;

/// Connect a cluster to a remote one: everything that both sides need, from one file
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

commands! {
    Check(check),
    Init(init),
    MergeTrust(merge_trust),
    Plan(plan),
    Verify(verify),
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    arguments.command.run(context)
}
