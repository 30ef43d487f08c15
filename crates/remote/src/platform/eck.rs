//! Elastic Cloud on Kubernetes: resources that the operator turns into clusters.

use super::Behaviour;
use crate::connection::{Model, NodeSet, Side};
use crate::document::{Document, map, texts};
use crate::error::Error;
use crate::kit::{Builder, Draft, Kind};
use crate::plan::{ENCODED, Party, hand_over, pem_text, restrictions};
use crate::version::Version;

/// The platform.
pub(super) struct Eck;

impl Behaviour for Eck {
    fn who(&self, own: &Party<'_>) -> String {
        format!("somebody who may apply manifests in the namespace `{}`", own.side.namespace)
    }

    fn ca_note(&self, own: &Party<'_>) -> String {
        let Side { name, namespace, .. } = own.side;
        format!(
            "It comes from the secret: `kubectl get secret {name}-es-transport-certs-public -n \
             {namespace} -o go-template='{{{{index .data \"ca.crt\" | base64decode}}}}'`. That file \
             also has every CA that the cluster was told to trust, so hand on only its own. The operator \
             renews its CA every year: then hand it over again."
        )
    }

    /// The service's name, unless something with a certificate of its own stands before it.
    fn server_name(&self, own: &Party<'_>) -> Option<String> {
        if own.side.ca_is_public {
            return None;
        }
        let Side { name, namespace, .. } = own.side;
        let service = match own.connection.model {
            Model::ApiKey => "es-remote-cluster",
            Model::Tls => "es-transport",
        };
        Some(format!("{name}-{service}.{namespace}.svc"))
    }

    fn serve(&self, own: &Party<'_>, builder: &mut Builder) {
        let Side { name, namespace, .. } = own.side;
        let described = own.side.eck_version >= Version::new(3, 3, 0);
        let service = described.then(|| load_balancer(own, "rcs"));
        let server = map([("enabled", true.into())]).maybe("service", service);
        let manifest = elasticsearch(own.side, map([("remoteClusterServer", server)]), None);
        let shown = |service: &str| {
            format!(
                "`kubectl get service {service} -n {namespace}` shows the address under which it is reached from outside."
            )
        };
        let service = format!("{name}-es-remote-cluster");
        if described {
            let title = "Enable the remote cluster server, and expose it";
            builder.add(manifest_step(own, title, &manifest).detail(shown(&service)));
            return;
        }
        builder.add(manifest_step(own, "Enable the remote cluster server", &manifest));
        let port = own.external_port();
        let command = format!(
            "kubectl expose service {service} -n {namespace} --name={service}-lb --type=LoadBalancer --port={port} --target-port=9443"
        );
        let expose = Draft::new(own.role, Kind::Command, "Expose the remote cluster server")
            .who(own.who())
            .command(command)
            .detail("Operators before 3.3 do not let the service be described. An Ingress or Gateway that passes TCP through does as well.")
            .detail(shown(&format!("{service}-lb")))
            .check("the service gets an external address")
            .undo(format!("`kubectl delete service {service}-lb -n {namespace}`"));
        builder.add(expose);
    }

    fn take_key(
        &self,
        own: &Party<'_>,
        peer: &Party<'_>,
        authority: Option<&str>,
        builder: &mut Builder,
    ) {
        let alias = &own.connection.alias;
        let key = format!("cluster.remote.{alias}.credentials");
        let secret = resource("v1", "Secret", own.side, "remote-api-keys")
            .with("type", "Opaque")
            .with("stringData", map([(key.as_str(), ENCODED.into())]));
        let draft = Draft::new(own.role, Kind::Manifest, "Store the API key in a secret")
            .who(own.who())
            .file("remote-api-keys.yml", secret.to_yaml())
            .command(format!("kubectl apply -n {} -f {{file}}", own.side.namespace))
            .detail(format!("Put the `encoded` of the key in the place of `{ENCODED}` when it is applied, and keep it out of your repository. Every remote cluster has a line of its own there: keep those of the others."))
            .check(format!("`kubectl describe secret remote-api-keys -n {}` shows the key's name", own.side.namespace))
            .undo("delete the line, or the secret");
        builder.add(draft);
        let config = authority.map(|_| {
            let pem = pem_text(&peer.material.authorities);
            let map_of_ca = resource("v1", "ConfigMap", own.side, "remote-ca")
                .with("data", map([("remote-cluster-ca.crt", pem.into())]));
            builder.add(config_map_step(own, "remote-ca", &map_of_ca, ONE_LIST));
            client_config()
        });
        let secrets = Document::List(vec![map([("secretName", "remote-api-keys".into())])]);
        let manifest = elasticsearch(own.side, map([("secureSettings", secrets)]), config.as_ref());
        builder.add(manifest_step(
            own,
            "Give the key, and what it trusts, to the nodes",
            &manifest,
        ));
    }

    /// Deployments share their CA with strangers.
    fn restricts(&self, _own: &Party<'_>, peer: &Party<'_>) -> bool {
        peer.side.platform.is_cloud()
    }

    fn trust(&self, own: &Party<'_>, peer: &Party<'_>, builder: &mut Builder) -> Result<(), Error> {
        hand_over(peer, own, builder)?;
        let restricted = self.restricts(own, peer);
        let name = format!("{}-remote-ca", own.side.name);
        let pem = pem_text(peer.authorities()?);
        let authorities = resource("v1", "ConfigMap", own.side, &name)
            .with("data", map([("ca.crt", pem.into())]));
        builder.add(config_map_step(own, &name, &authorities, ONE_LIST));
        let mut tls = Document::empty();
        let mut config = None;
        if restricted {
            let trust_name = format!("{}-trust", own.side.name);
            restrict(own, peer, &trust_name, builder)?;
            config = Some(restricted_config(&name, &trust_name));
        } else {
            tls =
                tls.with("certificateAuthorities", map([("configMapName", name.as_str().into())]));
        }
        tls = tls.maybe("otherNameSuffix", suffix(own.side));
        let manifest = elasticsearch(own.side, transport(own, tls), config.as_ref());
        let draft = manifest_step(own, "Trust the other side's transport layer", &manifest);
        builder.add(describe(own, draft));
        Ok(())
    }
}

/// `spec.transport`: what it trusts and is named, and on the remote side a way in from outside.
fn transport(own: &Party<'_>, tls: Document) -> Document {
    let is_remote = own.role == crate::kit::Role::Remote;
    let service = is_remote.then(|| load_balancer(own, "tls-transport"));
    let mut transport = Document::empty().maybe("service", service);
    if tls != Document::empty() {
        transport = transport.with("tls", tls);
    }
    if transport == Document::empty() { transport } else { map([("transport", transport)]) }
}

/// A service that is reached from outside. Where the port is not the usual one, Kubernetes is told
/// the nodes' own beside it: it would else take the same for both.
fn load_balancer(own: &Party<'_>, port_name: &str) -> Document {
    let (outside, inside) = (own.external_port(), own.port());
    let ports = (outside != inside).then(|| {
        let port = map([
            ("name", port_name.into()),
            ("port", u32::from(outside).into()),
            ("targetPort", u32::from(inside).into()),
        ]);
        Document::List(vec![port])
    });
    map([("spec", map([("type", "LoadBalancer".into())]).maybe("ports", ports))])
}

fn describe(own: &Party<'_>, draft: Draft) -> Draft {
    let Side { name, namespace, .. } = own.side;
    let mut draft = draft;
    if own.role == crate::kit::Role::Remote {
        draft = draft.detail(format!(
            "`kubectl get service {name}-es-transport -n {namespace}` shows the address under which the nodes are reached from outside."
        ));
    }
    if own.side.has_ids() {
        draft = draft.detail("`otherNameSuffix` gives the nodes new certificates; trust files let both names in meanwhile.");
    }
    draft
}

/// The end of the nodes' names, where they are to follow the cloud's pattern.
fn suffix(side: &Side) -> Option<String> {
    let (cluster, scope) = (side.cluster_id.as_ref()?, side.scope_id.as_ref()?);
    Some(format!("node.{cluster}.cluster.{scope}.account"))
}

fn restrict(
    own: &Party<'_>,
    peer: &Party<'_>,
    name: &str,
    builder: &mut Builder,
) -> Result<(), Error> {
    let admitted = restrictions(own, peer)?;
    let draft = Draft::new(own.role, Kind::TrustRestrictions, "Restrict whom the transport layer lets in")
        .who(own.who())
        .file("trust.yml", admitted.text.clone())
        .detail("It is in the manifest of the next step too. It takes the place of the trust file that a deployment offers, in which the nodes on Kubernetes are named wrongly: with that one they would no longer accept each other.")
        .check("`crosstrust restrictions show` loads it")
        .undo("take `trust_restrictions.path` out of the manifest, then delete the file");
    let file = builder.add(draft);
    builder.probe(admitted.probe(&file));
    let config = resource("v1", "ConfigMap", own.side, name)
        .with("data", map([("trust.yml", admitted.text.into())]));
    builder.add(config_map_step(
        own,
        name,
        &config,
        "It holds the restrictions of the step before.",
    ));
    Ok(())
}

fn config_map_step(own: &Party<'_>, name: &str, manifest: &Document, detail: &str) -> Draft {
    let Side { namespace, .. } = own.side;
    Draft::new(own.role, Kind::Manifest, format!("Create the config map `{name}`"))
        .who(own.who())
        .file(&format!("{name}.yml"), manifest.to_yaml())
        .command(format!("kubectl apply -n {namespace} -f {{file}}"))
        .detail(detail)
        .check(format!("`kubectl describe configmap {name} -n {namespace}` shows it"))
        .undo(format!("`kubectl delete configmap {name} -n {namespace}`, once nothing names it"))
}

/// The names of all nodes in the node sets that are told, as the operator makes them.
pub(super) fn node_names(side: &Side) -> Vec<String> {
    let Side { name, namespace, node_sets, .. } = side;
    let pods = |NodeSet { name: set, count }: &NodeSet| {
        let pod = format!("{name}-es-{set}");
        (0..*count).map(move |ordinal| format!("{pod}-{ordinal}"))
    };
    let pods = node_sets.iter().flat_map(pods);
    pods.map(|pod| format!("{pod}.node.{name}.{}", scope(namespace))).collect()
}

/// What the names of all nodes in a namespace end with.
pub(super) fn scope(namespace: &str) -> String {
    format!("{namespace}.es.local")
}

/// The step that applies an Elasticsearch resource.
pub(crate) fn manifest_step(own: &Party<'_>, title: &str, manifest: &Document) -> Draft {
    let Side { name, namespace, .. } = own.side;
    Draft::new(own.role, Kind::Manifest, title)
        .who(own.who())
        .file("elasticsearch.yml", manifest.to_yaml())
        .detail(format!(
            "Merge it into the manifest of `{name}` that you have, and apply that one, never this alone: node sets, storage \
             and settings that are not in it are not spoken of here. What stands in a node set here belongs \
             into every node set. The operator restarts the nodes one after the other."
        ))
        .check(format!("`kubectl get elasticsearch {name} -n {namespace}` says `green` and `Ready`"))
        .undo("apply the manifest as it was before")
}

/// An Elasticsearch resource with these parts of `spec`, and the same configuration in every node
/// set.
pub(crate) fn elasticsearch(side: &Side, spec: Document, config: Option<&NodeConfig>) -> Document {
    let told = side.node_sets.as_slice();
    let usual = [NodeSet { name: "default".to_owned(), count: 3 }];
    let sets = if told.is_empty() { &usual } else { told };
    let sets = sets.iter().map(|NodeSet { name, count }| {
        let set = map([("name", name.as_str().into()), ("count", (*count).into())]);
        match config {
            Some(NodeConfig { config, pod_template }) => {
                set.with("config", config.clone()).with("podTemplate", pod_template.clone())
            }
            None => set,
        }
    });
    let sets = Document::List(sets.collect());
    let mut parts = map([("version", side.version.to_string().into())]);
    if let Document::Map(pairs) = spec {
        for (key, value) in pairs {
            parts = parts.with(&key, value);
        }
    }
    resource("elasticsearch.k8s.elastic.co/v1", "Elasticsearch", side, &side.name)
        .with("spec", parts.with("nodeSets", sets))
}

/// What every node set gets.
#[derive(Clone, Debug)]
pub(crate) struct NodeConfig {
    config: Document,
    pod_template: Document,
}

fn client_config() -> NodeConfig {
    let ssl = map([
        ("enabled", true.into()),
        ("certificate_authorities", texts(["remote-certs/remote-cluster-ca.crt"])),
    ]);
    let client = map([("remote_cluster_client", map([("ssl", ssl)]))]);
    let mounts = [("remote-ca", "remote-certs")];
    NodeConfig {
        config: map([("xpack", map([("security", client)]))]),
        pod_template: mounted(&mounts, &[("remote-ca", "remote-ca")]),
    }
}

fn restricted_config(authorities: &str, trust: &str) -> NodeConfig {
    let ca = format!("{CONFIG}/remote-ca/ca.crt");
    let path = format!("{CONFIG}/trust-filter/trust.yml");
    let config = map([
        ("xpack.security.transport.ssl.certificate_authorities", texts([ca])),
        ("xpack.security.transport.ssl.trust_restrictions.path", path.into()),
    ]);
    let mounts = [("remote-ca", "remote-ca"), ("trust-filter", "trust-filter")];
    let volumes = [("remote-ca", authorities), ("trust-filter", trust)];
    NodeConfig { config, pod_template: mounted(&mounts, &volumes) }
}

/// A pod template that mounts config maps below the configuration.
fn mounted(mounts: &[(&str, &str)], volumes: &[(&str, &str)]) -> Document {
    let mounts = mounts.iter().map(|(volume, folder)| {
        map([("name", (*volume).into()), ("mountPath", format!("{CONFIG}/{folder}").into())])
    });
    let container =
        map([("name", "elasticsearch".into()), ("volumeMounts", Document::List(mounts.collect()))]);
    let volumes = volumes.iter().map(|(volume, config_map)| {
        map([("name", (*volume).into()), ("configMap", map([("name", (*config_map).into())]))])
    });
    let spec = map([
        ("containers", Document::List(vec![container])),
        ("volumes", Document::List(volumes.collect())),
    ]);
    map([("spec", spec)])
}

fn resource(version: &str, kind: &str, side: &Side, name: &str) -> Document {
    let metadata = map([("name", name.into()), ("namespace", side.namespace.as_str().into())]);
    map([("apiVersion", version.into()), ("kind", kind.into()), ("metadata", metadata)])
}

const ONE_LIST: &str = "It serves every remote cluster that is connected by this model: where it is there already, add the certificates to those that are in it.";
const CONFIG: &str = "/usr/share/elasticsearch/config";
