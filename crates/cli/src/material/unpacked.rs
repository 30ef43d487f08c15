//! Key stores and certificate files, opened, with what is in folders and ZIP archives in their place.

use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::input::{Input, is_folder, unpacked};
use crate::material::layers;
use crate::material::sources::{self, Opened};
use crate::password::Source;

/// Opens files as [`sources::open_all`] does, and what is in a folder or a ZIP archive in its place.
pub(crate) fn open(
    arguments: &[String],
    source: &Source<'_>,
    context: &mut Context,
) -> Result<Vec<Opened>, Failure> {
    open_kept(arguments, source, context, |files, _, _| Ok(files))
}

/// The same, without what a folder or a ZIP archive has for HTTPS and other contexts.
pub(crate) fn open_of_transport(
    arguments: &[String],
    source: &Source<'_>,
    context: &mut Context,
) -> Result<Vec<Opened>, Failure> {
    open_kept(arguments, source, context, layers::of_transport)
}

/// Takes the files of a folder or an archive, and its path; gives those that are opened.
type Keep = fn(Vec<Input>, &str, &mut Context) -> Result<Vec<Input>, Failure>;

fn open_kept(
    arguments: &[String],
    source: &Source<'_>,
    context: &mut Context,
    keep: Keep,
) -> Result<Vec<Opened>, Failure> {
    let mut opened = Vec::new();
    for argument in arguments {
        let mut groups = Vec::new();
        if is_folder(argument) {
            let files = context.read_collection(argument)?.unwrap_or_default();
            if files.is_empty() {
                let message = Message::new("holds no certificate and no key store").at(argument);
                return Err(message.into());
            }
            groups.push(files);
        } else {
            for input in context.read_all(std::slice::from_ref(argument))? {
                groups.push(unpacked(input)?);
            }
        }
        for files in groups {
            for input in keep(files, argument, context)? {
                opened.push(sources::open_input(input, source, context)?);
            }
        }
    }
    Ok(opened)
}
