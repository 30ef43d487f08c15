//! The algorithms and key sizes that Java's `jdk.certpath.disabledAlgorithms` forbids.

use crosstrust_x509::{Curve, KeyKind};

use crate::chain::Link;
use crate::error::PathError;

/// Whether a certificate's signature algorithm may be used. That of an anchor is never asked.
pub(super) fn check_signature(link: Link<'_>) -> Result<(), PathError> {
    let algorithm = link.certificate.signature_algorithm();
    match algorithm.digest() {
        Some("md2" | "md5") => Err(PathError::DisabledSignature {
            subject: link.subject(),
            algorithm: algorithm.to_string(),
        }),
        _ => Ok(()),
    }
}

/// Whether a certificate's key is large enough.
pub(super) fn check_key(link: Link<'_>) -> Result<(), PathError> {
    let key = link.certificate.public_key().kind();
    if !is_disabled(key) {
        return Ok(());
    }
    Err(PathError::DisabledKey { subject: link.subject(), key: key.clone() })
}

/// Whether Java has the elliptic curve arithmetic to verify signatures made with a key.
pub(super) fn can_verify(key: &KeyKind) -> bool {
    match key {
        KeyKind::Ec { curve } => matches!(curve, Curve::P256 | Curve::P384 | Curve::P521),
        KeyKind::Other { .. } => false,
        _ => true,
    }
}

fn is_disabled(key: &KeyKind) -> bool {
    match key {
        KeyKind::Rsa { bits } | KeyKind::RsaPss { bits } => *bits < 1024,
        // No parameters means that they are the issuer's, whose key is looked at itself.
        KeyKind::Dsa { bits } => *bits > 0 && *bits < 1024,
        KeyKind::Ec { curve: Curve::Other { oid } } => SMALL_CURVES.contains(&oid.as_str()),
        _ => false,
    }
}

/// The named curves of fewer than 224 bits that Java can name.
const SMALL_CURVES: [&str; 26] = [
    "1.2.840.10045.3.0.1",
    "1.2.840.10045.3.0.5",
    "1.2.840.10045.3.0.6",
    "1.2.840.10045.3.0.7",
    "1.2.840.10045.3.1.1",
    "1.2.840.10045.3.1.2",
    "1.2.840.10045.3.1.3",
    "1.3.132.0.1",
    "1.3.132.0.2",
    "1.3.132.0.4",
    "1.3.132.0.5",
    "1.3.132.0.6",
    "1.3.132.0.7",
    "1.3.132.0.8",
    "1.3.132.0.9",
    "1.3.132.0.15",
    "1.3.132.0.22",
    "1.3.132.0.23",
    "1.3.132.0.24",
    "1.3.132.0.25",
    "1.3.132.0.28",
    "1.3.132.0.29",
    "1.3.132.0.30",
    "1.3.132.0.31",
    "1.3.36.3.3.2.8.1.1.1",
    "1.3.36.3.3.2.8.1.1.3",
];
