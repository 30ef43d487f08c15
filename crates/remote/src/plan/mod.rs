//! From a connection file to a kit, in the order in which things must be done.

mod api_key;
mod connect;
mod kibana;
mod network;
mod operator;
mod reissue;
mod roles;
mod signing;
mod tls;
mod together;

use crate::also::Also;
use crate::connection::{Connection, Model};
use crate::error::Error;
use crate::kit::{Applied, Builder, ClusterRole, Kit};
use crate::platform;
use crate::role::SecurityRole;

pub(crate) use crate::party::{
    InFile, NodeNaming, Party, Registered, in_file, is_keyless, is_private, is_reissued,
    is_renamed, renamed_pods, restrictions,
};
pub use crate::party::{
    NodeCertificate, RestrictionsInUse, ServerCertificate, SideMaterial, StoreUse, TrustStore,
    TrustedFile,
};
pub(crate) use connect::registered;
pub(crate) use together::{Ends, described_differently, shared};
pub use together::{Planned, plan_together};

/// What was read of the files that a connection file names.
#[derive(Clone, Debug, Default)]
pub struct Material {
    /// Of the local side.
    pub local: SideMaterial,
    /// Of the remote side.
    pub remote: SideMaterial,
    /// Roles of the local cluster, to be checked.
    pub roles: Vec<SecurityRole>,
    /// The path of the connection file, seen from the folder that the kit is to be in, in which its
    /// commands are run. Files that the connection file names are found beside it. Without it those
    /// paths stay as they are written.
    pub connection_file: Option<String>,
    /// Further forms in which the kit is written.
    pub also: Vec<Also>,
    /// Errors in spite of which the kit is made, for the top of its README.
    pub errors: Vec<String>,
}

/// Both sides, the local one first.
pub(crate) fn parties<'a>(connection: &'a Connection, material: &'a Material) -> [Party<'a>; 2] {
    let file = material.connection_file.as_deref();
    [
        party(ClusterRole::Local, connection, &material.local).with_file(file),
        party(ClusterRole::Remote, connection, &material.remote).with_file(file),
    ]
}

/// One side, which does what its platform does.
fn party<'a>(
    role: ClusterRole,
    connection: &'a Connection,
    material: &'a SideMaterial,
) -> Party<'a> {
    let side = match role {
        ClusterRole::Local => &connection.local,
        ClusterRole::Remote => &connection.remote,
    };
    Party::new(role, connection, material, platform::of(side.platform))
}

/// Makes the kit of a connection.
pub fn plan(connection: &Connection, material: &Material) -> Result<Kit, Error> {
    one(connection, material, [&[], &[]], <[Applied; 2]>::default()).map(|(kit, _)| kit)
}

/// Makes the kit of a connection, given the other sides of further connections that the local and the
/// remote cluster have, and how the kits before it leave the resources of both. Gives how it leaves them.
fn one(
    connection: &Connection,
    material: &Material,
    others: [&[Party<'_>]; 2],
    applied: [Applied; 2],
) -> Result<(Kit, [Applied; 2]), Error> {
    let [local, remote] = parties(connection, material);
    let [of_local, of_remote] = others;
    let (local, remote) = (local.with_others(of_local), remote.with_others(of_remote));
    let mut builder = Builder::default();
    let [before_local, before_remote] = applied;
    builder.go_on(local.role, before_local);
    builder.go_on(remote.role, before_remote);
    match connection.model {
        _ if connection.same_operator => operator::steps(&local, &remote, &mut builder),
        Model::ApiKey => api_key::steps(&local, &remote, &mut builder)?,
        Model::Tls => tls::steps(&local, &remote, &mut builder)?,
    }
    let applied =
        [local, remote].map(|own| builder.resource(own.role).clone().after(&connection.alias));
    let mut kit = builder.finish(connection, &material.errors);
    let further: Vec<_> = material.also.iter().map(|also| also.file(&kit, connection)).collect();
    kit.files.extend(further);
    Ok((kit, applied))
}
