//! From bags to entries: which certificates belong to which key, and what a JVM sees.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crosstrust_x509::Certificate;

use super::bag::Attributes;
use super::bag::Bag;
use super::bag::Content;
use crate::chain::Pool;
use crate::entry::CertificateEntry;
use crate::entry::Entry;
use crate::entry::KeyEntry;
use crate::entry::OtherEntry;
use crate::entry::StoredKey;
use crate::pbe::Scheme;

/// The entries of these bags, in their order. Certificates that stand in the chain of a key are
/// not listed again, unless they are trusted on their own.
pub(super) fn assemble(bags: Vec<Bag>) -> Vec<Entry> {
    let java_aliases = java_aliases(&bags);
    let mut chains = chains(&bags);
    let chained = chains.values().flatten().map(Certificate::der).map(<[u8]>::to_vec);
    let chained = chained.collect::<BTreeSet<_>>();

    let mut entries = Vec::with_capacity(bags.len());
    for (index, (bag, java_alias)) in bags.into_iter().zip(java_aliases).enumerate() {
        let alias = bag.attributes.friendly_name;
        entries.extend(match bag.content {
            Content::Key { key, .. } => {
                let chain = chains.remove(&index).unwrap_or_default();
                let encryption = bag.scheme.as_ref().map(Scheme::describe);
                Some(Entry::Key(KeyEntry { alias, java_alias, key, encryption, chain }))
            }
            Content::Certificate(certificate) => {
                let is_chained = chained.contains(certificate.der());
                let certificate = *certificate;
                let entry = CertificateEntry { alias, java_alias, certificate };
                if bag.attributes.is_trusted {
                    Some(Entry::TrustedCertificate(entry))
                } else {
                    Some(Entry::Certificate(entry)).filter(|_| !is_chained)
                }
            }
            Content::Other(kind) => Some(Entry::Other(OtherEntry { alias, kind })),
        });
    }
    entries
}

/// The chain of each key, by the index of its bag.
fn chains(bags: &[Bag]) -> BTreeMap<usize, Vec<Certificate>> {
    let certificates = bags
        .iter()
        .filter_map(|bag| bag.certificate().map(|certificate| (certificate, &bag.attributes)))
        .collect::<Vec<_>>();
    let pool = Pool::new(certificates.iter().map(|(certificate, _)| *certificate));
    let keys = bags.iter().filter(|bag| bag.key().is_some()).count();
    let mut chains = BTreeMap::new();
    for (index, bag) in bags.iter().enumerate() {
        let Some(key) = bag.key() else { continue };
        let leaf = leaf(key, &bag.attributes, &certificates).or_else(|| {
            // Java's way out when nothing else connects the only key with a certificate.
            certificates.first().map(|(certificate, _)| *certificate).filter(|_| {
                keys == 1 && key.open().is_none() && bag.attributes.local_key_id.is_none()
            })
        });
        chains.insert(index, leaf.map(|leaf| pool.java_chain(leaf)).unwrap_or_default());
    }
    chains
}

/// The certificate of a key: of the same localKeyID, else of the same public key, else of the same
/// name.
fn leaf<'a>(
    key: &StoredKey,
    attributes: &Attributes,
    certificates: &[(&'a Certificate, &Attributes)],
) -> Option<&'a Certificate> {
    let belongs =
        |certificate: &Certificate| key.open().is_some_and(|key| key.belongs_to(certificate));
    let same = |ours: Option<&[u8]>, theirs: Option<&[u8]>| ours.is_some() && ours == theirs;
    let id = attributes.local_key_id.as_deref();
    let name = attributes.friendly_name.as_deref();
    let identified = certificates
        .iter()
        .filter(|(_, other)| same(id, other.local_key_id.as_deref()))
        .map(|(certificate, _)| *certificate)
        .collect::<Vec<_>>();
    let by_id = identified.iter().find(|certificate| belongs(certificate)).or(identified.first());
    let by_key = || certificates.iter().map(|row| row.0).find(|certificate| belongs(certificate));
    let by_name = || {
        let named = |(_, other): &&(&'a Certificate, &Attributes)| {
            same(name.map(str::as_bytes), other.friendly_name.as_deref().map(str::as_bytes))
        };
        certificates.iter().find(named).map(|row| row.0)
    };
    by_id.copied().or_else(by_key).or_else(by_name)
}

/// The alias of each bag in a JVM: lower case, a number for the nameless, the last of one name
/// wins. A JVM sees trusted certificates and encrypted keys; of keys without a localKeyID only the
/// first.
fn java_aliases(bags: &[Bag]) -> Vec<Option<String>> {
    let mut counter = 0;
    let mut keys = 0;
    let mut owners = BTreeMap::new();
    let mut aliases = Vec::with_capacity(bags.len());
    for (index, bag) in bags.iter().enumerate() {
        let is_visible = match &bag.content {
            Content::Key { shrouded: true, .. } => {
                keys += 1;
                keys == 1 || bag.attributes.local_key_id.is_some()
            }
            Content::Certificate(_) => bag.attributes.is_trusted,
            Content::Key { .. } | Content::Other(_) => false,
        };
        aliases.push(is_visible.then(|| {
            let name = bag.attributes.friendly_name.as_deref();
            name.map_or_else(
                || {
                    counter += 1;
                    counter.to_string()
                },
                str::to_lowercase,
            )
        }));
        if let Some(Some(alias)) = aliases.last() {
            owners.insert(alias.clone(), index);
        }
    }
    for (index, alias) in aliases.iter_mut().enumerate() {
        if alias.as_ref().is_some_and(|alias| owners.get(alias) != Some(&index)) {
            *alias = None;
        }
    }
    aliases
}
