//! `SafeBags` (RFC 7292, section 4.2): a key, a certificate or something else, with attributes.

use crosstrust_x509::Certificate;

use super::oid;
use crate::der::Reader;
use crate::der::tag;
use crate::entry::OtherKind;
use crate::entry::StoredKey;
use crate::error::Error;
use crate::pbe::Budget;
use crate::pbe::Scheme;
use crate::private_key::PrivateKey;
use crate::secret::Password;

/// A bag with its contents opened.
pub(super) struct Bag {
    pub(super) content: Content,
    pub(super) attributes: Attributes,
    /// How the bag itself is encrypted.
    pub(super) scheme: Option<Scheme>,
}

/// The contents of a bag.
pub(super) enum Content {
    Certificate(Box<Certificate>),
    /// A key, and whether it came in an encrypted bag, without which a JVM does not see it.
    Key {
        key: StoredKey,
        shrouded: bool,
    },
    Other(OtherKind),
}

/// The attributes of a bag, as far as they mean something here.
#[derive(Default)]
pub(super) struct Attributes {
    pub(super) friendly_name: Option<String>,
    pub(super) local_key_id: Option<Vec<u8>>,
    /// Java's mark of a certificate to be trusted.
    pub(super) is_trusted: bool,
}

/// A bag whose contents have not been opened yet.
pub(super) struct ClosedBag<'a> {
    pub(super) oid: String,
    value: Reader<'a>,
    attributes: Attributes,
}

impl<'a> ClosedBag<'a> {
    /// Reads the `SafeBag` that must come next.
    pub(super) fn read(reader: &mut Reader<'a>) -> Result<Self, Error> {
        let mut bag = reader.sequence()?.named(PART);
        let oid = bag.object_identifier()?;
        let value = bag.context(0)?;
        let attributes = match bag.optional(tag::SET)? {
            Some(set) => Attributes::read(set.reader()?)?,
            None => Attributes::default(),
        };
        Ok(Self { oid, value, attributes })
    }

    /// The bags inside a bag of bags.
    pub(super) fn nested(mut self) -> Result<Reader<'a>, Error> {
        self.value.sequence()
    }

    /// Opens the bag. That a key is encrypted in a way that cannot be undone does not make the
    /// rest of the file useless: it is kept as locked.
    pub(super) fn open(self, password: &Password, budget: &mut Budget) -> Result<Bag, Error> {
        let Self { oid, mut value, attributes } = self;
        let (content, scheme) = match oid.as_str() {
            oid::SHROUDED_KEY_BAG => shrouded_key(&mut value, password, budget)?,
            oid::KEY_BAG => {
                let key = stored(PrivateKey::from_pkcs8_der(value.rest()))?;
                (Content::Key { key, shrouded: false }, None)
            }
            oid::CERTIFICATE_BAG => (certificate(&mut value)?, None),
            oid::CRL_BAG => (Content::Other(OtherKind::Crl), None),
            oid::SECRET_BAG => (Content::Other(OtherKind::Secret), None),
            _ => (Content::Other(OtherKind::Unknown { name: oid }), None),
        };
        Ok(Bag { content, attributes, scheme })
    }
}

impl Bag {
    pub(super) fn key(&self) -> Option<&StoredKey> {
        match &self.content {
            Content::Key { key, .. } => Some(key),
            _ => None,
        }
    }

    pub(super) fn certificate(&self) -> Option<&Certificate> {
        match &self.content {
            Content::Certificate(certificate) => Some(certificate),
            _ => None,
        }
    }
}

impl Attributes {
    fn read(mut set: Reader<'_>) -> Result<Self, Error> {
        let mut attributes = Self::default();
        while !set.is_empty() {
            let mut attribute = set.sequence()?.named("attributes of an entry");
            let oid = attribute.object_identifier()?;
            let mut values = attribute.expect(tag::SET)?.reader()?;
            match oid.as_str() {
                oid::FRIENDLY_NAME if !values.is_empty() => {
                    attributes.friendly_name = Some(text(&mut values)?);
                }
                oid::LOCAL_KEY_ID if !values.is_empty() => {
                    attributes.local_key_id = Some(values.octet_string()?.into_owned());
                }
                oid::TRUSTED_KEY_USAGE => attributes.is_trusted = true,
                _ => {}
            }
        }
        Ok(attributes)
    }
}

fn shrouded_key(
    value: &mut Reader<'_>,
    password: &Password,
    budget: &mut Budget,
) -> Result<(Content, Option<Scheme>), Error> {
    let mut info = value.sequence()?;
    let scheme = match Scheme::read(&mut info) {
        Ok(scheme) => scheme,
        Err(error) => {
            let key = StoredKey::Locked(error);
            return Ok((Content::Key { key, shrouded: true }, None));
        }
    };
    let data = info.octet_string()?;
    let plain = scheme.open(&data, password, budget);
    let key = stored(plain.and_then(|plain| PrivateKey::from_pkcs8_der(&plain)))?;
    Ok((Content::Key { key, shrouded: true }, Some(scheme)))
}

/// A key that cannot be had is locked; a cost that is refused is refused for the whole file.
fn stored(result: Result<PrivateKey, Error>) -> Result<StoredKey, Error> {
    match result {
        Ok(key) => Ok(StoredKey::Open(Box::new(key))),
        Err(
            error @ (Error::ScryptCost { .. }
            | Error::TooManyIterations { .. }
            | Error::TooMuchWork { .. }),
        ) => Err(error),
        Err(error) => Ok(StoredKey::Locked(error)),
    }
}

fn certificate(value: &mut Reader<'_>) -> Result<Content, Error> {
    let mut bag = value.sequence()?;
    let oid = bag.object_identifier()?;
    if oid != oid::X509_CERTIFICATE {
        return Ok(Content::Other(OtherKind::Unknown { name: oid }));
    }
    let der = bag.context(0)?.octet_string()?;
    Ok(match Certificate::from_der(&der) {
        Ok(certificate) => Content::Certificate(Box::new(certificate)),
        Err(error) => Content::Other(OtherKind::UnreadableCertificate(Error::Certificate(error))),
    })
}

/// A BMPString, or the UTF8String that some write instead.
fn text(values: &mut Reader<'_>) -> Result<String, Error> {
    let element = values.element()?;
    if element.tag() != tag::BMP_STRING {
        return Ok(String::from_utf8_lossy(element.content()).into_owned());
    }
    let (pairs, _) = element.content().as_chunks::<2>();
    let units = pairs.iter().map(|pair| u16::from_be_bytes(*pair)).collect::<Vec<_>>();
    Ok(String::from_utf16_lossy(&units))
}

const PART: &str = "entry of the key store";
