//! Connection files of remote clusters, read.

use crosstrust_remote::{Connection, Error};

use crate::context::Context;
use crate::failure::{Failure, Message, chain};

/// Reads a connection file, and gives its text too; everything wrong in it is told at once, each
/// with its line.
pub(crate) fn read(path: &str, context: &mut Context) -> Result<(String, Connection), Failure> {
    let text = context.read_text(path)?;
    let connection = Connection::parse(&text).map_err(|error| match error {
        Error::Connection { problems } => {
            let errors = problems.iter().map(|problem| {
                let message = Message::new(problem).maybe_hint(problem.help.as_ref());
                (problem.place.line, problem.place.column, message)
            });
            Failure::in_text(path, &text, errors)
        }
        other => Failure::from(Message::new(chain(&other)).at(path)),
    })?;
    Ok((text, connection))
}
