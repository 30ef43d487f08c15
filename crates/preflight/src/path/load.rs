//! What Java asks of a certificate before it even looks at it.

use std::collections::BTreeSet;

use crosstrust_x509::Certificate;

use super::name_constraints::{NAME_CONSTRAINTS, NameConstraints};
use crate::chain::Link;
use crate::error::{LoadProblem, PathError};

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
    let unreadable = certificate.unreadable_extensions();
    let mut seen = BTreeSet::new();
    certificate.extensions().iter().find_map(|extension| {
        let oid = extension.oid.clone();
        if !seen.insert(extension.oid.as_str()) {
            return Some(LoadProblem::DuplicateExtension { oid });
        }
        let malformed = extension.critical
            && (unreadable.contains(&extension.oid)
                || (extension.oid == SUBJECT_ALT_NAMES
                    && certificate.unreadable_names().is_some())
                || (extension.oid == NAME_CONSTRAINTS
                    && NameConstraints::are_unreadable(certificate)));
        malformed.then_some(LoadProblem::MalformedExtension { oid })
    })
}

const SUBJECT_ALT_NAMES: &str = "2.5.29.17";

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
