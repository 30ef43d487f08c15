//! An X.509 certificate (RFC 5280, section 4.1).

use x509_parser::certificate::X509Certificate;
use x509_parser::prelude::FromDer;

use crate::constraints::BasicConstraints;
use crate::der;
use crate::der::hexadecimal;
use crate::error::Error;
use crate::extension::Extension;
use crate::extension_reading::ExtensionReading;
use crate::fingerprint::fingerprint_sha256;
use crate::general_name::SubjectAltNames;
use crate::name::Name;
use crate::public_key::PublicKey;
use crate::signature::{SignatureAlgorithm, SignatureCheck};
use crate::timestamp::Timestamp;
use crate::unreadable_names::UnreadableNames;
use crate::usage::{ExtendedKeyUsage, KeyUsage};

/// The identifier of the subjectAltName extension.
const SUBJECT_ALT_NAMES: &str = "2.5.29.17";

/// A certificate: its bytes, and what they say. Two are equal if their bytes are.
#[derive(Clone, Debug)]
pub struct Certificate {
    der: Vec<u8>,
    version: u32,
    serial: Vec<u8>,
    subject: Name,
    issuer: Name,
    not_before: Timestamp,
    not_after: Timestamp,
    public_key: PublicKey,
    signature_algorithm: SignatureAlgorithm,
    to_be_signed: Vec<u8>,
    signature: Vec<u8>,
    extensions: Vec<Extension>,
    read: Extensions,
}

/// The extensions that are understood.
#[derive(Clone, Debug, Default)]
struct Extensions {
    subject_alt_names: Option<SubjectAltNames>,
    basic_constraints: Option<BasicConstraints>,
    key_usage: Option<KeyUsage>,
    extended_key_usage: Option<ExtendedKeyUsage>,
    subject_key_id: Option<Vec<u8>>,
    authority_key_id: Option<Vec<u8>>,
    unreadable: Vec<String>,
}

impl Certificate {
    /// Reads exactly one DER certificate; bytes that follow it are an error.
    pub fn from_der(bytes: &[u8]) -> Result<Self, Error> {
        let (rest, parsed) = X509Certificate::from_der(bytes).map_err(|_| Error::Malformed)?;
        if !rest.is_empty() {
            return Err(Error::TrailingBytes { count: rest.len() });
        }
        Self::from_parsed(bytes, &parsed).ok_or(Error::Malformed)
    }

    fn from_parsed(bytes: &[u8], parsed: &X509Certificate<'_>) -> Option<Self> {
        let parts = der::read_all(der::read_one(bytes, der::SEQUENCE)?.contents)?;
        let [to_be_signed, algorithm, signature] = parts.as_slice() else { return None };
        let extensions = parsed.extensions().iter().map(|extension| Extension {
            oid: extension.oid.to_id_string(),
            critical: extension.critical,
            value: extension.value.to_vec(),
        });
        let extensions = extensions.collect::<Vec<_>>();
        Some(Self {
            der: bytes.to_vec(),
            version: parsed.version().0.saturating_add(1),
            serial: parsed.raw_serial().to_vec(),
            subject: Name::from_der(parsed.subject().as_raw())?,
            issuer: Name::from_der(parsed.issuer().as_raw())?,
            not_before: Timestamp::from_unix(parsed.validity().not_before.timestamp()),
            not_after: Timestamp::from_unix(parsed.validity().not_after.timestamp()),
            public_key: PublicKey::from_der(parsed.public_key().raw)?,
            signature_algorithm: SignatureAlgorithm::from_contents(algorithm.contents)?,
            to_be_signed: to_be_signed.bytes.to_vec(),
            signature: signature.contents.get(1..)?.to_vec(),
            read: Extensions::read(&extensions),
            extensions,
        })
    }

    /// The part that is signed, as encoded (RFC 5280, section 4.1.1.1).
    pub fn to_be_signed(&self) -> &[u8] {
        &self.to_be_signed
    }

    /// The signature: the octets of its BIT STRING.
    pub fn signature(&self) -> &[u8] {
        &self.signature
    }

    /// The certificate as encoded.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The version as people count it: 1, 2 or 3.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// The subject.
    pub fn subject(&self) -> &Name {
        &self.subject
    }

    /// The issuer.
    pub fn issuer(&self) -> &Name {
        &self.issuer
    }

    /// The serial number's contents octets as encoded: big endian, two's complement.
    pub fn serial(&self) -> &[u8] {
        &self.serial
    }

    /// The serial number in lower-case hexadecimal, without the octet that only marks it positive.
    pub fn serial_hex(&self) -> String {
        match self.serial.as_slice() {
            [0, rest @ ..] if !rest.is_empty() => hexadecimal(rest),
            all => hexadecimal(all),
        }
    }

    /// The first second of its validity.
    pub fn not_before(&self) -> Timestamp {
        self.not_before
    }

    /// The last second of its validity.
    pub fn not_after(&self) -> Timestamp {
        self.not_after
    }

    /// Whether `now` is within its validity, both ends included.
    pub fn is_valid_at(&self, now: Timestamp) -> bool {
        self.not_before <= now && now <= self.not_after
    }

    /// The subject's public key.
    pub fn public_key(&self) -> &PublicKey {
        &self.public_key
    }

    /// The algorithm of the issuer's signature.
    pub fn signature_algorithm(&self) -> &SignatureAlgorithm {
        &self.signature_algorithm
    }

    /// All extensions, in the certificate's order.
    pub fn extensions(&self) -> &[Extension] {
        &self.extensions
    }

    /// Object identifiers of the extensions that are there but malformed.
    pub fn unreadable_extensions(&self) -> &[String] {
        &self.read.unreadable
    }

    /// The subjectAltName extension.
    pub fn subject_alt_names(&self) -> Option<&SubjectAltNames> {
        self.read.subject_alt_names.as_ref()
    }

    /// Why Java reads none of the subject alternative names. Nothing if it reads them, or there are
    /// none.
    pub fn unreadable_names(&self) -> Option<UnreadableNames> {
        match self.subject_alt_names() {
            Some(names) => names.unreadable(),
            None if self.read.unreadable.iter().any(|oid| oid == SUBJECT_ALT_NAMES) => {
                Some(UnreadableNames::Malformed)
            }
            None => None,
        }
    }

    /// The basicConstraints extension.
    pub fn basic_constraints(&self) -> Option<BasicConstraints> {
        self.read.basic_constraints
    }

    /// The keyUsage extension.
    pub fn key_usage(&self) -> Option<&KeyUsage> {
        self.read.key_usage.as_ref()
    }

    /// The extendedKeyUsage extension.
    pub fn extended_key_usage(&self) -> Option<&ExtendedKeyUsage> {
        self.read.extended_key_usage.as_ref()
    }

    /// The subjectKeyIdentifier.
    pub fn subject_key_id(&self) -> Option<&[u8]> {
        self.read.subject_key_id.as_deref()
    }

    /// The keyIdentifier of the authorityKeyIdentifier extension.
    pub fn authority_key_id(&self) -> Option<&[u8]> {
        self.read.authority_key_id.as_deref()
    }

    /// Whether this is the certificate of an authority: basicConstraints say so, or it is a
    /// self-issued one of version 1, from before there were extensions.
    pub fn is_ca(&self) -> bool {
        match self.basic_constraints() {
            Some(constraints) => constraints.ca,
            None => self.version == 1 && self.is_self_issued(),
        }
    }

    /// Whether subject and issuer are the same name.
    pub fn is_self_issued(&self) -> bool {
        self.subject.matches(&self.issuer)
    }

    /// Whether the certificate is signed with its own key.
    pub fn is_self_signed(&self) -> bool {
        self.is_self_issued() && self.is_signed_by(self)
    }

    /// Whether this certificate's signature was made with the key of `issuer`.
    pub fn check_signature(&self, issuer: &Self) -> SignatureCheck {
        if !self.names_one_algorithm() {
            return SignatureCheck::Mismatch;
        }
        self.signature_algorithm.check(&issuer.public_key, &self.to_be_signed, &self.signature)
    }

    /// Whether the algorithm is the same within what is signed and beside the signature (RFC 5280,
    /// section 4.1.1.2).
    fn names_one_algorithm(&self) -> bool {
        let within = || {
            let fields = der::read_all(der::read_one(&self.to_be_signed, der::SEQUENCE)?.contents)?;
            let mut fields = fields.iter().skip_while(|field| field.tag == VERSION);
            SignatureAlgorithm::from_contents(fields.nth(1)?.contents)
        };
        within().as_ref() == Some(&self.signature_algorithm)
    }

    /// Whether `issuer` has this certificate's issuer as its subject, and signed it.
    pub fn is_signed_by(&self, issuer: &Self) -> bool {
        self.issuer.matches(&issuer.subject)
            && self.check_signature(issuer) == SignatureCheck::Valid
    }

    /// The SHA-256 digest of the DER bytes in lower-case hexadecimal.
    pub fn fingerprint_sha256(&self) -> String {
        fingerprint_sha256(&self.der)
    }
}

/// The tag of the version, which only version 1 leaves out.
const VERSION: u8 = 0xa0;

impl PartialEq for Certificate {
    fn eq(&self, other: &Self) -> bool {
        self.der == other.der
    }
}

impl Eq for Certificate {}

impl Extensions {
    fn read(extensions: &[Extension]) -> Self {
        let mut read = Self::default();
        for extension in extensions {
            let unread = extension.reading() == ExtensionReading::Unread;
            // Names are kept, so that it can be told which of them Java does not read.
            let is_absent = unread && extension.oid != SUBJECT_ALT_NAMES;
            if is_absent || read.take(extension).is_none() {
                read.unreadable.push(extension.oid.clone());
            }
        }
        read
    }

    /// Keeps what an extension says. Nothing if it is one of ours and malformed.
    fn take(&mut self, extension: &Extension) -> Option<()> {
        let (critical, value) = (extension.critical, extension.value.as_slice());
        match extension.oid.as_str() {
            "2.5.29.14" => {
                let key_id = der::read_one(value, der::OCTET_STRING)?.contents;
                self.subject_key_id = Some(key_id.to_vec());
            }
            "2.5.29.15" => self.key_usage = Some(KeyUsage::from_extension(critical, value)?),
            SUBJECT_ALT_NAMES => {
                self.subject_alt_names = Some(SubjectAltNames::from_extension(critical, value)?);
            }
            "2.5.29.19" => {
                self.basic_constraints = Some(BasicConstraints::from_extension(critical, value)?);
            }
            "2.5.29.35" => self.authority_key_id = authority_key_id(value)?,
            "2.5.29.37" => {
                self.extended_key_usage = Some(ExtendedKeyUsage::from_extension(critical, value)?);
            }
            _ => {}
        }
        Some(())
    }
}

/// The `[0]` keyIdentifier, if the extension has one (RFC 5280, section 4.2.1.1).
#[allow(clippy::option_option, reason = "malformed, and well-formed without an identifier")]
fn authority_key_id(value: &[u8]) -> Option<Option<Vec<u8>>> {
    let fields = der::read_all(der::read_one(value, der::SEQUENCE)?.contents)?;
    Some(fields.iter().find(|field| field.tag == 0x80).map(|field| field.contents.to_vec()))
}
