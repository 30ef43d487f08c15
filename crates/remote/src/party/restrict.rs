//! The trust restrictions of one side: its own nodes first, then the other cluster's, then those of
//! other partners; what is there already stays.

use crosstrust_restrictions::{
    GenerateError, Generator, Grant, RESTRICTIONS_SETTING, Restrictions, X509Field, merge,
};

use crosstrust_pattern::Pattern;

use super::Party;
use super::naming::{NodeNaming, other_names};
use super::reissued::suffix;
use crate::connection::{Accepts, Platform, X509_FIELDS};
use crate::error::Error;
use crate::kit::Probe;
use crate::version::Version;

/// A restrictions file, and who must come through it.
#[derive(Clone, Debug)]
pub(crate) struct Admitted {
    pub(crate) text: String,
    by_host: bool,
    admits: Vec<String>,
    keeps_out: Vec<String>,
}

/// What becomes of a cluster's restrictions.
#[derive(Clone, Debug)]
pub(crate) struct Restricted {
    pub(crate) admitted: Admitted,
    /// Whether the file that is there admits everybody already.
    pub(crate) is_unchanged: bool,
}

impl Admitted {
    /// The questions to the file, once it has a path.
    pub(crate) fn probe(&self, file: &str) -> Probe {
        let Self { admits, keeps_out, .. } = self;
        let (admits, refuses) = (admits.clone(), keeps_out.clone());
        Probe::Restrictions { file: file.to_owned(), admits, refuses }
    }

    /// The fields that are compared, where they are not those of the default.
    pub(crate) fn fields(&self) -> Option<Vec<String>> {
        self.by_host.then(|| compared(true).iter().map(ToString::to_string).collect())
    }

    /// All fields that are compared.
    pub(crate) fn compared(&self) -> Vec<X509Field> {
        compared(self.by_host)
    }
}

fn compared(by_host: bool) -> Vec<X509Field> {
    let mut fields = X509Field::DEFAULT.to_vec();
    fields.extend(by_host.then_some(X509Field::DnsName));
    fields
}

/// Whether a cluster that is no deployment lets the other side in by name. It must where the other
/// side is a deployment, which shares its CA with strangers; else where both sides' names are known.
pub(crate) fn restrictable(own: &Party<'_>, peer: &Party<'_>) -> bool {
    let known = |naming: Result<NodeNaming, Error>| naming.is_ok_and(|naming| !naming.is_unknown());
    peer.side.platform.is_cloud() || (known(told(own, own)) && known(told(peer, own)))
}

/// How a side's nodes are told apart by another that is no deployment: by their DNS names where they
/// have no other, and the judge can compare these.
fn told(of: &Party<'_>, by: &Party<'_>) -> Result<NodeNaming, Error> {
    match of.naming() {
        Err(Error::Nameless { certificate }) => {
            let compares = !by.side.platform.is_cloud() && compares_hosts(by.side.version);
            let hosts = NodeNaming::hosts(of.material).filter(|_| compares);
            hosts.ok_or(Error::Nameless { certificate })
        }
        naming => naming,
    }
}

/// Whether the nodes are set to compare DNS names already.
fn compares_hosts_now(own: &Party<'_>) -> bool {
    let set = own.settings().remove(X509_FIELDS).unwrap_or_default();
    let there = own.material.manifest.as_ref();
    let of_pods = there.map_or_else(Vec::new, |there| there.mounted(X509_FIELDS));
    let all = set.iter().map(String::as_str).chain(of_pods.iter().map(|field| field.path));
    all.into_iter().any(|field| field.parse() == Ok(X509Field::DnsName))
}

/// Whether a version has `trust_restrictions.x509_fields`.
fn compares_hosts(version: Version) -> bool {
    version >= Version::new(8, 5, 3)
        || (version >= Version::new(7, 17, 8) && version < Version::new(8, 0, 0))
}

/// The restrictions of `own` that let in `peer` and its other partners, with what is there.
pub(crate) fn restrictions(own: &Party<'_>, peer: &Party<'_>) -> Result<Restricted, Error> {
    let refused = |source| Error::Restrictions { side: own.word(), source };
    let own_naming = told(own, own)?;
    let mut peers = Vec::new();
    for partner in own.partners(peer) {
        peers.push((told(partner, own)?, partner.accepted()));
    }
    let mut operated = operated(own);
    for other in own.operated_others() {
        operated.push(told(other, own)?);
    }
    for operated in operated.into_iter().map(|naming| (naming, Accepts::Cluster)) {
        if !peers.contains(&operated) {
            peers.push(operated);
        }
    }
    let text = write(own, &own_naming, &peers).map_err(refused)?;
    let namings = peers.iter().map(|(naming, _)| naming).chain([&own_naming]);
    let mut admitted = Admitted {
        text,
        by_host: compares_hosts_now(own)
            || namings.clone().any(|naming| matches!(naming, NodeNaming::Hosts(_))),
        admits: own_naming.samples(),
        keeps_out: keeps_out(&own_naming, &peers, &own.side.partners),
    };
    admitted.admits.extend(former_names(own));
    admitted.admits.extend(renamed_pods(own).iter().flat_map(NodeNaming::samples));
    admitted.admits.extend(peers.iter().flat_map(|(naming, _)| naming.samples()));
    merged(own, admitted)
}

/// The names of strangers that none of the patterns lets in.
fn keeps_out(
    own: &NodeNaming,
    peers: &[(NodeNaming, Accepts)],
    partners: &[String],
) -> Vec<String> {
    let within = |naming: &NodeNaming| {
        peers.iter().any(|(peer, accepts)| is_within_scope(naming, peer, *accepts))
    };
    let mut names = Vec::new();
    for (naming, accepts) in peers {
        if *accepts == Accepts::Scope || !within(naming) {
            names.extend(naming.neighbour(*accepts));
        }
    }
    if !within(own) {
        names.extend(own.neighbour(Accepts::Cluster));
    }
    names.sort();
    names.dedup();
    // What further partners are called is let in on purpose.
    let partners: Vec<Pattern> =
        partners.iter().filter_map(|pattern| Pattern::parse(pattern).ok()).collect();
    names.retain(|name| !partners.iter().any(|pattern| pattern.matches(name)));
    names
}

/// Adds the patterns to the file that is there.
fn merged(own: &Party<'_>, mut admitted: Admitted) -> Result<Restricted, Error> {
    let Some(there) = &own.material.restrictions else {
        return Ok(Restricted { admitted, is_unchanged: false });
    };
    let unmerged = |reason: String| Error::Unmerged { path: there.path.clone(), reason };
    let new = admitted.text.as_bytes();
    let edited = merge(&there.path, &there.bytes, "trust.yml", new)
        .map_err(|error| unmerged(error.to_string()))?;
    let before = Restrictions::parse(&there.path, &there.bytes)
        .map_err(|error| unmerged(error.to_string()))?;
    admitted.keeps_out.retain(|name| before.judge(&[name]).is_none());
    admitted.text = edited.text;
    Ok(Restricted { admitted, is_unchanged: edited.added.is_empty() })
}

/// Whether the neighbours of a naming are let in with the whole scope of another.
fn is_within_scope(own: &NodeNaming, peer: &NodeNaming, accepts: Accepts) -> bool {
    let same = match (own, peer) {
        (NodeNaming::Cloud { scope_id: own, .. }, NodeNaming::Cloud { scope_id: peer, .. })
        | (
            NodeNaming::Kubernetes { namespace: own, .. },
            NodeNaming::Kubernetes { namespace: peer, .. },
        ) => own == peer,
        _ => false,
    };
    same && accepts == Accepts::Scope
}

fn write(
    own: &Party<'_>,
    naming: &NodeNaming,
    peers: &[(NodeNaming, Accepts)],
) -> Result<String, GenerateError> {
    let mut generator = Generator::new();
    if let NodeNaming::Listed(names) | NodeNaming::Hosts(names) = naming {
        for name in names {
            generator = generator.own_certificate(name, vec![name.clone()]);
        }
    } else {
        for grant in naming.grants(Accepts::Cluster)? {
            generator = generator.own_pattern(&grant.pattern_text());
        }
    }
    if let Some(now) = renamed_pods(own) {
        let new = naming.grants(Accepts::Cluster)?;
        for grant in now.grants(Accepts::Cluster)? {
            if new.iter().all(|new| new.pattern_text() != grant.pattern_text()) {
                generator = generator.own_pattern(&grant.pattern_text());
            }
        }
    }
    for name in former_names(own) {
        generator = generator.trust(Grant::name(&name)?);
    }
    for (naming, accepts) in peers {
        for grant in naming.grants(*accepts)? {
            generator = generator.trust(grant);
        }
    }
    for pattern in &own.side.partners {
        generator = generator.trust(Grant::pattern(pattern)?);
    }
    Ok(generator.write()?.text)
}

/// The clusters that an operator connects this one with by certificates, which restrictions that are new
/// would shut out.
fn operated(own: &Party<'_>) -> Vec<NodeNaming> {
    let Some(there) = own.material.manifest.as_ref() else { return Vec::new() };
    if !there.lacks(RESTRICTIONS_SETTING) {
        return Vec::new();
    }
    let naming = |(name, namespace): (String, Option<String>)| NodeNaming::Kubernetes {
        name,
        namespace: namespace.unwrap_or_else(|| own.side.namespace.clone()),
    };
    there.operated().into_iter().map(naming).collect()
}

/// How the nodes on Kubernetes are named now, where ids give them new names: both must be let in while
/// one after the other is restarted.
pub(crate) fn renamed_pods(own: &Party<'_>) -> Option<NodeNaming> {
    let is_operators = own.side.platform == Platform::Eck && own.side.node_names.is_empty();
    let is_renamed = is_operators && own.side.has_ids();
    is_renamed.then(|| NodeNaming::operators(own.side, own.material))
}

/// Names that own nodes have now and lose with their new certificates: both must be let in while
/// one node after the other is restarted.
fn former_names(own: &Party<'_>) -> Vec<String> {
    if !own.side.has_ids() {
        return Vec::new();
    }
    let suffix = suffix(own.side);
    let names = own.nodes().iter().flat_map(|node| other_names(&node.certificate));
    let mut names: Vec<String> = names.filter(|name| !name.ends_with(&suffix)).collect();
    names.sort();
    names.dedup();
    names
}
