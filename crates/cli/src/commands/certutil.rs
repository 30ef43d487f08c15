//! `crosstrust certutil`.

use clap::Args;

use crate::certutil;
use crate::context::Context;
use crate::failure::Failure;
use crate::outcome::Outcome;

/// Take the command lines of elasticsearch-certutil: ca, cert, csr and http
///
/// Options, defaults, questions, file names and exit statuses are those of elasticsearch-certutil,
/// so that a script needs another command name and no other change: `crosstrust certutil cert
/// --help` lists the options of a mode. Under the name elasticsearch-certutil, by a link to it,
/// this program is the same without the word certutil.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// A mode (ca, cert, csr or http) and its options
    #[arg(value_name = "MODE", trailing_var_arg = true, allow_hyphen_values = true)]
    words: Vec<String>,
}

#[expect(clippy::unnecessary_wraps, reason = "it runs as every command does")]
pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    Ok(Outcome::Status(certutil::run(&arguments.words, context)))
}
