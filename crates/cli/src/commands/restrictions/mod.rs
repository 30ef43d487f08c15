//! `crosstrust restrictions`: a file for each of its commands.

mod add;
mod check;
mod explain;
mod generate;
mod lint;
mod matching;
mod merge;
mod show;

use clap::{Args, Subcommand};

use crate::context::Context;
use crate::failure::Failure;
use crate::outcome::Outcome;

/// Judge, show and write trust restrictions files as Elasticsearch means them
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Add(add::Arguments),
    Check(check::Arguments),
    Explain(explain::Arguments),
    Generate(generate::Arguments),
    Lint(lint::Arguments),
    Match(matching::Arguments),
    Merge(merge::Arguments),
    Show(show::Arguments),
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    match &arguments.command {
        Command::Add(arguments) => add::run(arguments, context),
        Command::Check(arguments) => check::run(arguments, context),
        Command::Explain(arguments) => explain::run(arguments, context),
        Command::Generate(arguments) => generate::run(arguments, context),
        Command::Lint(arguments) => lint::run(arguments, context),
        Command::Match(arguments) => matching::run(arguments, context),
        Command::Merge(arguments) => merge::run(arguments, context),
        Command::Show(arguments) => show::run(arguments, context),
    }
}
