//! The extensions of what we issue: elasticsearch-certutil's profile.
//!
//! Node certificates have neither keyUsage nor extendedKeyUsage: a node is client and server at
//! once, and Java takes a certificate without them for both.

use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use crosstrust_x509::{Certificate, PublicKey};
use rcgen::{
    BasicConstraints, CertificateParams, CustomExtension, IsCa, KeyIdMethod, KeyUsagePurpose,
    SanType,
};

use crate::error::Error;
use crate::instance::Instance;

/// What a certificate is for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Role<'a> {
    /// An authority: CA:TRUE, keyCertSign and cRLSign, all critical.
    Authority,
    /// A node, with its names.
    Node(&'a Instance),
}

/// Sets a certificate's extensions.
pub(crate) fn set(
    parameters: &mut CertificateParams,
    role: Role<'_>,
    public_key: &PublicKey,
) -> Result<(), Error> {
    let key_id = key_identifier(public_key);
    parameters.use_authority_key_identifier_extension = true;
    match role {
        Role::Authority => {
            parameters.key_identifier_method = KeyIdMethod::PreSpecified(key_id);
            parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
            parameters.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        }
        Role::Node(instance) => {
            parameters.subject_alt_names = alternative_names(instance)?;
            // The encoder writes these two only together with a critical basicConstraints.
            let key_id = crosstrust_x509::der::encode(OCTET_STRING, &key_id);
            parameters.custom_extensions = vec![
                CustomExtension::from_oid_content(&SUBJECT_KEY_IDENTIFIER, key_id),
                CustomExtension::from_oid_content(&BASIC_CONSTRAINTS, EMPTY_SEQUENCE.to_vec()),
            ];
        }
    }
    Ok(())
}

/// The names of an instance in the order ip, dns, cn.
pub(crate) fn alternative_names(instance: &Instance) -> Result<Vec<SanType>, Error> {
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
const SUBJECT_KEY_IDENTIFIER: [u64; 4] = [2, 5, 29, 14];
const BASIC_CONSTRAINTS: [u64; 4] = [2, 5, 29, 19];
const OCTET_STRING: u8 = 0x04;
const EMPTY_SEQUENCE: [u8; 2] = [0x30, 0x00];
