//! A certification request (PKCS#10, RFC 2986): whom it is for, and what it asks for.

use crate::der;
use crate::error::Error;
use crate::extension::Extension;
use crate::general_name::SubjectAltNames;
use crate::name::Name;
use crate::public_key::PublicKey;
use crate::signature::{SignatureAlgorithm, SignatureCheck};

/// A certification request: its bytes, and what they say. Two are equal if their bytes are.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CertificateRequest {
    der: Vec<u8>,
    subject: Name,
    public_key: PublicKey,
    extensions: Vec<Extension>,
    subject_alt_names: Option<SubjectAltNames>,
    signature_algorithm: SignatureAlgorithm,
    to_be_signed: Vec<u8>,
    signature: Vec<u8>,
}

impl CertificateRequest {
    /// Reads exactly one DER request. Whether its signature is right is a question of its own:
    /// see [`Self::check_signature`].
    pub fn from_der(bytes: &[u8]) -> Result<Self, Error> {
        Self::read(bytes).ok_or(Error::MalformedRequest)
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let parts = der::read_all(der::read_one(bytes, der::SEQUENCE)?.contents)?;
        let [information, algorithm, signature] = parts.as_slice() else { return None };
        let fields = der::read_all(information.contents)?;
        let (version, subject, key, attributes) = match fields.as_slice() {
            [version, subject, key] => (version, subject, key, &[][..]),
            [version, subject, key, attributes] if attributes.tag == ATTRIBUTES => {
                (version, subject, key, attributes.contents)
            }
            _ => return None,
        };
        (information.tag == der::SEQUENCE && version.tag == der::INTEGER).then_some(())?;
        (algorithm.tag == der::SEQUENCE && signature.tag == BIT_STRING).then_some(())?;
        let extensions = requested_extensions(attributes)?;
        let found = extensions.iter().find(|extension| extension.oid == SUBJECT_ALT_NAME);
        let subject_alt_names = match found {
            Some(names) => Some(SubjectAltNames::from_extension(names.critical, &names.value)?),
            None => None,
        };
        Some(Self {
            der: bytes.to_vec(),
            subject: Name::from_der(subject.bytes)?,
            public_key: PublicKey::from_der(key.bytes)?,
            extensions,
            subject_alt_names,
            signature_algorithm: SignatureAlgorithm::from_contents(algorithm.contents)?,
            to_be_signed: information.bytes.to_vec(),
            signature: signature.contents.get(1..)?.to_vec(),
        })
    }

    /// The request as encoded.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The subject that is asked for.
    pub fn subject(&self) -> &Name {
        &self.subject
    }

    /// The public key to be certified.
    pub fn public_key(&self) -> &PublicKey {
        &self.public_key
    }

    /// The extensions that are asked for (RFC 2985, section 5.4.2), in the request's order.
    pub fn extensions(&self) -> &[Extension] {
        &self.extensions
    }

    /// The subject alternative names that are asked for.
    pub fn subject_alt_names(&self) -> Option<&SubjectAltNames> {
        self.subject_alt_names.as_ref()
    }

    /// The algorithm of the request's signature.
    pub fn signature_algorithm(&self) -> &SignatureAlgorithm {
        &self.signature_algorithm
    }

    /// Whether the request was signed with the private key of its public key, which shows that
    /// the requester has that key.
    pub fn check_signature(&self) -> SignatureCheck {
        self.signature_algorithm.check(&self.public_key, &self.to_be_signed, &self.signature)
    }
}

/// The extensions of all extensionRequest attributes.
fn requested_extensions(attributes: &[u8]) -> Option<Vec<Extension>> {
    let mut extensions = Vec::new();
    for attribute in der::read_all(attributes)? {
        let (oid, values) = der::read(attribute.contents)?;
        if der::object_identifier(oid.contents).as_deref() != Some(EXTENSION_REQUEST) {
            continue;
        }
        for list in der::read_all(der::read_one(values, der::SET)?.contents)? {
            for element in der::read_all(list.contents)? {
                extensions.push(extension(&element)?);
            }
        }
    }
    Some(extensions)
}

/// An `Extension` (RFC 5280, section 4.1): identifier, an optional mark, a value.
fn extension(element: &der::Element<'_>) -> Option<Extension> {
    let fields = der::read_all(element.contents)?;
    let (oid, critical, value) = match fields.as_slice() {
        [oid, value] => (oid, false, value),
        [oid, mark, value] if mark.tag == BOOLEAN => (oid, mark.contents != [0], value),
        _ => return None,
    };
    (oid.tag == der::OBJECT_IDENTIFIER && value.tag == der::OCTET_STRING).then_some(())?;
    let oid = der::object_identifier(oid.contents)?;
    Some(Extension { oid, critical, value: value.contents.to_vec() })
}

const BOOLEAN: u8 = 0x01;
const BIT_STRING: u8 = 0x03;
/// `[0] IMPLICIT Attributes`.
const ATTRIBUTES: u8 = 0xa0;
const EXTENSION_REQUEST: &str = "1.2.840.113549.1.9.14";
const SUBJECT_ALT_NAME: &str = "2.5.29.17";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_no_request_are_refused() {
        for bytes in [&[][..], &[0x30, 0], &[0x30, 2, 5, 0], b"no request"] {
            assert_eq!(CertificateRequest::from_der(bytes), Err(Error::MalformedRequest));
        }
    }

    #[test]
    fn an_extension_may_be_marked_critical() {
        let value = der::encode(der::OCTET_STRING, &[0x30, 0]);
        let oid = der::encode(der::OBJECT_IDENTIFIER, &[0x55, 0x1d, 17]);
        for (mark, expected) in [(vec![], false), (vec![1, 1, 0xff], true), (vec![1, 1, 0], false)]
        {
            let encoded = der::encode(der::SEQUENCE, &[&oid[..], &mark, &value].concat());
            let (element, _) = der::read(&encoded).unwrap();
            let read = extension(&element).unwrap();
            assert_eq!((read.oid.as_str(), read.critical), (SUBJECT_ALT_NAME, expected));
        }
    }
}
