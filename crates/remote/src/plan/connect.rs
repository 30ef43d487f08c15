//! The local cluster's settings of the remote one, and whether they work.

use super::{kibana, signing};
use crate::connection::{Connection, Mode, Model, Platform};
use crate::document::{Document, map};
use crate::kit::{Builder, ClusterRole, Draft, Kind, word};
use crate::party::{InFile, Party, Registered, SideMaterial, in_file, is_private, taken_out};
use crate::platform::cloud;

/// Registers the remote cluster.
pub(super) fn register(local: &Party<'_>, remote: &Party<'_>, builder: &mut Builder) {
    let body = wrapped(&local.connection.alias, settings(local, remote));
    let mut draft = Draft::new(local.role, Kind::Api, "Register the remote cluster")
        .who("somebody with the cluster privilege `manage` on the local cluster")
        .file("cluster-settings.json", body.to_json())
        .request("PUT", "/_cluster/settings")
        .detail(
            "That it is acknowledged says nothing yet about the connection: see the next step.",
        );
    if !local.connection.is_legacy() {
        draft = draft.detail(kibana::register(local, remote));
    }
    if remote.side.platform.is_cloud() {
        draft = draft.detail(PARAMETERS);
    }
    if local.connection.model == Model::ApiKey {
        draft = draft.detail("The alias must be the one that the key is stored under, letter by letter; else Elasticsearch takes the other model without a word.");
    }
    for detail in needs(local, remote).into_iter().chain(unsaid(local, remote)) {
        draft = draft.detail(detail);
    }
    builder.add(
        draft
            .check("the answer has `\"acknowledged\": true`")
            .undo("see *Taking the connection away again*"),
    );
    through_platform(local, remote, builder);
}

/// What local nodes must have that somebody configures who is not the platform.
fn needs(local: &Party<'_>, remote: &Party<'_>) -> Vec<String> {
    let mut needs = Vec::new();
    if !local.side.platform.is_cloud() {
        needs.push(
            "Local nodes with a list of `node.roles` need `remote_cluster_client` in it."
                .to_owned(),
        );
    }
    let verifies = local.side.platform == Platform::SelfManaged;
    if verifies && local.connection.model == Model::Tls {
        let name = remote.server_name().map_or_else(String::new, |name| format!(", here `{name}`"));
        needs.push(format!(
            "Unless their `xpack.security.transport.ssl.verification_mode` is `certificate`, the local \
             nodes look for the name that they connect to in the certificates of the remote nodes{name}."
        ));
    }
    needs
}

/// The same through the platform, for two deployments of one organization or environment.
fn through_platform(local: &Party<'_>, remote: &Party<'_>, builder: &mut Builder) {
    let ids = (&local.side.deployment_id, &remote.side.deployment_id);
    let (Some(own), Some(other)) = ids else { return };
    if !local.connection.is_same_scope() || local.connection.model != Model::Tls {
        return;
    }
    let resource = map([
        ("deployment_id", other.as_str().into()),
        ("elasticsearch_ref_id", remote.side.ref_id.as_str().into()),
        ("alias", local.connection.alias.as_str().into()),
        ("skip_unavailable", local.connection.skip_unavailable.into()),
    ]);
    let body = map([("resources", Document::List(vec![resource]))]);
    let reference = &local.side.ref_id;
    let path = format!("/api/v1/deployments/{own}/elasticsearch/{reference}/remote-clusters");
    let draft = Draft::new(local.role, Kind::Api, "Or by the platform's API: register the remote cluster")
        .who(local.who())
        .file("remote-clusters.json", body.to_json())
        .request("PUT", path.clone())
        .at(cloud::base(local))
        .detail("Instead of the step before; deprecated. It takes the place of the whole list: read it first with `GET`, and keep its other entries.")
        .check(format!("`GET {path}` shows it"))
        .undo("put back the list that was there before");
    builder.add(draft);
}

/// What a kit registers.
pub(crate) fn registered(connection: &Connection) -> Registered {
    let material = SideMaterial::default();
    Registered::of(&super::party(ClusterRole::Remote, connection, &material))
}

/// The settings of the remote cluster, by the names of their keys.
fn settings(local: &Party<'_>, remote: &Party<'_>) -> Document {
    let registered = Registered::of(remote);
    let kept = further(local, remote, registered.mode).into_iter().filter(InFile::is_one);
    kept.fold(registered.document(), |settings, one| settings.with(&one.key, one.values.join(",")))
}

/// What the local nodes' files say besides, where a step takes it out of them.
fn further(local: &Party<'_>, remote: &Party<'_>, mode: Mode) -> Vec<InFile> {
    if taken_out(local, remote).is_none() {
        return Vec::new();
    }
    let mut found = in_file(local, remote);
    let stays =
        |key: &str| KEPT.iter().any(|(known, of)| *known == key && of.is_none_or(|of| of == mode));
    found.retain(|one| stays(&one.key));
    found
}

/// Those of them that the request does not have, since the value that is meant is not known.
fn unsaid(local: &Party<'_>, remote: &Party<'_>) -> Vec<String> {
    let mut found = further(local, remote, Registered::of(remote).mode);
    found.retain(|one| !one.is_one());
    let told = found.iter().map(|one| {
        format!(
            "The nodes' files have `cluster.remote.{}.{}` as `{}`. The request, which holds for all nodes, does not have \
             it, since the value that is meant is not known: add it there. Without it the default is in force once it is \
             out of the files.",
            remote.connection.alias,
            one.key,
            one.values.join("`, `")
        )
    });
    told.collect()
}

fn wrapped(alias: &str, settings: Document) -> Document {
    map([("persistent", map([("cluster", map([("remote", map([(alias, settings)]))]))]))])
}

/// Asks the local cluster whether it is connected.
pub(super) fn verify(local: &Party<'_>, remote: &Party<'_>, builder: &mut Builder) {
    let connection = local.connection;
    let count = match connection.mode {
        Mode::Proxy if !connection.is_legacy() => "num_proxy_sockets_connected",
        Mode::Proxy | Mode::Sniff => "num_nodes_connected",
    };
    let model = match connection.model {
        Model::ApiKey => {
            "and `cluster_credentials` is there, which tells that the API key is in use"
        }
        Model::Tls => "and `cluster_credentials` is not there, since no API key is in use",
    };
    let alias = &connection.alias;
    let draft = Draft::new(local.role, Kind::Api, "See that the clusters are connected")
        .who("somebody with the cluster privilege `monitor` on the local cluster")
        .request("GET", "/_remote/info")
        .detail(format!(
            "Piped into `crosstrust remote verify {} --info -`, the answer is read for you.",
            word(local.connection_file())
        ))
        .detail(format!(
            "If not, the logs of the local nodes say why: whether `{}` can be reached from them, and \
             whose certificate is not trusted.",
            remote.addresses().first().map_or("the address", String::as_str)
        ))
        .check(format!("`{alias}` has `\"connected\": true` and `{count}` above 0, {model}"))
        .undo("nothing; it only asks");
    let draft = match probe(local, remote) {
        Some(command) => draft.detail(format!(
            "What answers at the address, and whether its certificate will do, is said by `{command}`, run \
             where the local nodes are."
        )),
        None => draft,
    };
    builder.add(draft);
}

/// The command that looks at the port that is connected to, where its CA is known.
fn probe(local: &Party<'_>, remote: &Party<'_>) -> Option<String> {
    let address = remote.addresses().into_iter().next()?;
    let authority = remote.side.ca.first().filter(|_| local.connection.model == Model::ApiKey)?;
    if !is_private(remote) || local.connection.same_operator {
        return None;
    }
    let trust = word(&remote.beside_connection(authority));
    let name =
        remote.server_name().map_or_else(String::new, |name| format!(" --server-name {name}"));
    Some(format!("crosstrust preflight endpoint {address} --model api-key --trust {trust}{name}"))
}

/// Takes the registration away.
pub(super) fn removal(local: &Party<'_>, remote: &Party<'_>, builder: &mut Builder) {
    let Document::Map(pairs) = settings(local, remote) else { return };
    let nothing = pairs.into_iter().map(|(key, _)| (key, Document::Null)).collect();
    let nothing = Document::Map(nothing).maybe("signing", signing::nothing(local));
    let body = wrapped(&local.connection.alias, nothing);
    let draft = Draft::new(local.role, Kind::Api, "Remove the remote cluster's settings")
        .who("somebody with the cluster privilege `manage` on the local cluster")
        .file("remove-cluster-settings.json", body.to_json())
        .request("PUT", "/_cluster/settings")
        .detail("Or in Kibana of the local cluster: *Stack Management*, *Remote Clusters*, select it, *Remove*.")
        .check(format!("`GET /_remote/info` no longer has `{}`", local.connection.alias))
        .undo("register the remote cluster again");
    builder.add_removal(draft);
}

const PARAMETERS: &str = "Address and server name are shown on the remote deployment's page: *Security*, *Remote cluster parameters*, *Proxy address* and *Server name*.";
/// What else a file may say of a remote cluster, and the mode that has it, where only one does.
const KEPT: [(&str, Option<Mode>); 5] = [
    ("node_connections", Some(Mode::Sniff)),
    ("proxy_socket_connections", Some(Mode::Proxy)),
    ("transport.compress", None),
    ("transport.compression_scheme", None),
    ("transport.ping_schedule", None),
];
