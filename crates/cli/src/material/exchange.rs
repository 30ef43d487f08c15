//! The folder in which certificates wait for the signatures of a CA on another machine.

use std::path::Path;

use crosstrust_issue::{Error, Exchange};
use crosstrust_x509::fingerprint_sha256;

use crate::context::{Context, LARGEST_FILE};
use crate::failure::{Failure, Message};
use crate::input::{entries, in_folder};

/// Reads such a folder; what else is in it does not count, be it a folder. What counts is no link: the folder comes
/// from elsewhere.
pub(crate) fn read_exchange(folder: &str, context: &mut Context) -> Result<Exchange, Failure> {
    let (mut files, mut left) = (Vec::new(), LARGEST_FILE);
    for (name, metadata) in entries(folder)? {
        if !Exchange::counts(&name) {
            continue;
        }
        let path = in_folder(folder, &name);
        if !metadata.is_file() {
            let message = Message::new("is a link or no file, and such a folder has files alone");
            return Err(message.at(path).hint("copy the folder once more").into());
        }
        let too_large = || Message::new("its files have more than 64 MiB").at(folder);
        left = left.checked_sub(metadata.len()).ok_or_else(too_large)?;
        files.push((name, context.read(&path)?.bytes.to_vec()));
    }
    Exchange::read(&files).map_err(|error| match error {
        Error::Exchange { file, detail } => {
            let message = Message::new(detail).at(in_folder(folder, &file));
            let hint = "name the folder that `crosstrust cert --to-be-signed` wrote; copy it once more if it is this one";
            message.hint(hint).into()
        }
        other => Message::from(other).at(folder).into(),
    })
}

/// Refuses to write such files through links, which would lead out of a folder that comes from elsewhere.
pub(crate) fn refuse_links<'a>(
    folder: &str,
    names: impl IntoIterator<Item = &'a str>,
) -> Result<(), Failure> {
    let is_link = |path: &String| Path::new(path).is_symlink();
    match names.into_iter().map(|name| in_folder(folder, name)).find(is_link) {
        Some(path) => {
            let message = Message::new("is a link, and nothing is written through it").at(path);
            Err(message.hint("take it away").into())
        }
        None => Ok(()),
    }
}

/// The private keys that lie in a folder that travels, by their names.
pub(crate) fn refuse_keys(folder: &str) -> Result<(), Failure> {
    let is_key = |name: &str| Path::new(name).extension().is_some_and(|found| found == "key");
    let found = entries(folder)?.into_iter().find(|(name, _)| is_key(name));
    match found {
        Some((name, _)) => {
            let message =
                Message::new("a private key, which does not travel").at(in_folder(folder, &name));
            Err(message.hint("name the folder of --to-be-signed, not that of --keys").into())
        }
        None => Ok(()),
    }
}

/// What tells a folder from every other, for people on both machines to compare: the digest of its manifest, which has
/// those of all its files.
pub(crate) fn fingerprint(exchange: &Exchange) -> String {
    let files = exchange.files().files;
    let manifest = files.iter().find(|file| file.path == Exchange::MANIFEST);
    manifest.map_or_else(String::new, |file| fingerprint_sha256(file.contents.as_bytes()))
}
