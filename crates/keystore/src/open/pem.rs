//! PEM files: every block becomes an entry or a note.

use std::collections::BTreeSet;

use crosstrust_x509::Certificate;

use super::Contents;
use super::Format;
use super::der;
use super::der::certificate_entry;
use super::der::leading_certificate;
use super::der::other_entry;
use super::der::stored;
use crate::chain::Pool;
use crate::entry::Entry;
use crate::entry::KeyEntry;
use crate::entry::OtherKind;
use crate::error::Error;
use crate::pbe::Budget;
use crate::pem;
use crate::pem::Block;
use crate::pem::Note;
use crate::pem::NoteKind;
use crate::pkcs7;
use crate::private_key;
use crate::secret::Password;

/// Opens a PEM file.
pub(super) fn open(
    bytes: &[u8],
    passwords: &[Password],
    budget: &mut Budget,
) -> Result<Contents, Error> {
    let document = pem::scan(bytes)?;
    let mut notes = document.notes;
    let mut entries = Vec::new();
    let mut encryption = None;
    for (position, block) in document.blocks.iter().enumerate() {
        if private_key::is_key_label(block.label()) {
            let key = private_key::from_block(&document.blocks, position, passwords, budget);
            let (alias, java_alias, chain) = (None, None, Vec::new());
            let (key, encryption) = (stored(key)?, private_key::encryption(block));
            entries.push(Entry::Key(KeyEntry { alias, java_alias, key, encryption, chain }));
            continue;
        }
        if block.label() == "PKCS12" {
            // GnuTLS wraps key stores in PEM unless told otherwise.
            let store = der::open(block.contents(), passwords, None, budget)?;
            entries.extend(store.entries);
            encryption = store.encryption.or(encryption);
            continue;
        }
        let read = read(block).map_err(|source| in_block(block, source))?;
        if read.is_empty() && !block.label().ends_with("PARAMETERS") {
            let kind = NoteKind::BlockUnused { label: block.label().to_owned() };
            notes.push(Note { line: Some(block.line()), kind });
        }
        entries.extend(read);
    }
    let certificates = entries.iter().flat_map(Entry::certificates).cloned().collect::<Vec<_>>();
    let entries = with_chains(entries, &certificates);
    let ascii_password = true;
    let format = Format::Pem;
    Ok(Contents { format, entries, notes, encryption, ascii_password, certificates })
}

/// The entries of a block that is no private key; none when it is of no use.
fn read(block: &Block) -> Result<Vec<Entry>, Error> {
    let contents = block.contents();
    Ok(match block.label() {
        "CERTIFICATE" | "X509 CERTIFICATE" => {
            let certificate = Certificate::from_der(contents).map_err(Error::Certificate)?;
            vec![certificate_entry(certificate)]
        }
        // OpenSSL's own: the certificate, and behind it what it is trusted for.
        "TRUSTED CERTIFICATE" => vec![certificate_entry(leading_certificate(contents)?.0)],
        "PKCS7" | "CMS" | "PKCS #7 SIGNED DATA" => {
            pkcs7::read(contents)?.into_iter().map(certificate_entry).collect()
        }
        "CERTIFICATE REQUEST" | "NEW CERTIFICATE REQUEST" => {
            vec![other_entry(OtherKind::Request { der: contents.to_vec() })]
        }
        "X509 CRL" => vec![other_entry(OtherKind::Crl)],
        "PUBLIC KEY" | "RSA PUBLIC KEY" => vec![other_entry(OtherKind::PublicKey)],
        _ => Vec::new(),
    })
}

/// Gives each key the chain of the certificate that belongs to it, and takes the certificates of
/// those chains out of the row.
fn with_chains(entries: Vec<Entry>, certificates: &[Certificate]) -> Vec<Entry> {
    let pool = Pool::new(certificates);
    let mut chained = BTreeSet::new();
    let mut linked = Vec::with_capacity(entries.len());
    for entry in entries {
        linked.push(match entry {
            Entry::Key(mut entry) if entry.chain.is_empty() => {
                let leaf = entry.key.open().and_then(|key| {
                    certificates.iter().find(|certificate| key.belongs_to(certificate))
                });
                entry.chain = leaf.map(|leaf| pool.chain(leaf)).unwrap_or_default();
                chained.extend(entry.chain.iter().map(|certificate| certificate.der().to_vec()));
                Entry::Key(entry)
            }
            other => other,
        });
    }
    linked.retain(|entry| match entry {
        Entry::Certificate(entry) => !chained.contains(entry.certificate.der()),
        _ => true,
    });
    linked
}

fn in_block(block: &Block, source: Error) -> Error {
    let (line, label) = (block.line(), block.label().to_owned());
    Error::Block { line, label, source: Box::new(source) }
}
