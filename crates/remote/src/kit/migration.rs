//! What else to do where the alias is already connected by certificates.

use super::{ClusterRole, Kit};
use crate::connection::{Connection, Model, Platform};
use crate::version::Version;

/// The instructions, in their order; none where the kit is not for API keys, or made by an operator.
pub(super) fn instructions(kit: &Kit, connection: &Connection) -> Vec<String> {
    let Some(key) = order_of(kit, "cross-cluster-api-key.json") else { return Vec::new() };
    let least = connection.local.version.min(connection.remote.version);
    if connection.model != Model::ApiKey || least < Version::new(8, 14, 0) {
        return Vec::new();
    }
    let alias = &connection.alias;
    let (next, register) = (key.saturating_add(1), order_of(kit, "cluster-settings.json"));
    let register = register.unwrap_or(next);
    let roles = ["role-remote-replication.json", "role-remote-search.json"];
    let roles: Vec<String> =
        roles.iter().filter_map(|name| order_of(kit, name)).map(|it| it.to_string()).collect();
    let roles =
        if roles.is_empty() { String::new() } else { format!(" and {}", roles.join(" and ")) };
    vec![
        format!(
            "Keep the alias `{alias}`: indices that follow others know them by it, and cannot change it. \
             The key in step {key} must have access to everything that is searched and replicated now."
        ),
        format!(
            "Roles and key first, while everything still works: do steps 1 to {key}{roles}. Whoever used the \
             roles of the certificate model needs the new ones."
        ),
        format!(
            "On the local cluster, stop the transforms and datafeeds that read from `{alias}`, pause each \
             auto-follow pattern with `POST /_ccr/auto_follow/NAME/pause` and each follower with `POST \
             /FOLLOWER/_ccr/pause_follow`."
        ),
        format!(
            "Then take the alias away: keep what `GET /_cluster/settings?filter_path=persistent.cluster.remote` \
             shows, and set each key that `{alias}` has there to `null` with `PUT /_cluster/settings`. Not before: \
             with the key in the keystore, the old settings would be used with it, on a port that takes none."
        ),
        in_files(kit, connection),
        format!("Do what is left of steps {next} to {register}."),
        "Once connected, resume with the same users as before: `POST /FOLLOWER/_ccr/resume_follow`, \
         `POST /_ccr/auto_follow/NAME/resume`, the transforms and the datafeeds."
            .to_owned(),
        close(connection),
        format!(
            "To go back, do the same in reverse: with `cluster.remote.{alias}.credentials` gone from the \
             keystore, and the settings that were kept, the certificates are used again."
        ),
    ]
}

/// What stands of the alias in the nodes' own settings, which no request takes away.
fn in_files(kit: &Kit, connection: &Connection) -> String {
    let alias = &connection.alias;
    let place = match connection.local.platform {
        Platform::SelfManaged => "`elasticsearch.yml`",
        Platform::Eck => "the `config` of a node set",
        Platform::Ece | Platform::Ech => "the deployment's user settings",
    };
    let prefix = format!("cluster.remote.{alias}.");
    let mut steps = kit.steps.iter().filter(|step| step.side == ClusterRole::Local);
    let step = steps.find(|step| step.takes_out.contains(&prefix));
    let shown = format!(
        "Lines of `cluster.remote.{alias}` in {place} no request takes away: `GET \
         /_nodes/settings?filter_path=nodes.*.settings.cluster.remote` shows those."
    );
    match step {
        Some(step) => {
            format!("{shown} Step {} takes them out; see that no node keeps some.", step.order)
        }
        None => format!(
            "{shown} Where it shows some, take all of them out (but those of `signing`) together with the steps below, \
             before the nodes are restarted: with some of them left, nodes go on to connect as these say, or do not start."
        ),
    }
}

/// What lets the other side in by certificate, by platform.
fn close(connection: &Connection) -> String {
    let sides = [&connection.local, &connection.remote];
    let mut ways = Vec::new();
    if sides.iter().any(|side| side.platform.is_cloud()) {
        ways.push("the trusted environment of a deployment");
    }
    if sides.iter().any(|side| !side.platform.is_cloud()) {
        ways.push("the other side's CA and its names in the trust restrictions");
    }
    format!(
        "Close the old way: take away {}, close the transport port to the local cluster, and delete roles of \
         the remote cluster that nobody uses.",
        ways.join(", ")
    )
}

/// The number of the step with a file of this name.
fn order_of(kit: &Kit, name: &str) -> Option<usize> {
    let named = |file: &String| file.split_once('-').is_some_and(|(_, rest)| rest == name);
    kit.steps.iter().find(|step| step.file.as_ref().is_some_and(named)).map(|step| step.order)
}
