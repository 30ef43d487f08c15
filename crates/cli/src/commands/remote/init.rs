//! `crosstrust remote init`.

use clap::Args;
use crosstrust_remote::{Model, Platform, template};

use crate::context::Context;
use crate::failure::Failure;
use crate::outcome::Outcome;
use crate::output::{self, NewFile};

/// Write a connection file to fill in, which asks for what two platforms need of each other
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Where the local cluster runs: self-managed, ech, ece or eck
    #[arg(long, value_name = "PLATFORM")]
    local: Platform,
    /// Where the remote cluster runs: self-managed, ech, ece or eck
    #[arg(long, value_name = "PLATFORM")]
    remote: Platform,
    /// How they know each other: api-key, or tls for their transport certificates
    #[arg(long)]
    model: Model,
    /// File to write instead of standard output
    #[arg(long, short, value_name = "FILE")]
    out: Option<String>,
    /// Overwrite what is there
    #[arg(long)]
    force: bool,
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    let Arguments { local, remote, model, out, force } = arguments;
    let text = template(*local, *remote, *model);
    match out {
        Some(out) => output::file(&NewFile::new(out.clone(), text.as_bytes(), false), *force)?,
        None => context.print(&text)?,
    }
    Ok(Outcome::Clean)
}
