//! Two clusters of one operator: it exchanges authorities and keys, and connects them itself.

use super::{connect, roles};
use crate::connection::{Model, Side};
use crate::document::{Document, map};
use crate::kit::{Builder, Draft, Kind};
use crate::party::Party;
use crate::platform::eck;

/// A line in each resource; the operator does the rest.
pub(super) fn steps(local: &Party<'_>, remote: &Party<'_>, builder: &mut Builder) {
    let model = local.connection.model;
    if model == Model::ApiKey {
        enable(remote, builder);
    }
    connect_through_operator(local, remote, builder);
    match model {
        Model::ApiKey => roles::remote_roles(local, builder),
        Model::Tls => roles::certificate_roles(local, remote, builder),
    }
    connect::verify(local, remote, builder);
    let Side { name, namespace, .. } = local.side;
    let draft = Draft::new(local.role, Kind::Command, "Remove the entry of `spec.remoteClusters`")
        .who(local.who())
        .command(format!("kubectl edit elasticsearch {name} -n {namespace}"))
        .detail("The operator then removes the settings, the key and the CA that it made for it.")
        .check(format!("`GET /_remote/info` no longer has `{}`", local.connection.alias))
        .undo("apply the manifest again");
    builder.add_removal(draft);
}

fn enable(remote: &Party<'_>, builder: &mut Builder) {
    let spec = map([("remoteClusterServer", map([("enabled", true.into())]))]);
    if let Some(change) = eck::elasticsearch(remote, spec, None, builder) {
        builder.add(eck::manifest_step(remote, "Enable the remote cluster server", &change));
    }
}

fn connect_through_operator(local: &Party<'_>, remote: &Party<'_>, builder: &mut Builder) {
    let reference = map([
        ("name", remote.side.name.as_str().into()),
        ("namespace", remote.side.namespace.as_str().into()),
    ]);
    let mut entry =
        map([("name", local.connection.alias.as_str().into()), ("elasticsearchRef", reference)]);
    if local.connection.model == Model::ApiKey {
        let access = local.connection.access.operator_document();
        entry = entry.with("apiKey", map([("access", access)]));
    }
    let spec = map([("remoteClusters", Document::List(vec![entry]))]);
    let Some(change) = eck::elasticsearch(local, spec, None, builder) else { return };
    let mut draft = eck::manifest_step(local, "Name the remote cluster to the operator", &change)
        .detail("The operator needs an Enterprise or trial licence for it. It writes the settings of the remote cluster itself, in sniff mode, and keeps them so. With `--enforce-rbac-on-refs` the resource also needs a `serviceAccountName` that may use the other one.");
    if local.connection.model == Model::ApiKey {
        draft = draft.detail(ROOTS);
    }
    builder.add(draft);
}

const ROOTS: &str = "With an `apiKey` in `spec.remoteClusters`, the operator gives the nodes a list of CAs, which takes the place of the JDK's public ones. Where another alias, with an API key too, reaches a cluster with a public certificate (Elastic Cloud Hosted has one), plan that connection again with this resource as its `manifest`, and do the step of its kit that keeps the public CAs trusted, together with this one.";
