//! `crosstrust explain`.

use clap::Args;

use crate::context::Context;
use crate::failure::Failure;
use crate::outcome::Outcome;
use crate::rules::{explain, rules};

/// Explain the code of a finding: what it means and what to do
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The code, such as PF032
    code: String,
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    explain(&arguments.code, rules().into_iter(), context)
}
