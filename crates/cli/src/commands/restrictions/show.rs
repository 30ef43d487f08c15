//! `crosstrust restrictions show`.

use clap::Args;
use serde::Serialize;

use crate::arguments::{Format, FormatOption};
use crate::commands::listing::json;
use crate::context::Context;
use crate::failure::Failure;
use crate::outcome::Outcome;

/// Show the patterns that Elasticsearch will load from a file, or why it will not
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The restrictions file
    file: String,
    #[command(flatten)]
    format: FormatOption,
}

#[derive(Serialize)]
struct Document<'a> {
    patterns: Vec<&'a str>,
    ignored_keys: Vec<&'a str>,
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    let restrictions = super::read(&arguments.file, context)?;
    let document = Document {
        patterns: restrictions.items().iter().map(|item| item.text.as_str()).collect(),
        ignored_keys: restrictions.ignored_keys().iter().map(|key| key.key.as_str()).collect(),
    };
    match arguments.format.format {
        Format::Json => context.print(&json(&document))?,
        Format::Human => {
            for pattern in &document.patterns {
                context.print(&format!("{pattern}\n"))?;
            }
            for key in &document.ignored_keys {
                context.warn(&format!("{}: the key `{key}` is ignored", arguments.file));
            }
            if document.patterns.is_empty() {
                context.warn(&format!(
                    "{}: no pattern, so every node is refused, those of the own cluster too",
                    arguments.file
                ));
            }
        }
    }
    Ok(Outcome::Clean)
}
