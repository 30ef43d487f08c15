//! Several connections that are planned together: what lands on a cluster that they have in common is
//! the same in every kit.

use super::{Material, Party, one, parties};
use crate::connection::{Connection, Platform, Side};
use crate::error::Error;
use crate::kit::Kit;

/// A connection, and what was read of its files.
#[derive(Clone, Copy, Debug)]
pub struct Planned<'a> {
    /// What the connection file says.
    pub connection: &'a Connection,
    /// What was read of the files that it names.
    pub material: &'a Material,
}

/// Makes the kits of several connections, in their order. Restrictions, CA lists and the list of
/// signing CAs of a common cluster let in every partner, in each of the kits.
pub fn plan_together(plans: &[Planned<'_>]) -> Result<Vec<Kit>, Error> {
    let all: Vec<[Party<'_>; 2]> =
        plans.iter().map(|plan| parties(plan.connection, plan.material)).collect();
    let mut kits = Vec::new();
    for (index, plan) in plans.iter().enumerate() {
        let [local, remote] = parties(plan.connection, plan.material);
        let [of_local, of_remote] = [local, remote].map(|own| partners(&own, index, &all));
        kits.push(one(plan.connection, plan.material, [&of_local, &of_remote])?);
    }
    Ok(kits)
}

/// The other sides of the other connections that a cluster has.
fn partners<'a>(own: &Party<'_>, index: usize, all: &[[Party<'a>; 2]]) -> Vec<Party<'a>> {
    let mut partners = Vec::new();
    for (other, [local, remote]) in all.iter().enumerate() {
        if other == index || local.connection.same_operator {
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
        return cluster || deployment;
    }
    if a.platform == Platform::Eck {
        let resource = (&a.name, &a.namespace) == (&b.name, &b.namespace);
        let authorities = |party: &Party<'_>| {
            let one = party.material.authorities.iter();
            one.map(|one| one.der().to_vec()).collect::<Vec<_>>()
        };
        let known = !one.material.authorities.is_empty() && !other.material.authorities.is_empty();
        return resource && (!known || authorities(one) == authorities(other));
    }
    if a.has_ids() && b.has_ids() {
        return (&a.cluster_id, &a.scope_id) == (&b.cluster_id, &b.scope_id);
    }
    if let (Some(one), Some(other)) = (&one.material.settings_path, &other.material.settings_path) {
        return one == other;
    }
    described(a) == described(b) && one.material.authorities == other.material.authorities
}

/// What a connection file says of a cluster, without how this connection reaches it.
fn described(side: &Side) -> Side {
    let mut side = side.clone();
    side.endpoints = Vec::new();
    side.server_name = None;
    side.ca = Vec::new();
    side.label = None;
    side
}
