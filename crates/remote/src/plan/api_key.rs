//! The kit of two clusters that know each other by an API key.

use super::{connect, kibana, network, roles, signing};
use crate::connection::Platform;
use crate::document::{map, texts};
use crate::error::Error;
use crate::kit::{Base, Builder, Draft, KEY_VARIABLE, Kind, Request, curl};
use crate::party::Party;

/// The remote cluster listens and gives a key, the local one takes it, then the connection.
pub(super) fn steps(
    local: &Party<'_>,
    remote: &Party<'_>,
    builder: &mut Builder,
) -> Result<(), Error> {
    remote.platform().serve(remote, builder);
    network::step(local, remote, builder);
    signing::issue(local, builder);
    signing::remote(local, remote, builder)?;
    key(local, remote, builder);
    local.platform().take_key(local, remote, builder)?;
    roles::remote_roles(local, builder);
    signing::local(local, builder);
    connect::register(local, remote, builder);
    connect::verify(local, remote, builder);
    connect::removal(local, remote, builder);
    remove_key(remote, builder);
    Ok(())
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
        .detail(kibana::KEY)
        .check("the answer has `id` and `encoded`, and `GET /_security/api_key?id=…` shows `\"type\": \"cross_cluster\"`")
        .undo("`DELETE /_security/api_key` with the body `{\"ids\": [\"…\"]}`");
    builder.add(match local.side.platform {
        // The keystore's command asks for it.
        Platform::SelfManaged => draft,
        _ => draft.detail(format!(
            "Commands below take it from the variable `{KEY_VARIABLE}`: `read -rs {KEY_VARIABLE}` keeps it out \
             of the history of your shell."
        )),
    });
}

fn remove_key(remote: &Party<'_>, builder: &mut Builder) {
    let body = map([("ids", texts([KEY_ID]))]);
    let path = "/_security/api_key".to_owned();
    let request = Request { method: "DELETE", path, base: Base::Cluster };
    let draft = Draft::new(remote.role, Kind::Api, "Invalidate the cross-cluster API key")
        .who("somebody with the cluster privilege `manage_security` on the remote cluster")
        .file("invalidate-api-key.json", body.to_json())
        .request("DELETE", "/_security/api_key")
        .command(curl::filled(remote.role, &request, KEY_ID, "KEY_ID"))
        .detail(format!("The `id` of the key is put in the place of `{KEY_ID}`."))
        .check("`GET /_security/api_key?id=…` shows `\"invalidated\": true`")
        .undo("create another key; one that is invalidated stays so");
    builder.add_removal(draft);
}

const KEY_ID: &str = "REPLACE_WITH_THE_ID_OF_THE_API_KEY";
