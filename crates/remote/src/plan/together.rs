//! Several connections that are planned together: what lands on a cluster that they have in common is
//! the same in every kit.

use std::collections::BTreeSet;

use super::{Material, one, parties};
use crate::connection::{Connection, Platform, Side};
use crate::error::Error;
use crate::kit::{Applied, Kit};
use crate::party::Party;

/// A connection, and what was read of its files.
#[derive(Clone, Copy, Debug)]
pub struct Planned<'a> {
    /// What the connection file says.
    pub connection: &'a Connection,
    /// What was read of the files that it names.
    pub material: &'a Material,
}

/// Makes the kits of several connections, in their order. Restrictions, CA lists and the list of
/// signing CAs of a common cluster let in every partner, in each of the kits. A common resource on Kubernetes
/// has in the steps of each kit what those before it add.
pub fn plan_together(plans: &[Planned<'_>]) -> Result<Vec<Kit>, Error> {
    let all: Vec<[Party<'_>; 2]> =
        plans.iter().map(|plan| parties(plan.connection, plan.material)).collect();
    let mut kits = Vec::new();
    let mut resources: Vec<(Party<'_>, Applied)> = Vec::new();
    for (index, plan) in plans.iter().enumerate() {
        let [local, remote] = parties(plan.connection, plan.material);
        let [of_local, of_remote] = [local, remote].map(|own| partners(&own, index, &all));
        let applied = [&local, &remote].map(|own| before(own, &resources));
        let (kit, applied) = one(plan.connection, plan.material, [&of_local, &of_remote], applied)?;
        for (own, applied) in [local, remote].into_iter().zip(applied) {
            resources.retain(|(known, _)| !is_same(&own, known));
            resources.push((own, applied));
        }
        kits.push(kit);
    }
    Ok(kits)
}

/// How the kits so far leave the resource of a cluster.
fn before(own: &Party<'_>, resources: &[(Party<'_>, Applied)]) -> Applied {
    let found = resources.iter().find(|(known, _)| is_same(own, known));
    found.map_or_else(Applied::default, |(_, applied)| applied.clone())
}

/// The other sides of the other connections that a cluster has.
fn partners<'a>(own: &Party<'_>, index: usize, all: &[[Party<'a>; 2]]) -> Vec<Party<'a>> {
    let mut partners = Vec::new();
    for (other, [local, remote]) in all.iter().enumerate() {
        if other == index {
            continue;
        }
        if is_same(own, local) {
            partners.push(*remote);
        }
        if is_same(own, remote) {
            partners.push(*local);
        }
    }
    partners
}

/// A side, and the other side of its connection.
pub(crate) type Ends<'a> = (Party<'a>, Party<'a>);

/// The clusters that two connections have in common, as sides of the first and of the second.
pub(crate) fn shared<'a>(
    one: &[Party<'a>; 2],
    other: &[Party<'a>; 2],
) -> Vec<(Ends<'a>, Ends<'a>)> {
    let ends = |[local, remote]: &[Party<'a>; 2]| [(*local, *remote), (*remote, *local)];
    let (one, other) = (ends(one), ends(other));
    let pairs = one.iter().flat_map(|own| other.iter().map(move |theirs| (*own, *theirs)));
    pairs.filter(|(own, theirs)| is_same(&own.0, &theirs.0)).collect()
}

/// Whether two sides are one cluster: they have the same ids, or else everything that two connection
/// files say of them is the same.
fn is_same(one: &Party<'_>, other: &Party<'_>) -> bool {
    let (a, b) = (one.side, other.side);
    if a.platform != b.platform {
        return false;
    }
    if a.platform.is_cloud() {
        let cluster = a.cluster_id.is_some() && a.cluster_id == b.cluster_id;
        let deployment = a.deployment_id.is_some() && a.deployment_id == b.deployment_id;
        return cluster || deployment || is_one_address(a, b);
    }
    if a.platform == Platform::Eck {
        let resource = (&a.name, &a.namespace) == (&b.name, &b.namespace);
        let known = !one.material.authorities.is_empty() && !other.material.authorities.is_empty();
        return resource && (!known || one.material.authorities == other.material.authorities);
    }
    if a.has_ids() && b.has_ids() {
        return (&a.cluster_id, &a.scope_id) == (&b.cluster_id, &b.scope_id);
    }
    if let (Some(one), Some(other)) = (&one.material.settings_path, &other.material.settings_path) {
        return one == other;
    }
    if !is_told(one) && !a.endpoints.is_empty() && !b.endpoints.is_empty() && !is_one_address(a, b)
    {
        return false;
    }
    differences(one, other).is_empty()
}

/// Whether a connection file says more of a cluster than many have in common.
fn is_told(party: &Party<'_>) -> bool {
    !party.material.nodes.is_empty() || !party.side.node_names.is_empty()
}

/// Whether both are reached at one host.
fn is_one_address(one: &Side, other: &Side) -> bool {
    let hosts = |side: &Side| -> Vec<String> {
        side.endpoints.iter().map(|endpoint| endpoint.host.to_ascii_lowercase()).collect()
    };
    let others = hosts(other);
    hosts(one).iter().any(|host| others.contains(host))
}

/// The keys by which two connection files describe one cluster differently; none where they are the
/// same to both, or two clusters. That they are one is told by a node, or an address, which they share.
pub(crate) fn described_differently(one: &Party<'_>, other: &Party<'_>) -> Vec<&'static str> {
    let (a, b) = (one.side, other.side);
    if is_same(one, other) {
        // One cluster has one version, however it is told, and one resource.
        let manifests = (&one.material.manifest, &other.material.manifest);
        let is_one = match manifests {
            (Some(one), Some(other)) => one.document() == other.document(),
            _ => true,
        };
        let same = [("version", a.version == b.version), ("manifest", is_one)];
        return same.into_iter().filter(|(_, is_same)| !is_same).map(|(key, _)| key).collect();
    }
    if a.platform != Platform::SelfManaged || b.platform != a.platform {
        return Vec::new();
    }
    let others: Vec<_> = other.material.all_nodes().map(|node| &node.certificate).collect();
    let node = one.material.all_nodes().any(|node| others.contains(&&node.certificate));
    let name = a.node_names.iter().any(|node| b.node_names.iter().any(|it| it.name == node.name));
    if node || name || is_one_port(one, other) { differences(one, other) } else { Vec::new() }
}

/// Whether both are reached at one port of one host: behind other ports may be other clusters.
fn is_one_port(one: &Party<'_>, other: &Party<'_>) -> bool {
    let others = other.addresses();
    one.addresses().iter().any(|address| others.contains(address))
}

/// What two connection files say differently of a cluster, but for how each connection reaches it.
fn differences(one: &Party<'_>, other: &Party<'_>) -> Vec<&'static str> {
    let (a, b) = (one.side, other.side);
    let nodes = |party: &Party<'_>| -> BTreeSet<Vec<u8>> {
        party.material.nodes.iter().map(|node| node.certificate.der().to_vec()).collect()
    };
    let same = [
        ("version", a.version == b.version),
        ("cluster_id", a.cluster_id == b.cluster_id),
        ("scope_id", a.scope_id == b.scope_id),
        ("ca", one.material.authorities == other.material.authorities),
        ("ca_is_public", a.ca_is_public == b.ca_is_public),
        // Files are told by what is in them, however they are named.
        ("nodes", nodes(one) == nodes(other)),
        ("node_names", a.node_names == b.node_names),
        ("truststore", a.truststore == b.truststore),
        ("partners", a.partners == b.partners),
        ("elasticsearch_yml", one.material.settings_path == other.material.settings_path),
    ];
    same.into_iter().filter(|(_, is_same)| !is_same).map(|(key, _)| key).collect()
}
