//! `crosstrust restrictions merge`.

use clap::Args;

use crate::context::Context;
use crate::failure::Failure;
use crate::material::restrictions;
use crate::options::OverwriteOption;
use crate::outcome::Outcome;
use crate::output::{self, NewFile};

/// Add the patterns of one restrictions file to those of another
///
/// Prints the first file with the patterns of the second that it has not got; its comments and
/// layout stay.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The file that is kept as it is
    file: String,
    /// The file whose patterns are added
    other: String,
    /// File to write instead of standard output
    #[arg(long, short, value_name = "FILE")]
    out: Option<String>,
    #[command(flatten)]
    overwrite: OverwriteOption,
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    let (file, other) = (context.read(&arguments.file)?, context.read(&arguments.other)?);
    for one in [&file, &other] {
        restrictions::refuse_others(&one.path, &one.bytes)?;
    }
    let edited = crosstrust_restrictions::merge(&file.path, &file.bytes, &other.path, &other.bytes)
        .map_err(|error| restrictions::not_edited(&file.path, &other.path, &error))?;
    match output::named(arguments.out.as_ref()) {
        Some(out) => {
            let new = NewFile::new(out.clone(), edited.text.as_bytes(), false);
            output::file(&new, arguments.overwrite.force)?;
        }
        None => context.print(&edited.text)?,
    }
    Ok(Outcome::Clean)
}
