//! `crosstrust inventory schema`.

use clap::Args;

use crate::context::Context;
use crate::failure::Failure;
use crate::outcome::Outcome;

/// Print the JSON schema of the inventory, by which editors complete and check it
#[derive(Args, Debug)]
pub(crate) struct Arguments {}

pub(crate) fn run(_arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    context.print(&crosstrust_inventory::schema())?;
    Ok(Outcome::Clean)
}
