//! Validation of one path, from the anchor down to the node's certificate (RFC 5280, section 6.1).

use crosstrust_x509::{KeyUsageBit, SignatureCheck, Timestamp};

use super::algorithm;
use super::name_constraints::NameConstraints;
use super::policies::Policies;
use crate::chain::Link;
use crate::error::{PathError, SignatureProblem};
use crate::signature_cache::SignatureCache;

/// Validates `links`, the node's certificate first, below `anchor`. Gives the certificates whose
/// signature cannot be checked here.
pub(super) fn validate<'a>(
    links: &[Link<'a>],
    anchor: Link<'a>,
    now: Timestamp,
    signatures: &SignatureCache,
) -> Result<Vec<Link<'a>>, PathError> {
    algorithm::check_key(anchor)?;
    let mut descent = Descent {
        issuer: anchor,
        below_anchor: true,
        intermediates_left: links.len(),
        constraints: Vec::new(),
        policies: Policies::new(links.len()),
        unverified: Vec::new(),
    };
    for (depth, link) in links.iter().enumerate().rev() {
        descent.check(*link, depth == 0, now, signatures)?;
    }
    Ok(descent.unverified)
}

/// Checks the limits of the anchor itself, which no part of the verdict depends on.
pub(super) fn check_anchor_constraints(
    links: &[Link<'_>],
    anchor: Link<'_>,
) -> Result<(), PathError> {
    let intermediates = links.iter().skip(1).filter(|link| !link.is_self_issued());
    let limit = anchor.certificate.basic_constraints().and_then(|constraints| constraints.path_len);
    let limit = limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(usize::MAX);
    if let Some(too_deep) = intermediates.rev().nth(limit) {
        return Err(PathError::PathLength { subject: too_deep.subject() });
    }
    let Some(constraints) = NameConstraints::of(anchor.certificate) else { return Ok(()) };
    links.iter().try_for_each(|link| {
        constraints.check(link.certificate).map_err(|name| PathError::NameConstraints {
            subject: link.subject(),
            name,
            issuer: anchor.subject(),
        })
    })
}

/// What is known when the next certificate down is looked at.
struct Descent<'a> {
    issuer: Link<'a>,
    below_anchor: bool,
    intermediates_left: usize,
    constraints: Vec<(Link<'a>, NameConstraints)>,
    policies: Policies,
    unverified: Vec<Link<'a>>,
}

impl<'a> Descent<'a> {
    fn check(
        &mut self,
        link: Link<'a>,
        is_leaf: bool,
        now: Timestamp,
        signatures: &SignatureCache,
    ) -> Result<(), PathError> {
        algorithm::check_signature(link)?;
        algorithm::check_key(link)?;
        if !is_leaf {
            check_key_cert_sign(link)?;
            self.check_authority(link)?;
        }
        self.check_names(link, is_leaf)?;
        self.policies.check(link, is_leaf)?;
        check_validity(link, now)?;
        self.check_issuer(link, signatures)?;
        check_critical_extensions(link)?;
        (self.issuer, self.below_anchor) = (link, false);
        Ok(())
    }

    /// An intermediate is an authority, and not deeper than those above it allow. Self-issued ones do
    /// not count (RFC 5280, section 6.1.4, steps k to m).
    fn check_authority(&mut self, link: Link<'a>) -> Result<(), PathError> {
        let allowed = match link.certificate.basic_constraints() {
            _ if link.certificate.version() < 3 => {
                (self.below_anchor && link.is_self_issued()).then_some(usize::MAX)
            }
            Some(constraints) if constraints.ca => {
                let limit = constraints.path_len.map(usize::try_from);
                Some(limit.and_then(Result::ok).unwrap_or(usize::MAX))
            }
            _ => None,
        };
        let Some(allowed) = allowed else {
            return Err(PathError::IntermediateNotCa { subject: link.subject() });
        };
        if !link.is_self_issued() {
            self.intermediates_left = self
                .intermediates_left
                .checked_sub(1)
                .ok_or_else(|| PathError::PathLength { subject: link.subject() })?;
        }
        self.intermediates_left = self.intermediates_left.min(allowed);
        Ok(())
    }

    fn check_names(&mut self, link: Link<'a>, is_leaf: bool) -> Result<(), PathError> {
        if is_leaf || !link.is_self_issued() {
            for (issuer, constraints) in &self.constraints {
                constraints.check(link.certificate).map_err(|name| PathError::NameConstraints {
                    subject: link.subject(),
                    name,
                    issuer: issuer.subject(),
                })?;
            }
        }
        if let Some(constraints) = NameConstraints::of(link.certificate) {
            self.constraints.push((link, constraints));
        }
        Ok(())
    }

    fn check_issuer(
        &mut self,
        link: Link<'a>,
        signatures: &SignatureCache,
    ) -> Result<(), PathError> {
        let issuer_key = self.issuer.certificate.public_key().kind();
        match signatures.check(link, self.issuer) {
            SignatureCheck::Valid => Ok(()),
            _ if !algorithm::can_verify(issuer_key) => Err(PathError::UnsupportedIssuerKey {
                subject: link.subject(),
                issuer: self.issuer.subject(),
                key: issuer_key.clone(),
            }),
            SignatureCheck::Unsupported => {
                self.unverified.push(link);
                Ok(())
            }
            SignatureCheck::Mismatch => Err(unverifiable(link, SignatureProblem::Mismatch)),
            SignatureCheck::UnknownAlgorithm => {
                Err(unverifiable(link, SignatureProblem::UnknownAlgorithm))
            }
            SignatureCheck::UnknownParameters => {
                Err(unverifiable(link, SignatureProblem::UnknownParameters))
            }
            SignatureCheck::Invalid => Err(PathError::InvalidSignature {
                subject: link.subject(),
                issuer: self.issuer.subject(),
                fingerprint: self.issuer.identity.fingerprint.clone(),
                trusted: self.below_anchor,
            }),
        }
    }
}

fn unverifiable(link: Link<'_>, problem: SignatureProblem) -> PathError {
    let algorithm = link.certificate.signature_algorithm().to_string();
    PathError::UnverifiableSignature { subject: link.subject(), algorithm, problem }
}

pub(super) fn check_validity(link: Link<'_>, now: Timestamp) -> Result<(), PathError> {
    let (not_before, not_after) = (link.certificate.not_before(), link.certificate.not_after());
    if now < not_before {
        return Err(PathError::NotYetValid { subject: link.subject(), not_before });
    }
    if not_after < now {
        return Err(PathError::Expired { subject: link.subject(), not_after });
    }
    Ok(())
}

/// An intermediate's keyUsage, if it has one, has keyCertSign.
pub(super) fn check_key_cert_sign(link: Link<'_>) -> Result<(), PathError> {
    match link.certificate.key_usage() {
        Some(usage) if !usage.allows(KeyUsageBit::KeyCertSign) => {
            Err(PathError::IntermediateWithoutKeyCertSign {
                subject: link.subject(),
                usage: usage.to_string(),
            })
        }
        _ => Ok(()),
    }
}

/// Refuses a certificate with a critical extension that Java does not know (RFC 5280, section 4.2).
pub(super) fn check_critical_extensions(link: Link<'_>) -> Result<(), PathError> {
    let mut critical = link.certificate.extensions().iter().filter(|extension| extension.critical);
    match critical.find(|extension| !KNOWN_EXTENSIONS.contains(&extension.oid.as_str())) {
        Some(unknown) => Err(PathError::UnknownCriticalExtension {
            subject: link.subject(),
            oid: unknown.oid.clone(),
        }),
        None => Ok(()),
    }
}

/// keyUsage, subjectAltName, basicConstraints, nameConstraints, certificatePolicies, policyMappings,
/// policyConstraints, extendedKeyUsage, inhibitAnyPolicy.
const KNOWN_EXTENSIONS: [&str; 9] = [
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
