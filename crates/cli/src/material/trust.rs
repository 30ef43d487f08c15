//! Whom a side trusts: the CAs of files.

use crosstrust_keystore::java::{self, CertificateFile};
use crosstrust_keystore::open::Contents;
use crosstrust_preflight::{TrustFile, TrustList};

use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::material::sources::{self, Opened};
use crate::password::Source;

/// The certificates that are trusted: all of these files, as Java opens them.
pub(crate) fn trust_list(
    arguments: &[String],
    source: &Source<'_>,
    context: &mut Context,
) -> Result<TrustList, Failure> {
    let mut files = Vec::new();
    for Opened { path, contents, certificate_file, .. } in
        sources::open_all(arguments, source, context)?
    {
        if contents.certificates().is_empty() {
            return Err(Message::new("holds no certificate to trust").at(&path).into());
        }
        files.push(match certificate_file {
            Some(read) => list(path, &contents, read),
            None => store(path, &contents),
        });
    }
    Ok(TrustList::from_files(files))
}

/// What Java makes anchors of in a key store.
pub(crate) fn anchors(path: String, contents: &Contents) -> TrustFile {
    let anchors = java::anchors(contents);
    let of_keys: Vec<_> = contents.keys().filter_map(|entry| entry.chain.first()).collect();
    let (key_entries, certificates): (Vec<_>, Vec<_>) =
        anchors.into_iter().cloned().partition(|anchor| of_keys.contains(&anchor));
    TrustFile { path, certificates, key_entries, ..TrustFile::default() }
}

/// A file of certificates, which a node would be given as it is.
fn list(path: String, contents: &Contents, read: CertificateFile) -> TrustFile {
    let CertificateFile { certificates, obstacles } = read;
    let certificates = if certificates.is_empty() {
        contents.certificates().into_iter().cloned().collect()
    } else {
        certificates
    };
    let private_keys = contents.keys().count();
    TrustFile { path, certificates, private_keys, obstacles, ..TrustFile::default() }
}

/// A trust store.
fn store(path: String, contents: &Contents) -> TrustFile {
    let obstacles = java::trust_store_obstacles(contents);
    TrustFile { obstacles, ..anchors(path, contents) }
}
