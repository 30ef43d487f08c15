//! Identities: private keys with their chains, and the authorities to trust beside them, gathered
//! from one file or from several that belong together.

use std::collections::BTreeSet;

use crosstrust_x509::Certificate;

use crate::authorities;
use crate::chain::Pool;
use crate::entry::Entry;
use crate::entry::StoredKey;
use crate::error::Error;
use crate::open::Contents;
use crate::private_key::PrivateKey;

/// What files hold, sorted by what it is for.
#[derive(Clone, Default)]
pub struct Identities {
    /// The keys, in the order of the files.
    pub keys: Vec<Identity>,
    /// The authorities to trust, each once.
    pub trusted: Vec<Certificate>,
}

/// A private key and what its owner presents with it.
#[derive(Clone)]
pub struct Identity {
    /// The alias in the key store, if it came from one.
    pub alias: Option<String>,
    /// The key.
    pub key: PrivateKey,
    /// Its certificate, then the intermediate authorities. A root is left out, since the
    /// verifier has it, unless it is the key's own certificate.
    pub chain: Vec<Certificate>,
    /// Whether key and certificate are known to be one pair. It is not so for kinds of key of which
    /// the public part is not computed ([`PrivateKey::public_key`]).
    pub is_verified: bool,
}

/// Gathers keys and authorities from files that were opened.
///
/// To trust are the entries marked so, and the roots; without either the highest authorities that
/// are there. A key that is locked is that error; a key whose certificate is in none of the files
/// is [`Error::KeyWithoutCertificate`]. A key of which the public part is not computed goes with the
/// one certificate of its kind, if there is one only.
pub fn gather(sources: &[&Contents]) -> Result<Identities, Error> {
    let certificates: Vec<&Certificate> =
        sources.iter().flat_map(|contents| contents.certificates()).collect();
    let pool = Pool::new(certificates.iter().copied());
    let mut keys = Vec::new();
    for entry in sources.iter().flat_map(|contents| contents.keys()) {
        let key = match &entry.key {
            StoredKey::Open(key) => key.as_ref(),
            StoredKey::Locked(error) => return Err(error.clone()),
        };
        let leaf = entry.chain.first().or_else(|| certificate_of(key, &certificates));
        let leaf =
            leaf.ok_or_else(|| Error::KeyWithoutCertificate { key: key.kind().to_string() })?;
        let certificate = certificates.iter().find(|known| **known == leaf).copied();
        let chain = without_root(pool.chain(certificate.unwrap_or(leaf)));
        let is_verified = key.belongs_to(leaf);
        keys.push(Identity { alias: entry.alias.clone(), key: key.clone(), chain, is_verified });
    }
    Ok(Identities { keys, trusted: trusted(sources) })
}

fn certificate_of<'a>(key: &PrivateKey, among: &[&'a Certificate]) -> Option<&'a Certificate> {
    if key.public_key().is_some() {
        return among.iter().find(|certificate| key.belongs_to(certificate)).copied();
    }
    let mut of_kind = among.iter().filter(|one| one.public_key().kind() == key.kind());
    let first = of_kind.next()?;
    of_kind.all(|other| other == first).then_some(*first)
}

/// A chain less the root at its end.
fn without_root(mut chain: Vec<Certificate>) -> Vec<Certificate> {
    if chain.len() > 1 && chain.last().is_some_and(Certificate::is_self_issued) {
        chain.pop();
    }
    chain
}

fn trusted(sources: &[&Contents]) -> Vec<Certificate> {
    let marked =
        sources.iter().flat_map(|contents| &contents.entries).filter_map(|entry| match entry {
            Entry::TrustedCertificate(entry) => Some(&entry.certificate),
            _ => None,
        });
    let authorities = authorities::extract(sources).unwrap_or_default();
    let roots = authorities.iter().filter(|authority| authority.is_self_issued());
    let mut seen = BTreeSet::new();
    let mut trusted: Vec<Certificate> = marked
        .chain(roots)
        .filter(|certificate| seen.insert(certificate.der().to_vec()))
        .cloned()
        .collect();
    if trusted.is_empty() {
        let issues = |one: &Certificate| authorities.iter().any(|a| one.is_signed_by(a));
        trusted = authorities.iter().filter(|one| !issues(one)).cloned().collect();
    }
    trusted
}
