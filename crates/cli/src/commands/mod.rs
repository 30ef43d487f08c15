//! The commands, a file each: read, parse, call, print, outcome.

mod ca;
mod cert;
mod certutil;
mod completions;
mod convert;
mod csr;
mod demo;
mod explain;
mod extract_ca;
mod inspect;
mod preflight;
mod reissue;
mod remote;
mod report;
mod restrictions;
mod rotate;
mod sign;

use clap::{CommandFactory, Parser, Subcommand};

use crate::context::{Color, Context};
use crate::failure::Failure;
use crate::help;
use crate::outcome::Outcome;

/// Certificates and trust for Elasticsearch clusters that must trust each other
#[derive(Debug, Parser)]
#[command(name = "crosstrust", version, max_term_width = 100)]
#[command(subcommand_required = true, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Colour in results: always, never, or auto (on a terminal, unless `NO_COLOR` is set)
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    #[arg(hide_possible_values = true, hide_default_value = true, display_order = 900)]
    pub(crate) color: Color,
}

/// The commands.
#[derive(Debug, Subcommand)]
enum Command {
    Ca(ca::Arguments),
    Cert(cert::Arguments),
    Certutil(certutil::Arguments),
    Completions(completions::Arguments),
    Convert(convert::Arguments),
    Csr(csr::Arguments),
    Demo(demo::Arguments),
    Explain(explain::Arguments),
    ExtractCa(extract_ca::Arguments),
    Inspect(inspect::Arguments),
    Preflight(preflight::Arguments),
    Reissue(reissue::Arguments),
    Remote(remote::Arguments),
    Report(report::Arguments),
    Restrictions(restrictions::Arguments),
    Rotate(rotate::Arguments),
    Sign(sign::Arguments),
}

/// The whole command line, with its examples.
pub(crate) fn command() -> clap::Command {
    help::with_examples(Cli::command(), "")
}

/// Runs a command.
pub(crate) fn run(cli: Cli, context: &mut Context) -> Result<Outcome, Failure> {
    match cli.command {
        Command::Ca(arguments) => ca::run(&arguments, context),
        Command::Cert(arguments) => cert::run(&arguments, context),
        Command::Certutil(arguments) => Ok(certutil::run(&arguments, context)),
        Command::Completions(arguments) => completions::run(&arguments, &mut command(), context),
        Command::Convert(arguments) => convert::run(&arguments, context),
        Command::Csr(arguments) => csr::run(&arguments, context),
        Command::Demo(arguments) => demo::run(&arguments, context),
        Command::Explain(arguments) => explain::run(&arguments, context),
        Command::ExtractCa(arguments) => extract_ca::run(&arguments, context),
        Command::Inspect(arguments) => inspect::run(&arguments, context),
        Command::Preflight(arguments) => preflight::run(&arguments, context),
        Command::Reissue(arguments) => reissue::run(&arguments, context),
        Command::Remote(arguments) => remote::run(&arguments, context),
        Command::Report(arguments) => report::run(&arguments, context),
        Command::Restrictions(arguments) => restrictions::run(&arguments, context),
        Command::Rotate(arguments) => rotate::run(&arguments, context),
        Command::Sign(arguments) => sign::run(&arguments, context),
    }
}
