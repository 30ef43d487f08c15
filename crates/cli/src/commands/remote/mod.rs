//! `crosstrust remote`: a file for each of its commands.

mod check;
mod init;
mod interview;
mod material;
mod merge_trust;
mod opened;
mod plan;
mod verify;

use clap::{Args, Subcommand};
use crosstrust_remote::{Connection, Error};

use crate::context::Context;
use crate::failure::{Failure, Message, chain};
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

/// Reads a connection file, and gives its text too; everything wrong in it is told at once, each
/// with its line.
fn read(path: &str, context: &mut Context) -> Result<(String, Connection), Failure> {
    let text = context.read_text(path)?;
    let connection = Connection::parse(&text).map_err(|error| match error {
        Error::Connection { problems } => {
            let messages = problems.iter().map(|problem| {
                let (line, column) = (problem.place.line, problem.place.column);
                let source = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
                Message::new(problem)
                    .at(format!("{path}:{line}:{column}"))
                    .excerpt(line, column, 1, source)
                    .maybe_hint(problem.help.as_ref())
            });
            Failure::several(messages.collect())
        }
        other => Failure::from(Message::new(chain(&other)).at(path)),
    })?;
    Ok((text, connection))
}
