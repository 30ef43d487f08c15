//! The kit of two clusters that know each other by an API key.

use super::{Party, connect, hand_over, roles, signing};
use crate::connection::Platform;
use crate::document::map;
use crate::error::Error;
use crate::kit::{Builder, Draft, Kind};

/// The remote cluster listens and gives a key, the local one takes it, then the connection.
pub(super) fn steps(
    local: &Party<'_>,
    remote: &Party<'_>,
    builder: &mut Builder,
) -> Result<(), Error> {
    remote.platform().serve(remote, builder);
    let authority =
        if is_private(remote) { Some(hand_over(remote, local, builder)?) } else { None };
    network_filter(local, remote, builder);
    signing::remote(local, remote, builder);
    key(local, remote, builder);
    local.platform().take_key(local, remote, authority.as_deref(), builder);
    roles::remote_roles(local, builder);
    signing::local(local, builder);
    connect::register(local, remote, builder);
    connect::verify(local, remote, builder);
    connect::removal(local, remote, builder);
    remove_key(remote, builder);
    Ok(())
}

/// Whether the local cluster must be told the CA of port 9443.
fn is_private(remote: &Party<'_>) -> bool {
    !remote.side.ca_is_public && remote.side.platform != Platform::Ech
}

/// The name of the key; the operator claims names that start with `eck-`.
fn key_name(local: &Party<'_>) -> String {
    format!("cross-cluster-{}", local.connection.alias)
}

fn key(local: &Party<'_>, remote: &Party<'_>, builder: &mut Builder) {
    let access = local.connection.access.document();
    let body = map([("name", key_name(local).into()), ("access", access)])
        .maybe("certificate_identity", signing::identity(local));
    let draft = Draft::new(remote.role, Kind::Api, "Create the cross-cluster API key")
        .who("somebody with the cluster privilege `manage_security` on the remote cluster, who did not log in with an API key")
        .file("cross-cluster-api-key.json", body.to_json())
        .request("POST", "/_security/cross_cluster/api_key")
        .detail("Keep `encoded` of the answer: it is shown once, and it is the secret that the local side is asked for below. `id` tells the key in logs.")
        .check("the answer has `id` and `encoded`, and `GET /_security/api_key?id=…` shows `\"type\": \"cross_cluster\"`")
        .undo("`DELETE /_security/api_key` with the body `{\"ids\": [\"…\"]}`");
    builder.add(draft);
}

fn remove_key(remote: &Party<'_>, builder: &mut Builder) {
    let draft = Draft::new(remote.role, Kind::Command, "Invalidate the cross-cluster API key")
        .who("somebody with the cluster privilege `manage_security` on the remote cluster")
        .request("DELETE", "/_security/api_key")
        .detail("The body is `{\"ids\": [\"…\"]}` with the `id` of the key.")
        .check("`GET /_security/api_key?id=…` shows `\"invalidated\": true`")
        .undo("create another key; one that is invalidated stays so");
    builder.add_removal(draft);
}

/// What may stand between the two, and does not by itself let the local cluster through.
fn network_filter(local: &Party<'_>, remote: &Party<'_>, builder: &mut Builder) {
    let (title, way): (&str, Option<[&str; 3]>) = match remote.side.platform {
        Platform::Ech | Platform::Ece => (
            "If network security is on for the remote deployment, let the local cluster in",
            Some(["Deployment", "Security", "Network security"]),
        ),
        Platform::Eck | Platform::SelfManaged => {
            ("Let the local cluster through to port 9443, where a firewall is in between", None)
        }
    };
    let draft = Draft::new(remote.role, Kind::Ui, title)
        .who(remote.who())
        .detail(filter_text(local, remote))
        .check("a TCP connection from the local cluster's nodes (not from your own desk) opens")
        .undo("delete the filter's rule");
    builder.add(match way {
        Some(way) => draft.ui(way),
        None => draft,
    });
}

fn filter_text(local: &Party<'_>, remote: &Party<'_>) -> String {
    let same = local.connection.is_same_scope();
    let from = match (local.side.platform, remote.side.platform) {
        (Platform::Ech, Platform::Ech) => {
            "Add a remote cluster filter: a private connection policy of the type *Remote cluster*, \
             by the organization id or the Elasticsearch cluster id of the local deployment, in the \
             region of the remote one."
        }
        (Platform::Ece, Platform::Ece) if same => {
            "Add a remote cluster filter, by the Elasticsearch cluster id of the local deployment."
        }
        (Platform::Ech, Platform::Ece) => {
            "Add an IP filter with the egress addresses of Elastic Cloud Hosted."
        }
        (Platform::Ece, Platform::Ech | Platform::Ece) => {
            "Add an IP filter with the addresses of the local environment's allocators."
        }
        (_, Platform::Ech | Platform::Ece) => {
            "Add an IP filter with the addresses that the local nodes are seen with from outside."
        }
        (_, Platform::Eck) => {
            "A firewall, a load balancer and a NetworkPolicy must all let TCP through to port 9443."
        }
        (_, Platform::SelfManaged) => {
            "A firewall must let TCP through to port 9443. `xpack.security.remote_cluster.filter.allow` \
             and `.deny` filter this port alone."
        }
    };
    let proxies = match remote.side.platform {
        Platform::Ece => {
            " The environment's proxies, and any load balancer before them, must pass TCP on 9443 through as it is."
        }
        _ => "",
    };
    format!("{from}{proxies}")
}
