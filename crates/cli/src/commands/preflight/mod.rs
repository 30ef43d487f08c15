//! `crosstrust preflight`: a file for each of its commands.

mod configured;
mod configured_files;
mod endpoint;
mod endpoint_view;
mod identity;
mod matrix;
mod misplaced;
mod node;
mod node_options;
mod options;

use clap::{Args, Subcommand};

use crate::context::Context;
use crate::failure::Failure;
use crate::outcome::Outcome;

/// Say what Elasticsearch would say, before a node is restarted
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Endpoint(endpoint::Arguments),
    Identity(identity::Arguments),
    Matrix(matrix::Arguments),
    Node(node::Arguments),
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    match &arguments.command {
        Command::Endpoint(arguments) => endpoint::run(arguments, context),
        Command::Identity(arguments) => identity::run(arguments, context),
        Command::Matrix(arguments) => matrix::run(arguments, context),
        Command::Node(arguments) => node::run(arguments, context),
    }
}
