//! Which trusted certificate may be the issuer of the last certificate of a chain in order.

use crosstrust_x509::{Certificate, Extension, ExtensionReading, SignatureCheck, der, hexadecimal};

use super::{Path, Search, more_telling, validate};
use crate::chain::Link;
use crate::error::PathError;
use crate::trust_list::anchor_may_sign;

impl<'a> Search<'a, '_> {
    /// Validates a chain in order against each trusted certificate of its last issuer's name.
    pub(super) fn validate(self, links: &[Link<'a>]) -> Result<Path<'a>, PathError> {
        let Some(last) = links.last() else { return Err(PathError::Empty) };
        let (mut found, mut failure) = (None, None);
        let mut tried = 0;
        for anchor in self.trust.with_subject(&last.identity.issuer) {
            if let Err(mismatch) = fits(*last, anchor) {
                if failure.is_none() {
                    failure = Some(self.weigh(mismatch, *last, anchor));
                }
                continue;
            }
            if tried >= MOST_ANCHORS {
                return Err(PathError::SearchLimit { steps: tried });
            }
            tried += 1;
            match self.end_at(links, anchor) {
                // Which one of several Java takes is a matter of chance, so that all that fit must
                // be fit to sign.
                Ok(path) => {
                    anchor_may_sign(anchor)?;
                    found = Some(better(found, path));
                }
                Err(error) => failure = Some(more_telling(failure, error)),
            }
        }
        found.ok_or_else(|| failure.unwrap_or(PathError::Empty))
    }

    /// Validates a path against the trusted certificate at its end.
    pub(super) fn end_at(
        self,
        links: &[Link<'a>],
        anchor: Link<'a>,
    ) -> Result<Path<'a>, PathError> {
        let unverified = validate::validate(links, anchor, self.now, self.signatures)?;
        let links = links.iter().copied().chain([anchor]).collect();
        Ok(Path { links, unverified })
    }

    /// Says of key identifiers that differ whether the signature fits all the same.
    fn weigh(self, mismatch: PathError, child: Link<'a>, anchor: Link<'a>) -> PathError {
        let mut mismatch = mismatch;
        if let PathError::AuthorityKeyMismatch { signature_fits, .. } = &mut mismatch {
            *signature_fits = self.signatures.check(child, anchor) == SignatureCheck::Valid;
        }
        mismatch
    }
}

/// Of two paths the first, unless only the second has verified signatures alone.
pub(super) fn better<'a>(old: Option<Path<'a>>, new: Path<'a>) -> Path<'a> {
    match old {
        Some(old) if old.unverified.is_empty() || !new.unverified.is_empty() => old,
        _ => new,
    }
}

/// Whether the key identifier and the serial number that a child names are the anchor's. What either
/// of them does not say is not compared.
fn fits(child: Link<'_>, anchor: Link<'_>) -> Result<(), PathError> {
    if let Some((expected, own)) = other_key_id(child, anchor) {
        let subject_key_id = anchor.certificate.subject_key_id().unwrap_or(&own.value);
        return Err(PathError::AuthorityKeyMismatch {
            subject: child.subject(),
            authority_key_id: hexadecimal(expected),
            issuer: anchor.subject(),
            subject_key_id: hexadecimal(subject_key_id),
            signature_fits: false,
        });
    }
    let own = anchor.certificate.serial();
    match authority_serial(child.certificate) {
        Some(expected)
            if anchor.certificate.version() > 2 && shortest(&expected) != shortest(own) =>
        {
            Err(PathError::AuthoritySerialMismatch {
                subject: child.subject(),
                authority_serial: hexadecimal(&expected),
                issuer: anchor.subject(),
                serial: hexadecimal(own),
            })
        }
        _ => Ok(()),
    }
}

/// The key identifier that a child names, and the extension with the anchor's own, where the two differ.
pub(crate) fn other_key_id<'a>(
    child: Link<'a>,
    anchor: Link<'a>,
) -> Option<(&'a [u8], &'a Extension)> {
    let own =
        anchor.certificate.extensions().iter().find(|one| one.oid == SUBJECT_KEY_IDENTIFIER)?;
    let expected = child.certificate.authority_key_id()?;
    // Java compares the encoding, even of what it cannot parse.
    (der::encode(der::OCTET_STRING, expected) != own.value).then_some((expected, own))
}

/// An INTEGER's contents without the octets that only repeat its sign.
fn shortest(mut integer: &[u8]) -> &[u8] {
    while let [sign @ (0x00 | 0xff), rest @ ..] = integer
        && rest.first().is_some_and(|next| (next ^ sign) & 0x80 == 0)
    {
        integer = rest;
    }
    integer
}

/// The `authorityCertSerialNumber` (RFC 5280, section 4.2.1.1).
fn authority_serial(certificate: &Certificate) -> Option<Vec<u8>> {
    let extension = certificate.extensions().iter().find(|e| e.oid == AUTHORITY_KEY_IDENTIFIER)?;
    (extension.reading() != ExtensionReading::Unread).then_some(())?;
    let fields = der::read_all(der::read_one(&extension.value, der::SEQUENCE)?.contents)?;
    fields.iter().find(|field| field.tag == SERIAL_TAG).map(|field| field.contents.to_vec())
}

const SUBJECT_KEY_IDENTIFIER: &str = "2.5.29.14";
const AUTHORITY_KEY_IDENTIFIER: &str = "2.5.29.35";
const SERIAL_TAG: u8 = 0x82;

/// More trusted certificates of one name than anybody has; each costs a signature check.
const MOST_ANCHORS: usize = 64;
