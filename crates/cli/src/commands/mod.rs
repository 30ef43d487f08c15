//! The commands, a file each: read, parse, call, print, outcome.

pub(crate) mod ca;
pub(crate) mod cert;
pub(crate) mod certutil;
pub(crate) mod completions;
pub(crate) mod convert;
pub(crate) mod csr;
pub(crate) mod demo;
pub(crate) mod explain;
pub(crate) mod extract_ca;
pub(crate) mod inspect;
pub(crate) mod preflight;
pub(crate) mod reissue;
pub(crate) mod remote;
pub(crate) mod restrictions;
pub(crate) mod rotate;
pub(crate) mod sign;

mod authority;
mod destination;
mod existing;
mod expiry;
mod instances;
mod listing;
pub(crate) mod report;
mod report_format;
mod sources;

use crate::arguments::Command;
use crate::context::Context;
use crate::failure::Failure;
use crate::outcome::Outcome;

/// Runs a command.
pub(crate) fn run(command: Command, context: &mut Context) -> Result<Outcome, Failure> {
    match command {
        Command::Ca(arguments) => ca::run(&arguments, context),
        Command::Cert(arguments) => cert::run(&arguments, context),
        Command::Certutil(arguments) => Ok(certutil::run(&arguments, context)),
        Command::Completions(arguments) => completions::run(&arguments, context),
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
