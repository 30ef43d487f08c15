//! Manifests: resources of Kubernetes, their names, and the steps that apply them.

use super::mount::{Mount, in_config};
use super::{clash, clear, merge};
use crate::connection::{NodeSet, Side};
use crate::document::{Document, map, texts};
use crate::kit::{Builder, Draft, Kind, Overwritten};
use crate::party::{Party, taken_out};

/// The name of an object that a connection needs: the cluster's, the alias, and what it is.
pub(super) fn object(own: &Party<'_>, tag: &str, what: &str) -> String {
    format!("{}-{}-{what}", own.side.name, label(tag))
}

/// An alias as a part of names in Kubernetes, which have no `_`.
pub(super) fn label(alias: &str) -> String {
    alias.replace('_', "-")
}

/// The step that applies an Elasticsearch resource.
pub(crate) fn manifest_step(own: &Party<'_>, title: &str, change: &Change) -> Draft {
    let Side { name, namespace, .. } = own.side;
    let draft = Draft::new(own.role, Kind::Manifest, title)
        .who(own.who())
        .file("elasticsearch.yml", change.part.to_yaml());
    let draft = if own.material.manifest.is_some() {
        draft
            .command(format!(
                "kubectl patch elasticsearch {name} -n {namespace} --type merge --patch-file {{file}}"
            ))
            .detail(format!("{THERE} {} {RESTARTS}", change.order))
    } else {
        draft.detail(format!(
            "Merge it into the manifest of `{name}` that you have, and apply that one, never this alone: node sets, storage \
             and settings that are not in it are not spoken of here. What stands in a node set here belongs \
             into every node set; lists (`secureSettings`, `remoteClusters`, `volumes`, `volumeMounts`, \
             `certificate_authorities`) keep the entries that they have. The operator restarts the nodes one after the other."
        )).detail(format!(
            "Nobody looked at the resource for this kit: planned again, it says the same, whatever has been applied. Where \
             `kubectl get elasticsearch {name} -n {namespace} -o yaml` shows all of it already, this step is done. Saved \
             and named as `manifest` in the connection file, the resource has the kit write only what changes."
        ))
    };
    let secrets = clear::secrets(&change.part).join("`, `");
    let draft =
        if secrets.is_empty() { draft } else { draft.detail(CLEAR.replace("NAMES", &secrets)) };
    let draft = draft.taking_out(&change.gone);
    let gone = change.gone.iter().map(|name| name.trim_end_matches('.'));
    let draft = gone.fold(draft, |draft, alias| {
        draft.detail(format!(
            "It takes every setting of `{alias}` but those of `signing` out of the `config` of the node sets: the request \
             that registers the remote cluster says it anew. Left there, the nodes would connect as these say until \
             then, or refuse the request."
        ))
    });
    draft
        .check(format!(
            "`kubectl get elasticsearch {name} -n {namespace}` says `green` and `Ready`"
        ))
        .undo("apply the manifest as it was before")
}

/// What a step changes of a resource.
#[derive(Debug)]
pub(crate) struct Change {
    part: Document,
    /// What must be done before.
    order: String,
    /// What the names of settings begin with that go.
    gone: Vec<String>,
}

/// An Elasticsearch resource with these parts of `spec`, and the same configuration in every node
/// set. Where the resource is there, its lists and node sets keep what they have, node sets are left out
/// where nothing of them changes, and nothing comes where it has all of it.
pub(crate) fn elasticsearch(
    own: &Party<'_>,
    spec: Document,
    config: Option<&NodeConfig>,
    builder: &mut Builder,
) -> Option<Change> {
    changed(own, spec, config, &[], builder)
}

/// The same for connections with these other sides: what node sets say of remote clusters goes where it is
/// something else than what is registered.
pub(super) fn connected(
    own: &Party<'_>,
    peer: &Party<'_>,
    spec: Document,
    config: Option<&NodeConfig>,
    builder: &mut Builder,
) -> Option<Change> {
    let partners = own.partners(peer).into_iter();
    let gone: Vec<String> = partners.filter_map(|partner| taken_out(own, partner)).collect();
    changed(own, spec, config, &gone, builder)
}

fn changed(
    own: &Party<'_>,
    spec: Document,
    config: Option<&NodeConfig>,
    gone: &[String],
    builder: &mut Builder,
) -> Option<Change> {
    let Some(there) = &own.material.manifest else {
        let part = wanted(own.side, spec, Some(told_sets(own.side, config)));
        return Some(Change { part, order: String::new(), gone: Vec::new() });
    };
    let is_in_sets = config.is_some() || !gone.is_empty();
    let sets = is_in_sets.then(|| {
        let sets = merge::set_names(there).into_iter().map(|name| {
            let set = map([("name", name.into())]);
            config.map_or_else(|| set.clone(), |config| config.add_to(set.clone()))
        });
        Document::List(sets.collect())
    });
    let new = wanted(own.side, spec, sets);
    let applied = builder.resource(own.role);
    let now = merge::without(&applied.document(there.document()), gone);
    let order = applied.order();
    // What only a kit before this one adds is asked for here too.
    let start = there.document();
    if merge::is_same(start, &merge::whole(&merge::without(start, gone), &new)) {
        return None;
    }
    applied.change(merge::whole(&now, &new));
    let mounts = config.map_or(&[][..], |config| &config.mounts);
    builder.clash(own.role, Overwritten::Volume, clash::found(&now, mounts));
    if is_in_sets {
        builder.clash(own.role, Overwritten::Count, clash::uncounted(&now));
    }
    Some(Change { part: merge::part(&now, &new), order, gone: gone.to_vec() })
}

/// The node sets that the connection file tells, or a usual one.
fn told_sets(side: &Side, config: Option<&NodeConfig>) -> Document {
    let usual = [NodeSet { name: "default".to_owned(), count: 3 }];
    let sets = if side.node_sets.is_empty() { &usual } else { side.node_sets.as_slice() };
    let sets = sets.iter().map(|NodeSet { name, count }| {
        let set = map([("name", name.as_str().into()), ("count", (*count).into())]);
        match config {
            Some(config) => config.add_to(set),
            None => set,
        }
    });
    Document::List(sets.collect())
}

fn wanted(side: &Side, spec: Document, sets: Option<Document>) -> Document {
    let mut parts = map([("version", side.version.to_string().into())]);
    if let Document::Map(pairs) = spec {
        for (key, value) in pairs {
            parts = parts.with(&key, value);
        }
    }
    resource("elasticsearch.k8s.elastic.co/v1", "Elasticsearch", side, &side.name)
        .with("spec", parts.maybe("nodeSets", sets))
}

/// What every node set gets: settings, and config maps as folders below `config/`.
#[derive(Clone, Debug)]
pub(crate) struct NodeConfig {
    pub(super) config: Document,
    pub(super) mounts: Vec<Mount>,
}

impl NodeConfig {
    fn add_to(&self, set: Document) -> Document {
        let set = set.with("config", self.config.clone());
        if self.mounts.is_empty() { set } else { set.with("podTemplate", self.pod_template()) }
    }

    fn pod_template(&self) -> Document {
        let mounts = self.mounts.iter().map(|Mount { folder, .. }| {
            map([("name", folder.as_str().into()), ("mountPath", in_config(folder).into())])
        });
        let container = map([
            ("name", "elasticsearch".into()),
            ("volumeMounts", Document::List(mounts.collect())),
        ]);
        let volumes = self.mounts.iter().map(|Mount { folder, config_map }| {
            let source = map([("name", config_map.as_str().into())]);
            map([("name", folder.as_str().into()), ("configMap", source)])
        });
        let spec = map([
            ("containers", Document::List(vec![container])),
            ("volumes", Document::List(volumes.collect())),
        ]);
        map([("spec", spec)])
    }
}

/// The CAs that the nodes trust on the ports of remote cluster servers: config maps, with the file in each.
pub(super) fn client_config(files: Vec<(Mount, &str)>) -> NodeConfig {
    let paths = files.iter().map(|(mount, file)| format!("{}/{file}", mount.folder));
    let ssl = map([("enabled", true.into()), ("certificate_authorities", texts(paths))]);
    let client = map([("remote_cluster_client", map([("ssl", ssl)]))]);
    let mounts = files.into_iter().map(|(mount, _)| mount).collect();
    NodeConfig { config: map([("xpack", map([("security", client)]))]), mounts }
}

pub(super) fn resource(version: &str, kind: &str, side: &Side, name: &str) -> Document {
    let metadata = map([("name", name.into()), ("namespace", side.namespace.as_str().into())]);
    map([("apiVersion", version.into()), ("kind", kind.into()), ("metadata", metadata)])
}

/// A config map with one file in it.
pub(super) fn config_map(side: &Side, name: &str, file: &str, text: String) -> Document {
    resource("v1", "ConfigMap", side, name).with("data", map([(file, text.into())]))
}

pub(super) fn config_map_step(
    own: &Party<'_>,
    name: &str,
    manifest: &Document,
    detail: &str,
) -> Draft {
    let Side { namespace, .. } = own.side;
    let draft = Draft::new(own.role, Kind::Manifest, format!("Create the config map `{name}`"))
        .who(own.who())
        .file(&format!("{name}.yml"), manifest.to_yaml())
        .command(format!("kubectl apply -n {namespace} -f {{file}}"))
        .detail(detail);
    let is_read = own.material.manifest.as_ref().is_some_and(|it| it.config_map(name).is_some());
    let draft = if is_read { draft } else { draft.detail(UNREAD) };
    draft
        .check(format!("`kubectl describe configmap {name} -n {namespace}` shows it"))
        .undo(format!("`kubectl delete configmap {name} -n {namespace}`, once nothing names it"))
}

const UNREAD: &str = "It takes the place of a config map of this name: where there is one that no kit of this connection made, give the connection another alias, and plan again.";
const THERE: &str = "It has what changes of the resource that was read, with all that its lists and node sets have, so that nothing of them goes; settings of node sets are written with dots. Where it is kept in a repository, make the same changes there and apply that.";
const CLEAR: &str = "It has in clear text what the resource has so: `NAMES`. Keep it out of repositories, and delete it once it is applied. Better, have these values come from secrets first, save the resource anew, and plan again.";
const RESTARTS: &str = "The operator restarts the nodes one after the other.";
