//! `crosstrust restrictions show`.

use clap::Args;
use crosstrust_restrictions::{Loaded, Restrictions};
use serde::Serialize;

use crate::context::Context;
use crate::failure::{Failure, Message, printable_line};
use crate::input::Input;
use crate::json::json;
use crate::material::restrictions;
use crate::options::{Format, FormatOption};
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
    let restrictions = read(&arguments.file, context)?;
    let document = Document {
        patterns: restrictions.items().iter().map(|item| item.text.as_str()).collect(),
        ignored_keys: restrictions.ignored_keys().iter().map(|key| key.key.as_str()).collect(),
    };
    match arguments.format.format {
        Format::Json => context.print(&json(&document))?,
        Format::Human => {
            for pattern in &document.patterns {
                context.print(&format!("{}\n", printable_line(pattern)))?;
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

/// Reads a file as Elasticsearch does, which does not read the largest.
fn read(path: &str, context: &mut Context) -> Result<Restrictions, Failure> {
    let Input { path, bytes } = context.read(path)?;
    restrictions::refuse_others(&path, &bytes)?;
    let refused = |error| restrictions::refused(&path, &error);
    let loaded = Loaded::parse(&path, &bytes).map_err(refused)?;
    if loaded.is_beyond_elasticsearch() {
        let message = Message::new("has more characters than Elasticsearch reads, 3145728");
        let hint = "write a pattern for each cluster instead of a name for each node";
        return Err(message.at(&path).hint(hint).into());
    }
    Restrictions::compile(loaded).map_err(refused)
}
