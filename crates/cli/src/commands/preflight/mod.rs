//! `crosstrust preflight`: a file for each of its commands.

mod configured;
mod endpoint;
mod endpoint_view;
mod identity;
mod matrix;
mod node;
mod node_options;
mod options;

use clap::Args;

use crate::command_table::commands;
use crate::context::Context;
use crate::failure::Failure;
use crate::outcome::Outcome;

/// Say what Elasticsearch would say, before a node is restarted
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

commands! {
    Endpoint(endpoint),
    Identity(identity),
    Matrix(matrix),
    Node(node),
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    arguments.command.run(context)
}
