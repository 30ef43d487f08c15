//! Binary files: key stores, bundles, single certificates and keys.

use crosstrust_x509::Certificate;

use super::Contents;
use super::Format;
use crate::der::Reader;
use crate::der::tag;
use crate::entry::CertificateEntry;
use crate::entry::Entry;
use crate::entry::KeyEntry;
use crate::entry::OtherEntry;
use crate::entry::OtherKind;
use crate::entry::StoredKey;
use crate::error::Error;
use crate::error::FormatProblem;
use crate::jks;
use crate::pbe::Budget;
use crate::pem::Note;
use crate::pem::NoteKind;
use crate::pkcs7;
use crate::pkcs12;
use crate::private_key::PrivateKey;
use crate::private_key::parse::from_any_der;
use crate::private_key::try_passwords;
use crate::secret::Password;

/// Opens a file that is not PEM; the keys of a key store may have a password of their own.
pub(super) fn open(
    bytes: &[u8],
    passwords: &[Password],
    keys: Option<&Password>,
    budget: &mut Budget,
) -> Result<Contents, Error> {
    if let Some((_, hint)) = OTHERS.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(Error::UnknownFormat { hint });
    }
    if let Some(hint) = manifest_of_kubernetes(bytes).or_else(|| base64_alone(bytes)) {
        return Err(Error::UnknownFormat { hint });
    }
    if jks::is_jks(bytes) {
        let open = |store: &Password| jks::read(bytes, store, keys.unwrap_or(store), budget);
        let entries = try_passwords("the key store", passwords, open)?;
        let format = if jks::is_jceks(bytes) { Format::Jceks } else { Format::Jks };
        return Ok(Contents::new(format, entries));
    }
    if bytes.first() != Some(&tag::SEQUENCE) {
        return Err(Error::UnknownFormat { hint: KNOWN });
    }
    if pkcs12::is_pkcs12(bytes) {
        return key_store(bytes, passwords, keys, budget);
    }
    if pkcs7::is_pkcs7(bytes) {
        let certificates = pkcs7::read(bytes)?;
        let entries = certificates.into_iter().map(certificate_entry).collect();
        return Ok(Contents::new(Format::Pkcs7, entries));
    }
    if let Some(key) = from_any_der(bytes, passwords, budget) {
        let (alias, java_alias, encryption, chain) = (None, None, None, Vec::new());
        let entry = KeyEntry { alias, java_alias, key: stored(key)?, encryption, chain };
        return Ok(Contents::new(Format::PrivateKey, vec![Entry::Key(entry)]));
    }
    certificate_like(bytes)
}

/// How to take certificates out of a manifest, in YAML or JSON, if it is one that may hold some.
fn manifest_of_kubernetes(bytes: &[u8]) -> Option<&'static str> {
    let text = String::from_utf8_lossy(bytes.get(..bytes.len().min(MANIFEST_HEAD))?);
    if !text.contains("apiVersion") {
        return None;
    }
    let bare = text.replace(['"', '\'', ' ', '\t', '\r', '-'], "");
    let is_there = |kind: &str| bare.split(['\n', ',', '{', '}', '[', ']']).any(|one| one == kind);
    MANIFESTS.iter().find(|(kind, _)| is_there(kind)).map(|(_, hint)| *hint)
}

/// How to decode a text that is nothing but base64 of PEM or DER, if it is one.
fn base64_alone(bytes: &[u8]) -> Option<&'static str> {
    let is_base64 = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/=\r\n ".contains(byte);
    let text = bytes.trim_ascii();
    let begins = |start: &&[u8]| text.starts_with(start);
    (BASE64.iter().any(begins) && text.iter().all(is_base64)).then_some(DECODE)
}

/// A certificate that stands in a file by itself or in a row.
pub(super) fn certificate_entry(certificate: Certificate) -> Entry {
    Entry::Certificate(CertificateEntry { alias: None, java_alias: None, certificate })
}

/// An entry without a name that is neither key nor certificate.
pub(super) fn other_entry(kind: OtherKind) -> Entry {
    Entry::Other(OtherEntry { alias: None, kind })
}

/// A key for which the password is missing or wrong is locked; any other fault is one.
pub(super) fn stored(key: Result<PrivateKey, Error>) -> Result<StoredKey, Error> {
    match key {
        Ok(key) => Ok(StoredKey::Open(Box::new(key))),
        Err(error @ (Error::PasswordRequired { .. } | Error::WrongPassword)) => {
            Ok(StoredKey::Locked(error))
        }
        Err(error) => Err(error),
    }
}

/// The certificate at the start of the bytes, and how many follow it.
pub(super) fn leading_certificate(bytes: &[u8]) -> Result<(Certificate, usize), Error> {
    let mut reader = Reader::new(bytes, "certificate");
    let raw = reader.expect(tag::SEQUENCE)?.raw();
    let certificate = Certificate::from_der(raw).map_err(Error::Certificate)?;
    Ok((certificate, reader.rest().len()))
}

fn key_store(
    bytes: &[u8],
    passwords: &[Password],
    keys: Option<&Password>,
    budget: &mut Budget,
) -> Result<Contents, Error> {
    let read = |store: &Password| pkcs12::read_within(bytes, store, keys.unwrap_or(store), budget);
    let store = try_passwords("the key store", passwords, read)?;
    let mut contents = Contents::new(Format::Pkcs12, store.entries);
    contents.notes = store.notes;
    contents.encryption = Some(store.encryption);
    Ok(contents)
}

/// Certificates, requests and revocation lists are all signed structures: the inside tells which.
fn certificate_like(bytes: &[u8]) -> Result<Contents, Error> {
    if is_request(bytes) {
        let entry = other_entry(OtherKind::Request { der: bytes.to_vec() });
        return Ok(Contents::new(Format::Request, vec![entry]));
    }
    if is_crl(bytes) {
        return Ok(Contents::new(Format::Crl, vec![other_entry(OtherKind::Crl)]));
    }
    let (certificate, count) = leading_certificate(bytes)?;
    let mut contents = Contents::new(Format::Certificate, vec![certificate_entry(certificate)]);
    if count > 0 {
        contents.notes.push(Note { line: None, kind: NoteKind::TrailingBytes { count } });
    }
    Ok(contents)
}

/// A request: version, name, key, attributes (RFC 2986, section 4.1).
fn is_request(bytes: &[u8]) -> bool {
    let tags = signed_tags(bytes).unwrap_or_default();
    tags == [tag::INTEGER, tag::SEQUENCE, tag::SEQUENCE, tag::context(0)]
}

/// A revocation list has a time directly behind its issuer (RFC 5280, section 5.1).
fn is_crl(bytes: &[u8]) -> bool {
    let tags = signed_tags(bytes).unwrap_or_default();
    let tags = tags.strip_prefix(&[tag::INTEGER]).unwrap_or(&tags);
    matches!(tags, [tag::SEQUENCE, tag::SEQUENCE, UTC_TIME | GENERALIZED_TIME, ..])
}

/// The tags of the first fields within the signed part.
fn signed_tags(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let mut signed = Reader::new(bytes, "signed structure").sequence()?.sequence()?;
    let mut tags = Vec::new();
    while !signed.is_empty() && tags.len() < 4 {
        tags.push(signed.element()?.tag());
    }
    if tags.is_empty() { Err(signed.damaged(FormatProblem::Truncated)) } else { Ok(tags) }
}

/// Formats that are recognised but not read, with what to do about them.
/// How a ZIP archive begins.
pub(super) const ZIP: &[u8] = b"PK\x03\x04";
const OTHERS: [(&[u8], &str); 2] = [
    (ZIP, "a ZIP archive, which must be unpacked first"),
    (b"SSH PRIVATE KEY FILE", "a key of SSH, which has no place in TLS"),
];
/// Kinds of manifests, and what to do with each. A list is of what its items are.
const MANIFESTS: [(&str, &str); 6] = [
    ("kind:Config", KUBECONFIG),
    ("kind:Secret", SECRET),
    ("kind:SecretList", SECRET),
    ("kind:ConfigMap", CONFIG_MAP),
    ("kind:ConfigMapList", CONFIG_MAP),
    ("kind:List", "a list of Kubernetes, in which nothing is looked for; get its items one by one"),
];
const SECRET: &str = "a Secret of Kubernetes, whose values are base64; take one out: \
    kubectl get secret NAME -o jsonpath='{.data.tls\\.crt}' | base64 -d >tls.crt";
const CONFIG_MAP: &str = "a ConfigMap of Kubernetes; take its value out: \
    kubectl get configmap NAME -o jsonpath='{.data.ca\\.crt}' >ca.crt";
const KUBECONFIG: &str = "a configuration of kubectl; take its CA out: \
    kubectl config view --raw --minify -o jsonpath='{.clusters[0].cluster.certificate-authority-data}' | base64 -d >ca.crt";
/// How base64 of `-----BEGIN` begins, and of the sequence that a certificate or key is.
const BASE64: [&[u8]; 3] = [b"LS0tLS1CRUdJTi", b"MII", b"MIG"];
const DECODE: &str = "base64 alone; decode it first: base64 -d FILE >NEW";
/// How much of a text is looked at for what kind of manifest it is.
const MANIFEST_HEAD: usize = 1 << 16;
const KNOWN: &str = "known are PEM, PKCS#12, PKCS#7, JKS, and certificates and keys in DER";
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;
