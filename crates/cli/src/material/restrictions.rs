//! Restrictions files and settings of nodes, read, and why they are refused.

use crosstrust_preflight::RestrictionsFile;
use crosstrust_restrictions::{EditError, Restrictions};
use crosstrust_settings::Discreet;

use crate::context::Context;
use crate::failure::{Failure, Message, chain};
use crate::input::Input;

/// Reads a restrictions file as Elasticsearch would, or says why it would refuse it.
pub(crate) fn read(path: &str, context: &mut Context) -> Result<Restrictions, Failure> {
    let Input { path, bytes } = context.read(path)?;
    Restrictions::parse(&path, &bytes).map_err(|error| refused(&path, &error))
}

/// The same, with its path.
pub(crate) fn restrictions_file(
    path: &str,
    context: &mut Context,
) -> Result<RestrictionsFile, Failure> {
    let restrictions = read(path, context)?;
    Ok(RestrictionsFile { path: path.to_owned(), restrictions })
}

/// Why a settings file is not read. Its line is not shown, since that may hold a password.
pub(crate) fn refused_settings(path: &str, error: &crosstrust_settings::Error) -> Failure {
    let place = error
        .place()
        .map_or_else(|| path.to_owned(), |place| format!("{path}:{}:{}", place.line, place.column));
    let Discreet { message, help } = error.discreet();
    Message::new(message).at(place).maybe_hint(help).into()
}

/// Why a restrictions file is refused.
pub(crate) fn refused(path: &str, error: &crosstrust_restrictions::Error) -> Failure {
    let Some(place) = error.place() else {
        return Message::new(error.message()).at(path).maybe_hint(error.help()).into();
    };
    let (line, column) = (place.line, place.column);
    let mut message = Message::new(error.message()).at(format!("{path}:{line}:{column}"));
    if let Some(excerpt) = error.excerpt() {
        let column = excerpt.caret.saturating_add(1);
        message = message.excerpt(line, column, excerpt.width, &excerpt.text);
    }
    message.maybe_hint(error.help()).into()
}

/// Why a file is not edited.
pub(crate) fn not_edited(path: &str, other: &str, error: &EditError) -> Failure {
    match error {
        EditError::File(error) => refused(path, error),
        EditError::Other(error) => refused(other, error),
        _ => Message::new(chain(error)).at(path).into(),
    }
}
