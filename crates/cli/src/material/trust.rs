//! Whom a side trusts: the CAs of files.

use std::collections::BTreeMap;

use crosstrust_keystore::authorities;
use crosstrust_keystore::java::{self, CertificateFile, Obstacle};
use crosstrust_keystore::open::Contents;
use crosstrust_preflight::{TrustFile, TrustList};
use crosstrust_x509::Certificate;

use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::material::sources::{self, Collected, Opened};
use crate::password::Source;

/// The certificates that are trusted: all of these files, as Java opens them.
pub(crate) fn trust_list(
    arguments: &[String],
    source: &Source<'_>,
    context: &mut Context,
) -> Result<TrustList, Failure> {
    let mut files = Vec::new();
    for argument in arguments {
        let Collected { files: opened, is_collection } =
            sources::open_collected(argument, source, context)?;
        if is_collection {
            let beside = beside(&opened).ok_or_else(|| {
                Message::new("holds no certificate of a CA")
                    .at(argument)
                    .hint("name the file itself")
            })?;
            files.extend(beside);
            continue;
        }
        for Opened { path, contents, certificate_file, .. } in opened {
            if contents.certificates().is_empty() {
                return Err(Message::new("holds no certificate to trust").at(&path).into());
            }
            files.push(match certificate_file {
                Some(read) => list(path, &contents, read),
                None => store(path, &contents),
            });
        }
    }
    Ok(TrustList::from_files(files))
}

/// The CAs among the files of a folder or an archive, with their files; nothing if there is none.
pub(crate) fn beside(opened: &[Opened]) -> Option<Vec<TrustFile>> {
    let contents: Vec<_> = opened.iter().map(|file| &file.contents).collect();
    Some(in_their_files(authorities::extract(&contents).ok()?, opened))
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

/// Certificates in their order, with the file in which each of them is: one that Java opens, if it is in several.
fn in_their_files(certificates: Vec<Certificate>, opened: &[Opened]) -> Vec<TrustFile> {
    let obstacles: Vec<Vec<Obstacle>> = opened.iter().map(obstacles_of).collect();
    let mut holders: BTreeMap<&[u8], usize> = BTreeMap::new();
    for (position, file) in opened.iter().enumerate() {
        let is_open = |position: &usize| obstacles.get(*position).is_some_and(Vec::is_empty);
        for certificate in file.contents.certificates() {
            let holder = holders.entry(certificate.der()).or_insert(position);
            if !is_open(holder) && is_open(&position) {
                *holder = position;
            }
        }
    }
    let mut files: Vec<TrustFile> = Vec::new();
    for certificate in certificates {
        let Some(position) = holders.get(certificate.der()) else { continue };
        let path = opened.get(*position).map_or("", |file| file.path.as_str());
        match files.last_mut().filter(|last| last.path == path) {
            Some(last) => last.certificates.push(certificate),
            None => files.push(TrustFile {
                path: path.to_owned(),
                certificates: vec![certificate],
                obstacles: obstacles.get(*position).cloned().unwrap_or_default(),
                ..TrustFile::default()
            }),
        }
    }
    files
}

/// What keeps a JVM from a file as a list of CAs. What a node presents names its CAs, and is itself no such list.
fn obstacles_of(file: &Opened) -> Vec<Obstacle> {
    let Opened { contents, certificate_file, .. } = file;
    let is_presented = || contents.certificates().iter().any(|one| !one.is_ca());
    if contents.keys().next().is_some() || is_presented() {
        return Vec::new();
    }
    match certificate_file {
        Some(read) => read.obstacles.clone(),
        None => java::trust_store_obstacles(contents),
    }
}
