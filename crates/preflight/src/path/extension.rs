//! Critical extensions: which ones Java knows.

use crate::chain::Link;
use crate::error::PathError;

/// Refuses a certificate with a critical extension that Java does not know (RFC 5280, section 4.2).
pub(super) fn check_known(link: Link<'_>) -> Result<(), PathError> {
    let mut critical = link.certificate.extensions().iter().filter(|extension| extension.critical);
    match critical.find(|extension| !KNOWN.contains(&extension.oid.as_str())) {
        Some(unknown) => Err(PathError::UnknownCriticalExtension {
            subject: link.subject(),
            oid: unknown.oid.clone(),
        }),
        None => Ok(()),
    }
}

/// keyUsage, subjectAltName, basicConstraints, nameConstraints, certificatePolicies, policyMappings,
/// policyConstraints, extendedKeyUsage, inhibitAnyPolicy.
const KNOWN: [&str; 9] = [
    "2.5.29.15",
    "2.5.29.17",
    "2.5.29.19",
    "2.5.29.30",
    "2.5.29.32",
    "2.5.29.33",
    "2.5.29.36",
    "2.5.29.37",
    "2.5.29.54",
];
