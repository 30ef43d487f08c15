//! `crosstrust restrictions explain`.

use clap::Args;

use crate::context::Context;
use crate::failure::Failure;
use crate::outcome::Outcome;
use crate::rules::explain;

/// Say what a lint rule means and what to write instead
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The code, such as TR005
    code: String,
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    explain(&arguments.code, crosstrust_restrictions::rules().into_iter(), context)
}
