//! What is in ZIP archives, as far as it is wanted; what unpacks to too much is refused.

use std::io::{Cursor, Read};

use crosstrust_keystore::open::begins_with_certificates;
use zeroize::Zeroizing;

use crate::context::LARGEST_FILE;
use crate::failure::{Failure, Message};
use crate::input::{Input, SNIFFED, is_named_as_store};

impl Input {
    /// The certificates and key stores in it, which is a ZIP archive.
    pub(crate) fn unpacked(&self) -> Result<Vec<Self>, Failure> {
        let is_wanted =
            |name: &str, head: &[u8]| is_named_as_store(name) || begins_with_certificates(head);
        let files = members(self, is_wanted)?.into_iter();
        Ok(files.map(|Member { path, bytes, .. }| Self { path, bytes }).collect())
    }
}

/// A file of an archive.
pub(crate) struct Member {
    /// Its path, that of the archive before it.
    pub(crate) path: String,
    /// The bytes; wiped from memory in the end.
    pub(crate) bytes: Zeroizing<Vec<u8>>,
    /// Whether nobody but its owner may read it.
    pub(crate) is_private: bool,
}

/// The files of an archive that are wanted by their names and by how they begin, in the order of their names.
pub(crate) fn members(
    archive: &Input,
    is_wanted: impl Fn(&str, &[u8]) -> bool,
) -> Result<Vec<Member>, Failure> {
    let refused = |error: zip::result::ZipError| {
        Failure::from(Message::new(format!("the archive is damaged: {error}")).at(&archive.path))
    };
    let mut zip = zip::ZipArchive::new(Cursor::new(archive.bytes.as_slice())).map_err(refused)?;
    let names = zip.file_names().map(|name| name.map(std::borrow::Cow::into_owned));
    let mut names = names.collect::<Result<Vec<String>, _>>().map_err(refused)?;
    names.sort();
    let mut found = Vec::new();
    let mut left = LARGEST_ARCHIVE;
    for name in names.into_iter().filter(|name| !name.ends_with('/')) {
        let path = format!("{}/{name}", archive.path);
        let mut file = zip.by_name(&name).map_err(refused)?;
        let size = file.size();
        let mut head = in_one_piece(size.min(SNIFFED));
        let read = file.by_ref().take(SNIFFED).read_to_end(&mut head);
        // What is not wanted may be damaged.
        if !is_wanted(&name, &head) {
            continue;
        }
        read.map_err(|error| Failure::io(&path, &error))?;
        // Neither the group nor others have a bit.
        let is_private = file.unix_mode().is_none_or(|mode| mode.trailing_zeros() >= 6);
        let too_large =
            || Message::new("the archive unpacks to more than 64 MiB").at(&archive.path);
        left = left.checked_sub(size).ok_or_else(too_large)?;
        let mut bytes = in_one_piece(size);
        bytes.extend_from_slice(&head);
        let read = file.take(size.saturating_add(1)).read_to_end(&mut bytes);
        read.map_err(|error| Failure::io(&path, &error))?;
        if u64::try_from(bytes.len()) != Ok(size) {
            let what = format!("is not of the {size} bytes that the archive says");
            return Err(Message::new(what).at(&path).hint("make the archive anew").into());
        }
        found.push(Member { path, bytes, is_private });
    }
    Ok(found)
}

/// Room for so many bytes, and one more, by which too many are seen: what grows leaves parts of keys behind.
fn in_one_piece(size: u64) -> Zeroizing<Vec<u8>> {
    let room = usize::try_from(size.saturating_add(1)).unwrap_or(0);
    Zeroizing::new(Vec::with_capacity(room))
}

/// Bytes of all files of an archive together, unpacked.
const LARGEST_ARCHIVE: u64 = LARGEST_FILE;
