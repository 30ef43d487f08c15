//! Certification paths: found and judged as the trust manager of the Java virtual machine does it.
//!
//! A node's transport layer asks the JDK's `PKIX` trust manager. Its rules differ from those of
//! other libraries: any listed certificate is an anchor, an anchor's own dates and constraints are
//! ignored, a listed leaf is accepted as it is, and key identifiers that differ part a child from
//! its issuer although the signature fits.

mod algorithm;
mod build;
mod end_entity;
mod load;
mod name_constraints;
mod policies;
mod select;
mod validate;

use crosstrust_x509::{Certificate, Timestamp};

use crate::chain::{Chain, Link};
use crate::error::PathError;
use crate::role::Role;
use crate::signature_cache::SignatureCache;
use crate::trust_list::TrustList;
use crate::unjudged::Unjudged;
use crate::verdict::Verdict;

pub(crate) use end_entity::has_purpose;
pub(crate) use load::check as loads;
pub(crate) use load::doubt as doubt_of;
pub(crate) use load::may_not_load;
pub(crate) use select::other_key_id;

/// A path that nothing speaks against: the node's certificate first, the trusted one last. It is a single
/// certificate where the node's own one is trusted.
#[derive(Clone, Debug)]
pub struct Path<'a> {
    links: Vec<Link<'a>>,
    unverified: Vec<Link<'a>>,
}

impl<'a> Path<'a> {
    /// The certificates, the node's own first and the trusted one last.
    pub fn certificates(&self) -> impl DoubleEndedIterator<Item = &'a Certificate> + use<'a, '_> {
        self.links.iter().map(|link| link.certificate)
    }

    /// Whether the node's own certificate is trusted as it is: dates and usages are not looked at.
    pub fn is_pinned(&self) -> bool {
        self.links.len() == 1
    }

    /// The trusted certificate at its end.
    pub fn anchor(&self) -> Option<&'a Certificate> {
        self.links.last().map(|link| link.certificate)
    }

    /// Whether the path keeps the limits of the trusted certificate at its end: depth and names. Java
    /// does not ask; others do.
    pub(crate) fn keeps_anchor_constraints(&self) -> Result<(), PathError> {
        match self.links.split_last() {
            Some((anchor, below)) => validate::check_anchor_constraints(below, *anchor),
            None => Ok(()),
        }
    }

    /// Certificates of the path whose signature could not be verified here, because the algorithm is
    /// not known. Whoever has one is not judged.
    pub fn unverified(&self) -> impl Iterator<Item = &'a Certificate> + use<'a, '_> {
        self.unverified.iter().map(|link| link.certificate)
    }

    /// Which signature of the path was not verified, if any.
    fn unjudged(&self) -> Option<Unjudged> {
        self.unverified().next().map(|certificate| {
            let subject = certificate.subject().to_string();
            let algorithm = certificate.signature_algorithm().to_string();
            Unjudged::UnverifiedSignature { subject, algorithm }
        })
    }
}

/// What a trust list makes of a chain, in each role.
#[derive(Clone, Debug)]
pub struct Judgement<'a> {
    path: Result<Path<'a>, PathError>,
    usage: [Result<(), PathError>; 2],
    /// What keeps Java from reading a certificate, as far as it is not known.
    doubt: Option<Unjudged>,
}

impl<'a> Judgement<'a> {
    /// The path in a role, or the reason why there is none. Whether it is accepted also depends on its
    /// signatures: see [`Self::verdict`].
    pub fn role(&self, role: Role) -> Result<&Path<'a>, &PathError> {
        let [client, server] = &self.usage;
        let usage = match role {
            Role::Client => client,
            Role::Server => server,
        };
        let path = self.path.as_ref()?;
        usage.as_ref().map(|()| path)
    }

    /// The verdict in a role. A path with a signature that was not verified is not judged.
    pub fn verdict(&self, role: Role) -> Verdict {
        match (self.role(role), &self.doubt) {
            (Err(error @ (PathError::Unreadable { .. } | PathError::UnopenedList { .. })), _)
            | (Err(error), None) => error.into(),
            (_, Some(doubt)) => doubt.clone().into(),
            (Ok(path), None) => path.unjudged().map_or(Verdict::Accepted, Verdict::NotJudged),
        }
    }

    /// The path as far as it does not depend on the role.
    pub fn path(&self) -> Result<&Path<'a>, &PathError> {
        self.path.as_ref()
    }
}

impl TrustList {
    /// Judges a chain as a Java trust manager with this list does at the time `now`.
    pub fn judge<'a>(
        &'a self,
        chain: &'a Chain,
        now: Timestamp,
        signatures: &SignatureCache,
    ) -> Judgement<'a> {
        let links = chain.links();
        let path = Search { trust: self, now, signatures }.path(&links);
        let doubt = self.doubt(&links);
        let usage = Role::ALL.map(|role| match &path {
            Ok(path) => end_entity::check(path, links.len(), role),
            Err(_) => Ok(()),
        });
        Judgement { path, usage, doubt }
    }

    /// What of the certificates presented, of the list, and of the authorities that may be meant is not
    /// known to be read.
    fn doubt(&self, links: &[Link<'_>]) -> Option<Unjudged> {
        let presented = || links.iter().find_map(|link| load::doubt(*link));
        let named = || {
            let mut anchors =
                links.iter().flat_map(|link| self.with_subject(&link.identity.issuer));
            anchors.find_map(load::doubt)
        };
        self.doubtful().or_else(presented).or_else(named)
    }
}

/// What stays the same while a path is sought.
#[derive(Clone, Copy)]
struct Search<'a, 's> {
    trust: &'a TrustList,
    now: Timestamp,
    signatures: &'s SignatureCache,
}

impl<'a> Search<'a, '_> {
    /// The three ways of the trust manager: a trusted leaf is accepted as it is; a chain in order
    /// that leads to a trusted name is validated as it stands; anything else is put in order first.
    fn path(self, links: &[Link<'a>]) -> Result<Path<'a>, PathError> {
        let Some(leaf) = links.first() else { return Err(PathError::Empty) };
        if links.len() > end_entity::MOST_CERTIFICATES {
            let (count, most) = (links.len(), end_entity::MOST_CERTIFICATES);
            return Err(PathError::ChainTooLong { count, most, role: Role::Server });
        }
        links.iter().try_for_each(|link| load::check(*link))?;
        self.trust.loads()?;
        if self.trust.contains(*leaf) {
            return Ok(Path { links: vec![*leaf], unverified: Vec::new() });
        }
        match self.straight_part(links) {
            Some(part) => self.validate(part),
            None => self.build(links),
        }
    }

    /// The part of a chain in order that is left when it is cut before its first trusted member; all
    /// of it if its last issuer's name is trusted. Nothing if the chain is in disorder or leads
    /// elsewhere.
    fn straight_part<'l>(self, links: &'l [Link<'a>]) -> Option<&'l [Link<'a>]> {
        for (index, pair) in (1..).zip(links.windows(2)) {
            let [child, issuer] = pair else { break };
            if child.identity.issuer != issuer.identity.subject {
                return None;
            }
            let key = issuer.certificate.public_key();
            if self.trust.contains(*issuer) || self.trust.knows_key(&issuer.identity.subject, key) {
                return links.get(..index);
            }
        }
        links.last().filter(|last| self.trust.knows(&last.identity.issuer)).map(|_| links)
    }
}

/// The error that says more, where several paths fail: the one that got further.
fn more_telling(old: Option<PathError>, new: PathError) -> PathError {
    match old {
        Some(old) if telling(&old) >= telling(&new) => old,
        _ => new,
    }
}

fn telling(error: &PathError) -> u8 {
    match error {
        PathError::UnknownIssuer { .. } | PathError::UntrustedRoot { .. } => 0,
        PathError::InvalidSignature { .. } => 1,
        PathError::AuthorityKeyMismatch { signature_fits: false, .. } => 2,
        PathError::AuthorityKeyMismatch { .. } | PathError::AuthoritySerialMismatch { .. } => 3,
        _ => 4,
    }
}
