//! Connection files of remote clusters, read.

use crosstrust_remote::{Connection, Error};

use super::file_kind::{FileKind, Wanted};
use crate::context::Context;
use crate::failure::{Failure, Message, chain};

/// Reads a connection file, and gives its text too; everything wrong in it is told at once, each
/// with its line.
pub(crate) fn read(path: &str, context: &mut Context) -> Result<(String, Connection), Failure> {
    let text = context.read_text(path)?;
    let told = |error| match error {
        Error::Connection { problems } => {
            Failure::in_text(path, &text, problems.iter().map(|one| (one, one.to_string())))
        }
        other => Failure::from(Message::new(chain(&other)).at(path)),
    };
    let connection = Connection::parse(&text).map_err(|error| {
        FileKind::explain(path, text.as_bytes(), &Wanted::CONNECTION, told(error))
    })?;
    Ok((text, connection))
}
