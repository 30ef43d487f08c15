//! The trust restrictions of one side: its own nodes first, then the other cluster's.

use crosstrust_restrictions::{GenerateError, Generator, Grant};

use super::Party;
use super::naming::{Naming, other_names};
use crate::connection::{Accepts, Platform};
use crate::error::Error;
use crate::kit::Probe;

/// A restrictions file, and who must come through it.
#[derive(Clone, Debug)]
pub(crate) struct Admitted {
    pub(crate) text: String,
    admits: Vec<String>,
    keeps_out: Vec<String>,
}

impl Admitted {
    /// The questions to the file, once it has a path.
    pub(crate) fn probe(&self, file: &str) -> Probe {
        let Self { admits, keeps_out, .. } = self;
        let (admits, refuses) = (admits.clone(), keeps_out.clone());
        Probe::Restrictions { file: file.to_owned(), admits, refuses }
    }
}

/// The restrictions of `own` that let in `peer`.
pub(crate) fn restrictions(own: &Party<'_>, peer: &Party<'_>) -> Result<Admitted, Error> {
    let refused = |source| Error::Restrictions { side: own.word(), source };
    let (own_naming, peer_naming) = (own.naming()?, peer.naming()?);
    let text = write(own, &own_naming, &peer_naming).map_err(refused)?;
    let mut admits = own_naming.samples();
    admits.extend(former_names(own));
    admits.extend(peer_naming.samples());
    let mut keeps_out: Vec<String> = peer_naming.neighbour(own.accepts).into_iter().collect();
    if !is_within_scope(&own_naming, &peer_naming, own.accepts) {
        keeps_out.extend(own_naming.neighbour(Accepts::Cluster));
    }
    Ok(Admitted { text, admits, keeps_out })
}

/// Whether the own cluster's neighbours are let in with the whole scope of the other side.
fn is_within_scope(own: &Naming, peer: &Naming, accepts: Accepts) -> bool {
    let same = match (own, peer) {
        (Naming::Cloud { scope_id: own, .. }, Naming::Cloud { scope_id: peer, .. })
        | (Naming::Kubernetes { namespace: own, .. }, Naming::Kubernetes { namespace: peer, .. }) => {
            own == peer
        }
        _ => false,
    };
    same && accepts == Accepts::Scope
}

fn write(own: &Party<'_>, naming: &Naming, peer: &Naming) -> Result<String, GenerateError> {
    let mut generator = Generator::new();
    if let Naming::Listed(names) = naming {
        for name in names {
            generator = generator.own_certificate(name, vec![name.clone()]);
        }
    } else {
        for grant in naming.grants(Accepts::Cluster)? {
            generator = generator.own_pattern(&grant.pattern_text());
        }
    }
    if own.side.platform == Platform::Eck && own.side.has_ids() {
        for grant in Naming::kubernetes(own.side).grants(Accepts::Cluster)? {
            generator = generator.own_pattern(&grant.pattern_text());
        }
    }
    for name in former_names(own) {
        generator = generator.trust(Grant::name(&name)?);
    }
    for grant in peer.grants(own.accepts)? {
        generator = generator.trust(grant);
    }
    Ok(generator.write()?.text)
}

/// Names that own nodes have now and lose with their new certificates: both must be let in while
/// one node after the other is restarted.
fn former_names(own: &Party<'_>) -> Vec<String> {
    if !own.side.has_ids() {
        return Vec::new();
    }
    let suffix = super::reissue::suffix(own.side);
    let names = own.nodes().iter().flat_map(|node| other_names(&node.certificate));
    let mut names: Vec<String> = names.filter(|name| !name.ends_with(&suffix)).collect();
    names.sort();
    names.dedup();
    names
}
