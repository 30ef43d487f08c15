//! The folder in which certificates wait for the signatures of a CA on another machine.

use crosstrust_issue::{Error, Exchange};

use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::input::{files_below, in_folder};

/// Reads such a folder; what else is in it does not count.
pub(crate) fn read_exchange(folder: &str, context: &mut Context) -> Result<Exchange, Failure> {
    let mut files = Vec::new();
    for name in files_below(folder)? {
        if !name.contains('/') && Exchange::counts(&name) {
            let input = context.read(&in_folder(folder, &name))?;
            files.push((name, input.bytes.to_vec()));
        }
    }
    Exchange::read(&files).map_err(|error| match error {
        Error::Exchange { file, detail } => {
            let message = Message::new(detail).at(in_folder(folder, &file));
            message.hint("copy the folder once more, and compare its digests by `sha256sum`").into()
        }
        other => Message::from(other).at(folder).into(),
    })
}
