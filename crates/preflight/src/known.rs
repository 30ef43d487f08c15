//! Authorities that are known without being trusted: those that nodes present, and the own CA list.
//!
//! They say what is missing where a path breaks off, and have no part in any verdict.

use std::collections::BTreeMap;

use crate::chain::Link;
use crate::java_name::JavaName;
use crate::node::Node;
use crate::settings::Policy;

/// Authorities by subject, with the node that presents them.
#[derive(Debug, Default)]
pub(crate) struct KnownAuthorities<'a> {
    by_subject: BTreeMap<&'a JavaName, Vec<KnownAuthority<'a>>>,
}

/// An authority, and where it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct KnownAuthority<'a> {
    pub(crate) link: Link<'a>,
    /// The node that presents it; nothing where it is in the own cluster's CA list.
    pub(crate) presented_by: Option<&'a str>,
}

impl<'a> KnownAuthorities<'a> {
    pub(crate) fn new(nodes: &'a [Node], policy: &'a Policy) -> Self {
        let mut known = Self::of_nodes(nodes);
        for link in policy.own.iter().flat_map(|own| own.trust.links()) {
            known.add(KnownAuthority { link, presented_by: None });
        }
        known
    }

    /// Those that nodes present.
    pub(crate) fn of_nodes(nodes: impl IntoIterator<Item = &'a Node>) -> Self {
        let mut known = Self::default();
        nodes.into_iter().for_each(|node| known.add_presented(node));
        known
    }

    fn add_presented(&mut self, node: &'a Node) {
        let links = node.chain().links();
        for link in links.into_iter().skip(1).filter(|link| link.certificate.is_ca()) {
            self.add(KnownAuthority { link, presented_by: Some(node.path()) });
        }
    }

    fn add(&mut self, authority: KnownAuthority<'a>) {
        let same_name = self.by_subject.entry(&authority.link.identity.subject).or_default();
        let key = authority.link.certificate.public_key();
        if same_name.iter().all(|other| other.link.certificate.public_key() != key) {
            same_name.push(authority);
        }
    }

    /// The authority that issued a certificate, by name and signature.
    pub(crate) fn issuer_of(&self, child: Link<'_>) -> Option<KnownAuthority<'a>> {
        let same_name = self.by_subject.get(&child.identity.issuer)?;
        let signs =
            |found: &&KnownAuthority<'_>| child.certificate.is_signed_by(found.link.certificate);
        same_name.iter().find(signs).copied()
    }
}
