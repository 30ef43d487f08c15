//! `crosstrust restrictions add`.

use clap::Args;

use crate::context::Context;
use crate::failure::Failure;
use crate::input::Input;
use crate::material::restrictions;
use crate::outcome::Outcome;
use crate::output;

/// Add patterns to a restrictions file, the rest of it as it is
///
/// The file is changed in place; patterns that it has already are left out.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The restrictions file
    file: String,
    /// Patterns to add
    #[arg(required = true, value_name = "PATTERN")]
    patterns: Vec<String>,
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    let Input { path, bytes } = context.read(&arguments.file)?;
    restrictions::refuse_others(&path, &bytes)?;
    let edited = crosstrust_restrictions::add(&path, &bytes, &arguments.patterns)
        .map_err(|error| restrictions::not_edited(&path, &path, &error))?;
    if path == "-" {
        context.print(&edited.text)?;
    } else if !edited.added.is_empty() {
        output::replace(&path, edited.text.as_bytes())?;
    }
    for pattern in &edited.added {
        context.note(&format!("{path} lets in `{pattern}`, too"));
    }
    if edited.added.is_empty() {
        context.note(&format!("{path} has all of these patterns already"));
    }
    Ok(Outcome::Clean)
}
