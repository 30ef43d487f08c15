//! `crosstrust preflight`: a file for each of its commands.

mod node;

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
    Node(node::Arguments),
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    match &arguments.command {
        Command::Node(arguments) => node::run(arguments, context),
    }
}
