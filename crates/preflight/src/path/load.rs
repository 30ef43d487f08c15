//! What Java asks of a certificate before it even looks at it.

use std::collections::BTreeSet;

use crosstrust_x509::{Certificate, Extension, ExtensionReading};

use crate::chain::Link;
use crate::error::{LoadProblem, PathError};
use crate::unjudged::Unjudged;

/// Refuses a certificate that Java's certificate factory does not load. One such certificate breaks
/// the whole handshake, wherever in the chain it stands.
pub(crate) fn check(link: Link<'_>) -> Result<(), PathError> {
    match problem(link.certificate) {
        Some(problem) => Err(PathError::Unreadable { subject: link.subject(), problem }),
        None => Ok(()),
    }
}

fn problem(certificate: &Certificate) -> Option<LoadProblem> {
    if certificate.issuer().is_empty() {
        return Some(LoadProblem::EmptyIssuer);
    }
    let names = certificate.subject_alt_names().filter(|names| names.is_critical());
    if certificate.subject().is_empty() && names.is_none_or(|names| names.names().is_empty()) {
        return Some(LoadProblem::EmptySubject);
    }
    let version = certificate.version();
    if version < 3 && !certificate.extensions().is_empty() {
        return Some(LoadProblem::ExtensionsInOldVersion { version });
    }
    extension_problem(certificate)
}

/// A malformed extension that is not critical is as good as absent.
fn extension_problem(certificate: &Certificate) -> Option<LoadProblem> {
    let mut seen = BTreeSet::new();
    certificate.extensions().iter().find_map(|extension| {
        let oid = extension.oid.clone();
        match extension.reading() {
            ExtensionReading::Unread if extension.critical => {
                Some(LoadProblem::MalformedExtension { oid })
            }
            ExtensionReading::Read if !seen.insert(extension.oid.as_str()) => {
                Some(LoadProblem::DuplicateExtension { oid })
            }
            _ => None,
        }
    })
}

/// Why it is not known whether Java loads a certificate, if it is not.
pub(crate) fn may_not_load(link: Link<'_>) -> Option<Unjudged> {
    doubted(link, |extension| extension.critical)
}

/// Why it is not known what Java makes of a certificate in a path.
pub(crate) fn doubt(link: Link<'_>) -> Option<Unjudged> {
    doubted(link, |extension| extension.critical || IN_PATHS.contains(&extension.oid.as_str()))
}

fn doubted(link: Link<'_>, matters: fn(&Extension) -> bool) -> Option<Unjudged> {
    let extension = link.certificate.extensions().iter().find(|extension| {
        matters(extension)
            && match extension.reading() {
                ExtensionReading::Read => false,
                ExtensionReading::Unknown => true,
                // Java 17 passes over it, Java 25 refuses the certificate.
                ExtensionReading::Unread => extension.oid == EXTENDED_KEY_USAGE,
            }
    })?;
    let what = format!(
        "`{}` has an extension {} that not every Java reads, or whose encoding is not decoded here",
        link.subject(),
        extension.oid
    );
    Some(Unjudged::NotLookedAt { what })
}

const EXTENDED_KEY_USAGE: &str = "2.5.29.37";
/// What a path is judged by, even where it is not critical: subjectKeyIdentifier, keyUsage,
/// basicConstraints, nameConstraints, certificatePolicies, policyMappings, authorityKeyIdentifier,
/// policyConstraints, extendedKeyUsage, the Netscape type.
const IN_PATHS: [&str; 10] = [
    "2.5.29.14",
    "2.5.29.15",
    "2.5.29.19",
    "2.5.29.30",
    "2.5.29.32",
    "2.5.29.33",
    "2.5.29.35",
    "2.5.29.36",
    EXTENDED_KEY_USAGE,
    "2.16.840.1.113730.1.1",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::certificate;

    /// Java's factory: "`SubjectAlternativeName` extension MUST be marked critical when subject field
    /// is empty".
    #[test]
    fn an_empty_subject_needs_critical_names_in_its_place() {
        assert_eq!(problem(&certificate("DNS:node1")), Some(LoadProblem::EmptySubject));
        assert_eq!(problem(&certificate("CN:node1 DNS:node1")), None);
        assert_eq!(problem(&certificate("CN:node1")), None);
    }
}
