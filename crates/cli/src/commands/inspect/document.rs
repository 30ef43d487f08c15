//! What `crosstrust inspect` finds, as a JSON document.

use crosstrust_keystore::open::Format as SourceFormat;
use crosstrust_keystore::{Entry, OtherKind, StoredKey, concerns};
use crosstrust_x509::{
    Certificate, CertificateRequest, KeyUsageBit, SignatureCheck, SubjectAltNames,
};
use serde::Serialize;

use super::{View, description, request};
use crate::material::expiry::Expiring;
use crate::material::sources::Opened;

/// All that is told of all sources.
#[derive(Serialize)]
pub(super) struct Document<'a> {
    sources: Vec<Source<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expiring: Option<&'a [Expiring<'a>]>,
}

#[derive(Serialize)]
struct Source<'a> {
    path: &'a str,
    format: &'static str,
    encryption: Option<Encryption>,
    entries: Vec<ListedEntry<'a>>,
    warnings: Vec<Warning>,
}

#[derive(Serialize)]
struct Warning {
    code: &'static str,
    message: String,
}

#[derive(Serialize)]
struct Encryption {
    parts: Vec<Part>,
    mac: Option<String>,
}

#[derive(Serialize)]
struct Part {
    content: String,
    scheme: Option<String>,
}

#[derive(Serialize)]
struct ListedEntry<'a> {
    kind: &'static str,
    alias: Option<&'a str>,
    java_alias: Option<&'a str>,
    description: Option<String>,
    #[serde(flatten)]
    described: Option<Described>,
    chain: Vec<DescribedCertificate>,
}

/// What an entry is about.
#[derive(Serialize)]
#[serde(untagged)]
enum Described {
    Certificate(Box<DescribedCertificate>),
    /// A key without a certificate.
    Key {
        key_type: String,
    },
    Request(Box<DescribedRequest>),
}

#[derive(Serialize)]
struct DescribedCertificate {
    subject: String,
    issuer: String,
    serial: String,
    not_before: String,
    not_after: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    days_left: Option<i64>,
    key_type: String,
    signature_algorithm: String,
    is_ca: bool,
    path_len: Option<u32>,
    key_usage: Option<Vec<&'static str>>,
    extended_key_usage: Option<Vec<String>>,
    fingerprint_sha256: String,
    san: Names,
}

#[derive(Serialize)]
struct DescribedRequest {
    subject: String,
    key_type: String,
    signature_algorithm: String,
    /// Nothing where the algorithm is not checked here.
    signed_with_own_key: Option<bool>,
    san: Names,
}

#[derive(Serialize)]
struct Names {
    dns: Vec<String>,
    ip: Vec<String>,
    other_name_cn: Vec<String>,
    all: Vec<String>,
}

impl<'a> Document<'a> {
    pub(super) fn new(
        opened: &'a [Opened],
        expiring: Option<&'a [Expiring<'a>]>,
        view: View,
    ) -> Self {
        let sources = opened.iter().map(|source| Source::new(source, view)).collect();
        Self { sources, expiring }
    }
}

impl<'a> Source<'a> {
    fn new(opened: &'a Opened, view: View) -> Self {
        let contents = &opened.contents;
        Self {
            path: &opened.path,
            format: format_name(contents.format),
            encryption: contents.encryption.as_ref().map(|encryption| Encryption {
                parts: encryption.parts.iter().map(Part::new).collect(),
                mac: encryption.mac.as_ref().map(ToString::to_string),
            }),
            entries: contents.entries.iter().map(|entry| ListedEntry::new(entry, view)).collect(),
            warnings: concerns::of(contents)
                .iter()
                .map(|concern| Warning { code: concern.code(), message: concern.to_string() })
                .collect(),
        }
    }
}

impl Part {
    fn new(part: &crosstrust_keystore::pkcs12::EncryptedPart) -> Self {
        let scheme = part.scheme.as_ref().map(ToString::to_string);
        Self { content: part.content.to_string(), scheme }
    }
}

impl<'a> ListedEntry<'a> {
    fn new(entry: &'a Entry, view: View) -> Self {
        let certificates = entry.certificates();
        let chain = certificates.iter().skip(1);
        Self {
            kind: kind(entry),
            alias: entry.alias(),
            java_alias: entry.java_alias(),
            description: description(entry, view),
            described: Described::new(entry, view),
            chain: chain.map(|one| DescribedCertificate::new(one, view)).collect(),
        }
    }
}

impl Described {
    fn new(entry: &Entry, view: View) -> Option<Self> {
        if let Some(leaf) = entry.certificates().first() {
            return Some(Self::Certificate(Box::new(DescribedCertificate::new(leaf, view))));
        }
        if let Entry::Key(key) = entry
            && let StoredKey::Open(key) = &key.key
        {
            return Some(Self::Key { key_type: key.kind().to_string() });
        }
        request(entry).map(|request| Self::Request(Box::new(DescribedRequest::new(&request))))
    }
}

impl DescribedCertificate {
    fn new(certificate: &Certificate, view: View) -> Self {
        Self {
            subject: certificate.subject().to_string(),
            issuer: certificate.issuer().to_string(),
            serial: certificate.serial_hex(),
            not_before: certificate.not_before().to_string(),
            not_after: certificate.not_after().to_string(),
            days_left: view.at.map(|at| at.days_until(certificate.not_after())),
            key_type: certificate.public_key().to_string(),
            signature_algorithm: certificate.signature_algorithm().to_string(),
            is_ca: certificate.is_ca(),
            path_len: certificate.basic_constraints().and_then(|constraints| constraints.path_len),
            key_usage: certificate
                .key_usage()
                .map(|usage| usage.bits().map(KeyUsageBit::name).collect()),
            extended_key_usage: certificate.extended_key_usage().map(|u| u.purposes().to_vec()),
            fingerprint_sha256: certificate.fingerprint_sha256(),
            san: Names::new(certificate.subject_alt_names()),
        }
    }
}

impl DescribedRequest {
    fn new(request: &CertificateRequest) -> Self {
        Self {
            subject: request.subject().to_string(),
            key_type: request.public_key().to_string(),
            signature_algorithm: request.signature_algorithm().to_string(),
            signed_with_own_key: match request.check_signature() {
                SignatureCheck::Valid => Some(true),
                SignatureCheck::Invalid | SignatureCheck::Mismatch => Some(false),
                SignatureCheck::Unsupported
                | SignatureCheck::UnknownAlgorithm
                | SignatureCheck::UnknownParameters => None,
            },
            san: Names::new(request.subject_alt_names()),
        }
    }
}

impl Names {
    fn new(names: Option<&SubjectAltNames>) -> Self {
        Self {
            dns: names.map_or_else(Vec::new, |n| n.dns().map(str::to_owned).collect()),
            ip: names.map_or_else(Vec::new, |n| n.ip().map(|ip| ip.to_string()).collect()),
            other_name_cn: names.map_or_else(Vec::new, |n| n.other_name_common_names().collect()),
            all: names
                .map_or_else(Vec::new, |n| n.names().iter().map(ToString::to_string).collect()),
        }
    }
}

fn format_name(format: SourceFormat) -> &'static str {
    match format {
        SourceFormat::Jceks => "jceks",
        SourceFormat::Jks => "jks",
        SourceFormat::Pem => "pem",
        SourceFormat::Pkcs7 => "pkcs7",
        SourceFormat::Pkcs12 => "pkcs12",
        _ => "der",
    }
}

/// The kind of an entry, as the document calls it.
pub(super) fn kind(entry: &Entry) -> &'static str {
    match entry {
        Entry::Certificate(_) => "certificate",
        Entry::Key(_) => "key",
        Entry::TrustedCertificate(_) => "trusted_certificate",
        Entry::Other(other) => match other.kind {
            OtherKind::Crl => "crl",
            OtherKind::PublicKey => "public_key",
            OtherKind::Request { .. } => "request",
            OtherKind::Secret => "secret",
            _ => "unknown",
        },
        _ => "unknown",
    }
}
