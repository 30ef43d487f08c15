//! Whom a side trusts: the CAs of files.

use crosstrust_keystore::open::Format;
use crosstrust_preflight::{TrustFile, TrustList};

use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::material::sources;
use crate::password::Source;

/// The certificates that are trusted: all of these files.
pub(crate) fn trust_list(
    arguments: &[String],
    source: &Source<'_>,
    context: &mut Context,
) -> Result<TrustList, Failure> {
    let mut files = Vec::new();
    for opened in sources::open_all(arguments, source, context)? {
        let certificates: Vec<_> = opened.contents.certificates().into_iter().cloned().collect();
        if certificates.is_empty() {
            return Err(Message::new("holds no certificate to trust").at(&opened.path).into());
        }
        // A key store is only where the CA is kept; a PEM file is what a node would be given.
        let is_pem = opened.contents.format == Format::Pem;
        let private_keys = if is_pem { opened.contents.keys().count() } else { 0 };
        files.push(TrustFile {
            path: opened.path,
            certificates,
            private_keys,
            ..TrustFile::default()
        });
    }
    Ok(TrustList::from_files(files))
}
