//! The extensions of issued certificates, which are those of elasticsearch-certutil.
//!
//! Node certificates have neither keyUsage nor extendedKeyUsage: a node is client and server at
//! once, and Java takes a certificate without them for both.

use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use crosstrust_x509::{Certificate, KeyUsageBit, PublicKey, SubjectAltNames};
use rcgen::{
    BasicConstraints, CertificateParams, CustomExtension, ExtendedKeyUsagePurpose, IsCa,
    KeyIdMethod, KeyUsagePurpose, SanType,
};

use crate::error::Error;
use crate::instance::Instance;

/// What a node's key is for, as its certificate says. By default a certificate says nothing of
/// it, which fits a node on the transport layer: it is client and server at once.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Purpose {
    /// The bits of a critical keyUsage; no extension if there is none.
    pub key_usage: Vec<KeyUsageBit>,
    /// The purposes of an extendedKeyUsage, in this order; no extension if there is none.
    pub extended_key_usage: Vec<KeyPurpose>,
}

/// A purpose in extendedKeyUsage (RFC 5280, section 4.2.1.12).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum KeyPurpose {
    /// The key authenticates a TLS client.
    ClientAuth,
    /// The key authenticates a TLS server.
    ServerAuth,
}

impl Purpose {
    /// A server on the HTTP layer: digitalSignature, keyEncipherment and serverAuth.
    pub fn http_server() -> Self {
        let key_usage = vec![KeyUsageBit::DigitalSignature, KeyUsageBit::KeyEncipherment];
        Self { key_usage, extended_key_usage: vec![KeyPurpose::ServerAuth] }
    }
}

/// What a new authority may do.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Constraints {
    /// How many authorities may stand below it, one under the other; none means any number.
    pub path_len: Option<u8>,
    /// The bits of its keyUsage.
    pub key_usage: Vec<KeyUsageBit>,
}

/// Any number of authorities below; keyCertSign and cRLSign.
impl Default for Constraints {
    fn default() -> Self {
        let key_usage = vec![KeyUsageBit::KeyCertSign, KeyUsageBit::CrlSign];
        Self { path_len: None, key_usage }
    }
}

/// What a certificate is for.
#[derive(Clone, Copy)]
pub(crate) enum CertificateKind<'a> {
    /// An authority: CA:TRUE and its usages, all critical.
    Authority(&'a Constraints),
    /// A node.
    Node {
        /// Its names.
        names: Names<'a>,
        /// What its key is for.
        purpose: &'a Purpose,
    },
}

/// The subject alternative names of a node.
#[derive(Clone, Copy)]
pub(crate) enum Names<'a> {
    /// Byte for byte those of a request, if it has any.
    Copied(Option<&'a SubjectAltNames>),
    /// An instance's.
    Of(&'a Instance),
}

/// Sets a certificate's extensions.
pub(crate) fn set(
    parameters: &mut CertificateParams,
    kind: CertificateKind<'_>,
    public_key: &PublicKey,
) -> Result<(), Error> {
    let key_id = key_identifier(public_key);
    parameters.use_authority_key_identifier_extension = true;
    match kind {
        CertificateKind::Authority(Constraints { path_len, key_usage }) => {
            parameters.key_identifier_method = KeyIdMethod::PreSpecified(key_id);
            parameters.is_ca = IsCa::Ca(match path_len {
                Some(length) => BasicConstraints::Constrained(*length),
                None => BasicConstraints::Unconstrained,
            });
            parameters.key_usages = key_usage.iter().copied().map(usage).collect();
        }
        CertificateKind::Node { names, purpose } => {
            // The encoder writes these two only together with a critical basicConstraints.
            let key_id = crosstrust_x509::der::encode(OCTET_STRING, &key_id);
            parameters.custom_extensions = vec![
                CustomExtension::from_oid_content(&SUBJECT_KEY_IDENTIFIER, key_id),
                CustomExtension::from_oid_content(&BASIC_CONSTRAINTS, EMPTY_SEQUENCE.to_vec()),
            ];
            set_names(parameters, names)?;
            set_purpose(parameters, purpose);
        }
    }
    Ok(())
}

/// Sets the names; those that are copied are critical only for an empty subject (RFC 5280,
/// section 4.2.1.6).
pub(crate) fn set_names(parameters: &mut CertificateParams, names: Names<'_>) -> Result<(), Error> {
    match names {
        Names::Of(instance) => parameters.subject_alt_names = alternative_names(instance)?,
        Names::Copied(Some(names)) => {
            let names = names.der().to_vec();
            let mut extension = CustomExtension::from_oid_content(&SUBJECT_ALT_NAME, names);
            extension.set_criticality(parameters.distinguished_name.iter().next().is_none());
            parameters.custom_extensions.push(extension);
        }
        Names::Copied(None) => {}
    }
    Ok(())
}

/// Sets what a node's key is for.
pub(crate) fn set_purpose(parameters: &mut CertificateParams, purpose: &Purpose) {
    parameters.key_usages = purpose.key_usage.iter().copied().map(usage).collect();
    let purposes = purpose.extended_key_usage.iter().map(|purpose| match purpose {
        KeyPurpose::ClientAuth => ExtendedKeyUsagePurpose::ClientAuth,
        KeyPurpose::ServerAuth => ExtendedKeyUsagePurpose::ServerAuth,
    });
    parameters.extended_key_usages = purposes.collect();
}

fn usage(bit: KeyUsageBit) -> KeyUsagePurpose {
    match bit {
        KeyUsageBit::DigitalSignature => KeyUsagePurpose::DigitalSignature,
        KeyUsageBit::NonRepudiation => KeyUsagePurpose::ContentCommitment,
        KeyUsageBit::KeyEncipherment => KeyUsagePurpose::KeyEncipherment,
        KeyUsageBit::DataEncipherment => KeyUsagePurpose::DataEncipherment,
        KeyUsageBit::KeyAgreement => KeyUsagePurpose::KeyAgreement,
        KeyUsageBit::KeyCertSign => KeyUsagePurpose::KeyCertSign,
        KeyUsageBit::CrlSign => KeyUsagePurpose::CrlSign,
        KeyUsageBit::EncipherOnly => KeyUsagePurpose::EncipherOnly,
        KeyUsageBit::DecipherOnly => KeyUsagePurpose::DecipherOnly,
    }
}

/// The names of an instance in the order ip, dns, cn.
fn alternative_names(instance: &Instance) -> Result<Vec<SanType>, Error> {
    let ip = instance.ip.iter().map(|ip| Ok(SanType::IpAddress(*ip)));
    let dns = instance.dns.iter().map(|dns| {
        dns.as_str().try_into().map(SanType::DnsName).map_err(|error| unencodable(instance, &error))
    });
    let common_names = instance
        .common_names
        .iter()
        .map(|name| Ok(SanType::OtherName((COMMON_NAME.to_vec(), name.as_str().into()))));
    ip.chain(dns).chain(common_names).collect()
}

/// The identifier that certificates issued by an authority must carry: its own
/// subjectKeyIdentifier where it has one, however it was made.
pub(crate) fn authority_key_identifier(authority: &Certificate) -> Vec<u8> {
    match authority.subject_key_id() {
        Some(key_id) => key_id.to_vec(),
        None => key_identifier(authority.public_key()),
    }
}

/// The SHA-1 digest of the public key's bits (RFC 5280, section 4.2.1.2, method 1).
pub(crate) fn key_identifier(public_key: &PublicKey) -> Vec<u8> {
    digest(&SHA1_FOR_LEGACY_USE_ONLY, public_key.key_bits()).as_ref().to_vec()
}

fn unencodable(instance: &Instance, error: &rcgen::Error) -> Error {
    Error::Unencodable { subject: instance.subject.to_string(), detail: error.to_string() }
}

const COMMON_NAME: [u64; 4] = [2, 5, 4, 3];
const SUBJECT_ALT_NAME: [u64; 4] = [2, 5, 29, 17];
const SUBJECT_KEY_IDENTIFIER: [u64; 4] = [2, 5, 29, 14];
const BASIC_CONSTRAINTS: [u64; 4] = [2, 5, 29, 19];
const OCTET_STRING: u8 = 0x04;
const EMPTY_SEQUENCE: [u8; 2] = [0x30, 0x00];
