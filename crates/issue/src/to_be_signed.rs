//! The part of a certificate that is signed (RFC 5280, section 4.1.1.1), with names byte for byte.
//!
//! The encoder behind it holds a distinguished name as a map: of `DC=com, DC=example` it keeps one
//! attribute, and it takes neither relative names of several attributes nor every string type. A
//! chain whose names differ in a single byte does not verify everywhere, so the encoder gets
//! placeholders, and the names' own bytes are put in before the signature is made.

use std::sync::Mutex;

use crosstrust_keystore::SignatureScheme;
use crosstrust_x509::{Certificate, Name, PublicKey, der};
use rcgen::{
    CertificateParams, DistinguishedName, DnType, Issuer, KeyIdMethod, PublicKeyData, SerialNumber,
    SignatureAlgorithm, SigningKey, SubjectPublicKeyInfo,
};
use time::OffsetDateTime;

use crate::error::Error;
use crate::extensions::{self, CertificateKind};
use crate::serial;
use crate::signing::Signing;
use crate::validity::Validity;

/// What goes into a certificate.
pub(crate) struct Contents<'a> {
    pub(crate) subject: &'a Name,
    pub(crate) public_key: &'a PublicKey,
    pub(crate) validity: Validity,
    pub(crate) kind: CertificateKind<'a>,
}

/// Who signs: the name, the key identifier and the key.
pub(crate) struct SignedBy<'a> {
    pub(crate) name: &'a Name,
    pub(crate) key_identifier: Vec<u8>,
    pub(crate) public_key: &'a PublicKey,
    pub(crate) signer: &'a dyn Signing,
}

impl<'a> SignedBy<'a> {
    /// The owner of the key that is certified.
    pub(crate) fn own(name: &'a Name, public_key: &'a PublicKey, signer: &'a dyn Signing) -> Self {
        let key_identifier = extensions::key_identifier(public_key);
        Self { name, key_identifier, public_key, signer }
    }
}

/// Makes a certificate.
pub(crate) fn certify(contents: &Contents<'_>, by: &SignedBy<'_>) -> Result<Certificate, Error> {
    let unencodable =
        |detail: String| Error::Unencodable { subject: contents.subject.to_string(), detail };
    let to_be_signed = to_be_signed(contents, by, &serial::random()?)?;
    let der = sign(&to_be_signed, by.signer)?;
    let certificate =
        Certificate::from_der(&der).map_err(|error| unencodable(error.to_string()))?;
    let as_asked = certificate.issuer().der() == by.name.der()
        && certificate.subject().der() == contents.subject.der();
    if !as_asked {
        return Err(Error::Inconsistent { subject: contents.subject.to_string() });
    }
    Ok(certificate)
}

/// What is signed, with a given serial number.
pub(crate) fn to_be_signed(
    contents: &Contents<'_>,
    by: &SignedBy<'_>,
    serial: &[u8],
) -> Result<Vec<u8>, Error> {
    let unencodable =
        |detail: String| Error::Unencodable { subject: contents.subject.to_string(), detail };
    let encoded = encode(contents, by, serial).map_err(|error| match error {
        Refused::Encoder(error) => unencodable(error.to_string()),
        Refused::Other(error) => error,
    })?;
    let names = [(ISSUER, by.name), (SUBJECT, contents.subject)];
    splice(&encoded, &names).ok_or_else(|| unencodable("not a SEQUENCE".to_owned()))
}

/// Why there is no encoding.
pub(crate) enum Refused {
    Encoder(rcgen::Error),
    Other(Error),
}

impl From<rcgen::Error> for Refused {
    fn from(error: rcgen::Error) -> Self {
        Self::Encoder(error)
    }
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Self::Other(error)
    }
}

/// The bytes that the encoder would sign.
fn encode(contents: &Contents<'_>, by: &SignedBy<'_>, serial: &[u8]) -> Result<Vec<u8>, Refused> {
    let mut parameters = CertificateParams::default();
    parameters.serial_number = Some(SerialNumber::from_slice(serial));
    parameters.not_before = date_time(contents.validity.not_before.unix());
    parameters.not_after = date_time(contents.validity.not_after.unix());
    parameters.distinguished_name = placeholder(contents.subject);
    extensions::set(&mut parameters, contents.kind, contents.public_key)?;
    let mut issuer = CertificateParams::default();
    issuer.key_identifier_method = KeyIdMethod::PreSpecified(by.key_identifier.clone());
    let issuer = Issuer::new(issuer, Recorder::new(by.public_key, by.signer.scheme())?);
    let public_key = SubjectPublicKeyInfo::from_der(contents.public_key.der())?;
    parameters.signed_by(&public_key, &issuer)?;
    Ok(issuer.key().recorded())
}

/// A name for the encoder: one attribute, or none where the subject has none, because the encoder
/// marks subject alternative names as critical then, as RFC 5280, section 4.1.2.6 asks.
pub(crate) fn placeholder(subject: &Name) -> DistinguishedName {
    let mut name = DistinguishedName::new();
    if !subject.is_empty() {
        name.push(DnType::CommonName, "placeholder");
    }
    name
}

/// Puts names in place of the elements at these positions of a SEQUENCE.
pub(crate) fn splice(encoded: &[u8], names: &[(usize, &Name)]) -> Option<Vec<u8>> {
    let (sequence, _) = der::read(encoded)?;
    let mut fields: Vec<&[u8]> =
        der::read_all(sequence.contents)?.iter().map(|field| field.bytes).collect();
    for (position, name) in names {
        *fields.get_mut(*position)? = name.der();
    }
    Some(der::encode(der::SEQUENCE, &fields.concat()))
}

/// Signs, and joins what is signed, the algorithm and the signature.
pub(crate) fn sign(to_be_signed: &[u8], signer: &dyn Signing) -> Result<Vec<u8>, Error> {
    let signature = signer.sign(to_be_signed)?;
    Ok(join(to_be_signed, signer.scheme().algorithm_identifier_der(), &signature))
}

/// What is signed, the algorithm and the signature in one SEQUENCE.
pub(crate) fn join(to_be_signed: &[u8], algorithm: &[u8], signature: &[u8]) -> Vec<u8> {
    let bits = [&[0], signature].concat();
    let parts = [to_be_signed, algorithm, &der::encode(BIT_STRING, &bits)];
    der::encode(der::SEQUENCE, &parts.concat())
}

fn date_time(unix: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(unix).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

/// A signing key that keeps what it is asked to sign. The signature is made later, over the bytes
/// with the right names.
pub(crate) struct Recorder {
    public_key: Vec<u8>,
    algorithm: &'static SignatureAlgorithm,
    message: Mutex<Vec<u8>>,
}

impl Recorder {
    pub(crate) fn new(public_key: &PublicKey, scheme: SignatureScheme) -> Result<Self, Error> {
        let kind = public_key.kind();
        let algorithm =
            algorithm(scheme).ok_or_else(|| Error::UnsupportedKey { kind: kind.to_string() })?;
        let public_key = public_key.key_bits().to_vec();
        Ok(Self { public_key, algorithm, message: Mutex::new(Vec::new()) })
    }

    /// What it was asked to sign.
    pub(crate) fn recorded(&self) -> Vec<u8> {
        self.message.lock().map(|mut message| std::mem::take(&mut *message)).unwrap_or_default()
    }
}

impl PublicKeyData for Recorder {
    fn der_bytes(&self) -> &[u8] {
        &self.public_key
    }

    fn algorithm(&self) -> &'static SignatureAlgorithm {
        self.algorithm
    }
}

impl SigningKey for Recorder {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, rcgen::Error> {
        let mut kept = self.message.lock().map_err(|_| rcgen::Error::RemoteKeyError)?;
        *kept = message.to_vec();
        Ok(Vec::new())
    }
}

/// The encoder's row for a signature scheme.
fn algorithm(scheme: SignatureScheme) -> Option<&'static SignatureAlgorithm> {
    use SignatureScheme as Scheme;
    Some(match scheme {
        Scheme::EcdsaSha256 => &rcgen::PKCS_ECDSA_P256_SHA256,
        Scheme::EcdsaSha384 => &rcgen::PKCS_ECDSA_P384_SHA384,
        Scheme::EcdsaSha512 => &rcgen::PKCS_ECDSA_P521_SHA512,
        Scheme::Ed25519 => &rcgen::PKCS_ED25519,
        Scheme::RsaPkcs1Sha256 => &rcgen::PKCS_RSA_SHA256,
        _ => return None,
    })
}

const ISSUER: usize = 3;
const SUBJECT: usize = 5;
const BIT_STRING: u8 = 0x03;
