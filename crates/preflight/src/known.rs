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
    by_subject: BTreeMap<&'a JavaName, KnownAuthority<'a>>,
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
        let mut known = Self::default();
        for node in nodes {
            let links = node.chain().links();
            for link in links.into_iter().skip(1).filter(|link| link.certificate.is_ca()) {
                known.add(KnownAuthority { link, presented_by: Some(node.path()) });
            }
        }
        for link in policy.own.iter().flat_map(|own| own.trust.links()) {
            known.add(KnownAuthority { link, presented_by: None });
        }
        known
    }

    fn add(&mut self, authority: KnownAuthority<'a>) {
        self.by_subject.entry(&authority.link.identity.subject).or_insert(authority);
    }

    /// The authority that issued a certificate, by name and signature.
    pub(crate) fn issuer_of(&self, child: Link<'_>) -> Option<KnownAuthority<'a>> {
        let found = self.by_subject.get(&child.identity.issuer)?;
        child.certificate.is_signed_by(found.link.certificate).then_some(*found)
    }
}
