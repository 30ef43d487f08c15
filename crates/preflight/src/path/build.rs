//! Search for a path among presented and trusted certificates, where a chain is in disorder.
//!
//! Depth first from the node's certificate upwards, as the JDK's path builder goes. Trusted
//! certificates end a path; presented ones extend it and must be valid authorities. Key identifiers
//! only decide what is tried first here, unlike in a chain that is in order.

use crosstrust_x509::{Certificate, hexadecimal};

use super::{Path, Search, more_telling, select, validate};
use crate::chain::Link;
use crate::error::PathError;
use crate::trust_list::anchor_may_sign;

impl<'a> Search<'a, '_> {
    /// Puts the presented certificates in order, whatever order that is.
    pub(super) fn build(self, presented: &[Link<'a>]) -> Result<Path<'a>, PathError> {
        let Some(leaf) = presented.first() else { return Err(PathError::Empty) };
        validate::check_validity(*leaf, self.now)?;
        validate::check_critical_extensions(*leaf)?;
        let mut builder = Builder {
            search: self,
            presented,
            path: vec![*leaf],
            steps: 0,
            asked_before: false,
            found: None,
            failure: None,
        };
        match (builder.climb(0), builder.found) {
            (Some(outcome), _) => outcome,
            (None, Some(path)) => Ok(path),
            (None, None) => Err(builder.failure.unwrap_or(PathError::Empty)),
        }
    }
}

type Outcome<'a> = Result<Path<'a>, PathError>;

struct Builder<'a, 's, 'l> {
    search: Search<'a, 's>,
    presented: &'l [Link<'a>],
    path: Vec<Link<'a>>,
    steps: usize,
    /// Whether issuers were looked for before. The JDK's builder uses one selector for all its
    /// questions, and after the first it asks trusted certificates for their dates, too.
    asked_before: bool,
    /// A path, while the search goes on for one that ends badly.
    found: Option<Path<'a>>,
    failure: Option<PathError>,
}

impl<'a> Builder<'a, '_, '_> {
    /// Looks for the issuer of the last certificate of the path, and for its issuer, and so on.
    fn climb(&mut self, authorities: usize) -> Option<Outcome<'a>> {
        let child = *self.path.last()?;
        let candidates = self.candidates(child, authorities);
        if candidates.is_empty() {
            self.fail(self.why_no_issuer(child));
        }
        let (trusted, presented): (Vec<_>, Vec<_>) =
            candidates.into_iter().partition(|candidate| self.search.trust.contains(*candidate));
        for preferred in [true, false] {
            let is_next =
                |link: &Link<'a>| names_key_of(child.certificate, link.certificate) == preferred;
            let anchors = trusted.iter().copied().filter(is_next).collect::<Vec<_>>();
            if let Some(outcome) = self.complete(&anchors) {
                return Some(outcome);
            }
            for candidate in presented.iter().copied().filter(is_next) {
                let twice =
                    self.path.len() > 1 && child.is_self_issued() && candidate.is_self_issued();
                if twice && may_extend(candidate).is_ok() {
                    return None;
                }
                if let Some(outcome) = self.extend(candidate, authorities) {
                    return Some(outcome);
                }
            }
        }
        None
    }

    /// Goes on above a presented certificate.
    fn extend(&mut self, candidate: Link<'a>, authorities: usize) -> Option<Outcome<'a>> {
        self.step()?;
        if let Err(error) = may_extend(candidate) {
            self.fail(error);
            return None;
        }
        self.path.push(candidate);
        let outcome = self.climb(authorities + usize::from(!candidate.is_self_issued()));
        self.path.pop();
        outcome
    }

    /// Ends the path at one of the trusted certificates. Which one of several paths Java takes is
    /// partly a matter of chance; so if the list has certificates that are not fit to sign, none of
    /// the paths may end at one of them.
    fn complete(&mut self, anchors: &[Link<'a>]) -> Option<Outcome<'a>> {
        for anchor in anchors {
            self.step()?;
            match self.search.end_at(&self.path, *anchor) {
                Ok(path) if self.search.trust.all_may_sign() && path.unverified.is_empty() => {
                    return Some(Ok(path));
                }
                Ok(path) => {
                    if let Err(error) = anchor_may_sign(*anchor) {
                        return Some(Err(error));
                    }
                    self.found = Some(select::better(self.found.take(), path));
                }
                Err(error) => self.fail(error),
            }
        }
        None
    }

    /// Counts a step. Nothing once there were too many.
    fn step(&mut self) -> Option<()> {
        self.steps += 1;
        if self.steps <= MOST_STEPS {
            return Some(());
        }
        self.failure = Some(PathError::SearchLimit { steps: MOST_STEPS });
        None
    }

    /// Certificates that may have issued `child`: trusted ones, and presented ones that are valid
    /// authorities.
    fn candidates(&mut self, child: Link<'a>, authorities: usize) -> Vec<Link<'a>> {
        let Search { trust, now, .. } = self.search;
        let dated = std::mem::replace(&mut self.asked_before, true);
        let trusted = trust
            .with_subject(&child.identity.issuer)
            .filter(|anchor| !dated || anchor.certificate.is_valid_at(now))
            .filter(|anchor| spans(anchor.certificate, child.certificate));
        let presented = self
            .presented
            .iter()
            .copied()
            .filter(|link| link.identity.subject == child.identity.issuer)
            .filter(|link| link.certificate.is_valid_at(now))
            .filter(|link| spans(link.certificate, child.certificate))
            .filter(|link| allows_below(link.certificate, authorities));
        let mut all = trusted.chain(presented).collect::<Vec<_>>();
        all.sort_by_key(|link| !names_key_of(child.certificate, link.certificate));
        let mut found: Vec<Link<'a>> = Vec::new();
        for link in all.into_iter().take(MOST_STEPS) {
            if !found.contains(&link) && !self.path.iter().any(|used| is_repeated(*used, link)) {
                found.push(link);
            }
        }
        found
    }

    /// Why no certificate goes on above `child`: one of the issuer's name may be unfit, else there is
    /// none.
    fn why_no_issuer(&self, child: Link<'a>) -> PathError {
        let issuer = &child.identity.issuer;
        let named = self.presented.iter().copied().filter(|link| link.identity.subject == *issuer);
        let others = self.search.trust.with_subject(issuer).chain(named);
        let unfit = others.filter(|link| !self.path.contains(link)).find_map(|link| {
            let not_ca = || PathError::IntermediateNotCa { subject: link.subject() };
            let constraints = link.certificate.basic_constraints();
            validate::check_validity(link, self.search.now)
                .and_then(|()| constraints.filter(|c| c.ca).map(|_| ()).ok_or_else(not_ca))
                .err()
        });
        unfit.unwrap_or_else(|| unknown_issuer(child, self.path.len() == 1))
    }

    fn fail(&mut self, error: PathError) {
        self.failure = Some(more_telling(self.failure.take(), error));
    }
}

/// What is asked of a presented certificate before the path goes on above it.
fn may_extend(link: Link<'_>) -> Result<(), PathError> {
    validate::check_critical_extensions(link)?;
    if !link.certificate.basic_constraints().is_some_and(|constraints| constraints.ca) {
        return Err(PathError::IntermediateNotCa { subject: link.subject() });
    }
    validate::check_key_cert_sign(link)
}

/// Certificates of version 1 have no key identifiers; Java tells a CA's old ones from its new ones by
/// their dates, which must span the child's.
fn spans(issuer: &Certificate, child: &Certificate) -> bool {
    issuer.version() > 2
        || (issuer.is_valid_at(child.not_before()) && issuer.is_valid_at(child.not_after()))
}

/// Whether an authority allows as many authorities below it as the path has already.
fn allows_below(issuer: &Certificate, authorities: usize) -> bool {
    issuer.basic_constraints().is_some_and(|constraints| {
        let limit = constraints.path_len.and_then(|limit| usize::try_from(limit).ok());
        constraints.ca && limit.is_none_or(|limit| limit >= authorities)
    })
}

/// Whether a certificate would only repeat one of the path: same name, key and alternative names.
fn is_repeated(used: Link<'_>, next: Link<'_>) -> bool {
    let names = |link: Link<'_>| link.certificate.subject_alt_names().map(|n| n.der().to_vec());
    used == next
        || (used.identity.subject == next.identity.subject
            && used.certificate.public_key() == next.certificate.public_key()
            && names(used) == names(next))
}

fn names_key_of(child: &Certificate, issuer: &Certificate) -> bool {
    child.authority_key_id().is_some_and(|key_id| issuer.subject_key_id() == Some(key_id))
}

fn unknown_issuer(child: Link<'_>, of_leaf: bool) -> PathError {
    let subject = child.subject();
    if child.is_self_issued() {
        return PathError::UntrustedRoot { subject, of_leaf };
    }
    PathError::UnknownIssuer {
        subject,
        issuer: child.issuer(),
        authority_key_id: child.certificate.authority_key_id().map(hexadecimal),
        of_leaf,
    }
}

/// More steps than any honest set of certificates needs.
const MOST_STEPS: usize = 128;
