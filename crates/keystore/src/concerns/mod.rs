//! What a person should know of a file before giving it to Elasticsearch: what its JVM cannot open,
//! does not see, or would refuse.
//!
//! The JVMs are those of Java 17 to 25. Nothing here is a fault of the file, which may serve another
//! purpose; whether a node is accepted with it is another question, and not one for this crate.

use std::collections::BTreeSet;

use crosstrust_x509::Certificate;
use crosstrust_x509::CertificateRequest;
use crosstrust_x509::Curve;
use crosstrust_x509::KeyKind;
use crosstrust_x509::UnreadableNames;

use crate::chain::Pool;
use crate::entry::Entry;
use crate::entry::KeyEntry;
use crate::entry::OtherEntry;
use crate::entry::OtherKind;
use crate::java;
use crate::java::Obstacle;
use crate::java::Reason;
use crate::open::Contents;
use crate::open::Format;

/// Something that a person should know of a file.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Concern {
    /// The private key of an authority stands beside that of a node.
    #[error(
        "the private key of the CA `{subject}` is beside that of a node: whoever reads the file can issue certificates"
    )]
    AuthorityKey {
        /// Subject of the authority.
        subject: String,
    },
    /// Java has no implementation of an algorithm.
    #[error(transparent)]
    JavaCannotOpen(Obstacle),
    /// A PEM file holds a private key beside certificates.
    #[error("it holds a private key and certificates, which Elasticsearch reads from two files")]
    KeyBesideCertificates,
    /// An authority stands before the leaf.
    #[error(
        "its first certificate is the CA `{first}`, where Elasticsearch expects the node's own: `{leaf}`"
    )]
    LeafNotFirst {
        /// Subject of the first certificate.
        first: String,
        /// Subject of the first one that is not a CA.
        leaf: String,
    },
    /// A key store is encrypted with algorithms of the 1990s.
    #[error("it is encrypted with {scheme}, which is weak{}", if *.needs_legacy_provider { ", and OpenSSL 3 opens it with its legacy provider only" } else { "" })]
    LegacyEncryption {
        /// The algorithms.
        scheme: String,
        /// Whether OpenSSL 3 has it in its legacy provider only.
        needs_legacy_provider: bool,
    },
    /// A key store without a certificate that Java trusts.
    #[error(
        "it is not a trust store: Java finds no trusted certificate entry in it, so Elasticsearch refuses it"
    )]
    NoTrustedCertificate,
    /// A key store of which Java sees no entry.
    #[error("Java lists no entry of it")]
    NothingForJava,
    /// The certificates after the leaf are not each followed by their issuer.
    #[error(
        "its certificates are out of order: `{subject}` is not followed by its issuer, which is in the file"
    )]
    OutOfOrder {
        /// Subject of the first certificate that is not.
        subject: String,
    },
    /// A key store with a certificate that cannot be read.
    #[error(
        "a certificate in it cannot be read ({reason}): Java refuses a key store for one that it cannot read"
    )]
    UnreadableCertificate {
        /// What is wrong with it.
        reason: String,
    },
    /// A certificate, or a request for one, with alternative names that Java gives up on.
    #[error("Java reads none of the alternative names of `{subject}`: {reason}")]
    UnreadableNames {
        /// Subject of the certificate.
        subject: String,
        /// Why.
        reason: UnreadableNames,
    },
    /// A key that a node cannot use.
    #[error(
        "Elasticsearch cannot use its {key} key: keys are RSA from 1024 bits, EC on P-256, P-384 or P-521, or DSA"
    )]
    UnusableKey {
        /// The kind of key.
        key: KeyKind,
    },
}

impl Concern {
    /// A name for programs, which does not change: `no-trusted-certificate`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::AuthorityKey { .. } => "authority-key",
            Self::JavaCannotOpen(_) => "java-cannot-open",
            Self::KeyBesideCertificates => "key-beside-certificates",
            Self::LeafNotFirst { .. } => "leaf-not-first",
            Self::LegacyEncryption { .. } => "legacy-encryption",
            Self::NoTrustedCertificate => "no-trusted-certificate",
            Self::NothingForJava => "nothing-for-java",
            Self::OutOfOrder { .. } => "out-of-order",
            Self::UnreadableCertificate { .. } => "unreadable-certificate",
            Self::UnreadableNames { .. } => "unreadable-names",
            Self::UnusableKey { .. } => "unusable-key",
        }
    }
}

/// What there is to know of a file, in the order of the checks.
pub fn of(contents: &Contents) -> Vec<Concern> {
    let mut concerns = Vec::new();
    for check in CHECKS {
        check(contents, &mut concerns);
    }
    concerns
}

/// What no JVM, or not every one, opens with any password.
fn java_cannot_open(contents: &Contents, concerns: &mut Vec<Concern>) {
    let mut obstacles = java::content_obstacles(contents);
    obstacles.extend(java::key_obstacles(contents));
    let mut told = BTreeSet::new();
    obstacles.retain(|one| match &one.reason {
        Reason::Scheme { scheme, .. } | Reason::Password { scheme } => told.insert(scheme.clone()),
        _ => false,
    });
    concerns.extend(obstacles.into_iter().map(Concern::JavaCannotOpen));
}

fn legacy_encryption(contents: &Contents, concerns: &mut Vec<Concern>) {
    let parts = contents.encryption.iter().flat_map(|encryption| &encryption.parts);
    let mut schemes: Vec<_> = parts.filter_map(|part| part.scheme.as_ref()).collect();
    schemes.dedup();
    for scheme in schemes.iter().filter(|scheme| scheme.name != "PBES2") {
        let needs_legacy_provider = !scheme.cipher.starts_with("DES-EDE");
        let scheme = scheme.name.clone();
        concerns.push(Concern::LegacyEncryption { scheme, needs_legacy_provider });
    }
}

fn unreadable_certificates(contents: &Contents, concerns: &mut Vec<Concern>) {
    concerns.extend(contents.entries.iter().find_map(|entry| match entry {
        Entry::Other(OtherEntry { kind: OtherKind::UnreadableCertificate(error), .. }) => {
            let reason = error.to_string();
            Some(Concern::UnreadableCertificate { reason })
        }
        _ => None,
    }));
}

fn unreadable_names(contents: &Contents, concerns: &mut Vec<Concern>) {
    // Nobody asks for the alternative names of a CA.
    let certificates = contents.certificates().into_iter().filter(|one| !one.is_ca());
    let certificates =
        certificates.filter_map(|one| Some((one.subject().to_string(), one.unreadable_names()?)));
    let requests = contents.entries.iter().filter_map(|entry| match entry {
        Entry::Other(OtherEntry { kind: OtherKind::Request { der }, .. }) => {
            let request = CertificateRequest::from_der(der).ok()?;
            let reason = request.subject_alt_names()?.unreadable()?;
            Some((request.subject().to_string(), reason))
        }
        _ => None,
    });
    let found = certificates.chain(requests);
    concerns.extend(found.map(|(subject, reason)| Concern::UnreadableNames { subject, reason }));
}

fn what_java_lists(contents: &Contents, concerns: &mut Vec<Concern>) {
    let cannot_open = concerns.iter().any(|concern| {
        matches!(concern, Concern::JavaCannotOpen(_) | Concern::UnreadableCertificate { .. })
    });
    if !contents.format.is_key_store() || cannot_open {
        return;
    }
    let trusted =
        |entry: &Entry| matches!(entry, Entry::TrustedCertificate(one) if one.java_alias.is_some());
    let secret =
        |entry: &Entry| matches!(entry, Entry::Other(other) if other.kind == OtherKind::Secret);
    if !contents.entries.iter().any(|entry| entry.java_alias().is_some() || secret(entry)) {
        concerns.push(Concern::NothingForJava);
    } else if !contents.entries.iter().any(trusted) {
        concerns.push(Concern::NoTrustedCertificate);
    }
}

fn authority_keys(contents: &Contents, concerns: &mut Vec<Concern>) {
    let is_authority = |entry: &&KeyEntry| entry.chain.first().is_some_and(Certificate::is_ca);
    if contents.keys().all(|entry| is_authority(&entry)) {
        return;
    }
    let authorities = contents.keys().filter(is_authority).filter_map(|entry| entry.chain.first());
    concerns.extend(
        authorities.map(|one| Concern::AuthorityKey { subject: one.subject().to_string() }),
    );
}

fn unusable_keys(contents: &Contents, concerns: &mut Vec<Concern>) {
    // The certificate tells the kind of a key that is locked.
    let of_entry = |entry: &KeyEntry| match entry.key.open() {
        Some(key) => Some(key.kind().clone()),
        None => entry.chain.first().map(|leaf| leaf.public_key().kind().clone()),
    };
    let unusable = |kind: &KeyKind| match kind {
        KeyKind::Dsa { .. } => false,
        KeyKind::Ec { curve } => !matches!(curve, Curve::P256 | Curve::P384 | Curve::P521),
        KeyKind::Rsa { bits } => *bits < 1024,
        _ => true,
    };
    let kinds = contents.keys().filter_map(of_entry).filter(unusable);
    concerns.extend(kinds.map(|key| Concern::UnusableKey { key }));
}

fn pem_layout(contents: &Contents, concerns: &mut Vec<Concern>) {
    if contents.format != Format::Pem || contents.encryption.is_some() {
        return;
    }
    let certificates = contents.certificates();
    if contents.keys().next().is_some() && !certificates.is_empty() {
        concerns.push(Concern::KeyBesideCertificates);
    }
    let Some(first) = certificates.first() else { return };
    let leaf = certificates.iter().find(|certificate| !certificate.is_ca());
    match leaf {
        // A list of authorities has no order.
        None => {}
        Some(leaf) if first.is_ca() => concerns.push(Concern::LeafNotFirst {
            first: first.subject().to_string(),
            leaf: leaf.subject().to_string(),
        }),
        Some(_) => concerns.extend(out_of_order(&certificates)),
    }
}

/// The first certificate, from the leaf on, behind which another stands than its issuer.
fn out_of_order(certificates: &[&Certificate]) -> Option<Concern> {
    let pool = Pool::new(certificates.iter().copied());
    let chain = pool.chain(certificates.first()?);
    let place = chain.iter().zip(certificates).position(|(one, found)| one != *found)?;
    let before = chain.get(place.checked_sub(1)?)?;
    Some(Concern::OutOfOrder { subject: before.subject().to_string() })
}

/// A further check is a function and a row here.
const CHECKS: [fn(&Contents, &mut Vec<Concern>); 8] = [
    java_cannot_open,
    legacy_encryption,
    unreadable_certificates,
    unreadable_names,
    what_java_lists,
    authority_keys,
    unusable_keys,
    pem_layout,
];
#[cfg(test)]
mod tests;
