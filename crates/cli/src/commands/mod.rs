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
mod inventory;
mod preflight;
mod reissue;
mod remote;
mod report;
mod restrictions;
mod rotate;
mod sign;
mod sign_offline;

use clap::{CommandFactory, Parser};

use crate::command_table::commands;
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

commands! {
    Ca(ca),
    Cert(cert),
    Certutil(certutil),
    Completions(completions) =
        |arguments, context| completions::run(arguments, &mut command(), context),
    Convert(convert),
    Csr(csr),
    Demo(demo),
    Explain(explain),
    ExtractCa(extract_ca),
    Inspect(inspect),
    Inventory(inventory),
    Preflight(preflight),
    Reissue(reissue),
    Remote(remote),
    Report(report),
    Restrictions(restrictions),
    Rotate(rotate),
    Sign(sign),
    SignOffline(sign_offline),
}

/// The whole command line, with its examples.
pub(crate) fn command() -> clap::Command {
    help::with_examples(Cli::command(), "")
}

/// Runs a command.
pub(crate) fn run(cli: &Cli, context: &mut Context) -> Result<Outcome, Failure> {
    cli.command.run(context)
}
