//! Elastic Cloud on Kubernetes: resources that the operator turns into clusters.

mod authorities;
mod clash;
mod clear;
mod existing;
mod manifest;
mod merge;
mod mount;
mod public;
mod signing;
mod trust;

use crosstrust_x509::ClusterName;

use crate::connection::{Model, NodeSet, PUBLIC_FILE, Side};
use crate::document::{Document, map};
use crate::error::Error;
use crate::kit::{Builder, Draft, Kind, curl};
use crate::kit::{ENCODED, KEY_VARIABLE};
use crate::party::{Behaviour, NodeNaming, Party, hand_over, is_private, restrictable};
use crate::version::Version;

pub(crate) use manifest::{elasticsearch, manifest_step};
pub(crate) use signing::{sign, trust_signing};

use manifest::{client_config, connected, label, object, resource};
use mount::Mount;

/// The platform.
#[derive(Debug)]
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
             renews its CA every year: then hand it over again. Where the CA is a secret of your own \
             (`transport.tls.certificate`, with `ca.crt` and `ca.key`, or from operator 3.5 on shaped as \
             cert-manager's with `tls.crt` and `tls.key`), it is the certificate there."
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

    /// Those of the node sets that are told, or that the resource has.
    fn node_names(&self, own: &Party<'_>) -> Vec<String> {
        let Side { name, node_sets, node_names, .. } = own.side;
        if !node_names.is_empty() {
            return own.side.listed_names();
        }
        let there = own.material.manifest.as_ref().filter(|_| node_sets.is_empty());
        let sets = there.map_or_else(|| node_sets.clone(), merge::node_sets);
        let naming = NodeNaming::operators(own.side, own.material);
        let pods = |NodeSet { name: set, count }: &NodeSet| {
            let pod = format!("{name}-es-{set}");
            (0..*count).map(move |ordinal| format!("{pod}-{ordinal}"))
        };
        sets.iter().flat_map(pods).take(MOST).filter_map(|pod| naming.of_pod(&pod)).collect()
    }

    fn serve(&self, own: &Party<'_>, builder: &mut Builder) {
        let name = &own.side.name;
        let described = own.side.eck_version >= Version::new(3, 3, 0);
        let service = described.then(|| load_balancer(own, "rcs"));
        let server = map([("enabled", true.into())]).maybe("service", service);
        let change = elasticsearch(own, map([("remoteClusterServer", server)]), None, builder);
        let service = format!("{name}-es-remote-cluster");
        let names = format!(
            "Where node certificates come from somebody else (`transport.tls.selfSignedCertificates.disabled`), \
             they need the names `{service}.{namespace}.svc` and `POD.{name}-es-NODESET.{namespace}.svc`.",
            namespace = own.side.namespace
        );
        let title = "Enable the remote cluster server";
        let title = if described { format!("{title}, and expose it") } else { title.to_owned() };
        if let Some(change) = change {
            let mut draft = manifest_step(own, &title, &change);
            if described {
                draft = draft.detail(exposed(own, "remoteClusterServer", &service));
            }
            builder.add(draft.detail(names));
        }
        if !described {
            expose(own, &service, builder);
        }
    }

    fn take_key(
        &self,
        own: &Party<'_>,
        peer: &Party<'_>,
        builder: &mut Builder,
    ) -> Result<(), Error> {
        let alias = &own.connection.alias;
        let (name, map_name) = (object(own, alias, "api-key"), object(own, alias, "server-ca"));
        let held = &peer.material.authorities;
        let is_new = is_private(peer) && !authorities::are_there(own, &map_name, "ca.crt", held);
        if is_new {
            hand_over(peer, own, builder)?;
        }
        store_key(own, &name, builder);
        if is_new {
            builder.add(authorities::step(own, &map_name, "ca.crt", held, CLIENT_CA));
        }
        let mut files = Vec::new();
        if is_private(peer) {
            let folder = format!("{}-server-ca", label(alias));
            files.push((Mount { folder, config_map: map_name }, "ca.crt"));
        }
        files.extend(public::kept(own, peer, builder).map(|mount| (mount, PUBLIC_FILE)));
        let config = (!files.is_empty()).then(|| client_config(files));
        let secrets = Document::List(vec![map([("secretName", name.into())])]);
        let spec = map([("secureSettings", secrets)]);
        if let Some(change) = connected(own, peer, spec, config.as_ref(), builder) {
            let title = "Give the key, and what it trusts, to the nodes";
            let draft = manifest_step(own, title, &change);
            let is_unseen = !is_private(peer) && own.material.manifest.is_none();
            builder.add(if is_unseen { draft.detail(PUBLIC) } else { draft });
        }
        Ok(())
    }

    /// Deployments share their CA with strangers, so restrictions are a must there. Among others they
    /// are written where it is known how the other side's nodes are named.
    fn restricts(&self, own: &Party<'_>, peer: &Party<'_>) -> bool {
        restrictable(own, peer)
    }

    fn trust(&self, own: &Party<'_>, peer: &Party<'_>, builder: &mut Builder) -> Result<(), Error> {
        trust::steps(own, peer, builder)
    }
}

/// The key in a secret of its own.
fn store_key(own: &Party<'_>, name: &str, builder: &mut Builder) {
    let key = format!("cluster.remote.{}.credentials", own.connection.alias);
    let secret = resource("v1", "Secret", own.side, name)
        .with("type", "Opaque")
        .with("stringData", map([(key.as_str(), ENCODED.into())]));
    let namespace = &own.side.namespace;
    let draft = Draft::new(own.role, Kind::Manifest, "Store the API key in a secret")
        .who(own.who())
        .file(&format!("{name}.yml"), secret.to_yaml())
        .command(format!(
            "{} | kubectl apply -n {namespace} -f -",
            curl::fill(ENCODED, KEY_VARIABLE)
        ))
        .detail("The key is put in when the file is applied: keep it out of your repository.")
        .check(format!("`kubectl describe secret {name} -n {namespace}` shows the key's name"))
        .undo(format!("`kubectl delete secret {name} -n {namespace}`, once nothing names it"));
    builder.add(draft);
}

/// Operators before 3.3 do not let the service be described.
fn expose(own: &Party<'_>, service: &str, builder: &mut Builder) {
    let namespace = &own.side.namespace;
    let port = own.external_port();
    let command = format!(
        "kubectl expose service {service} -n {namespace} --name={service}-lb --type=LoadBalancer --port={port} --target-port=9443"
    );
    let draft = Draft::new(own.role, Kind::Command, "Expose the remote cluster server")
        .who(own.who())
        .command(command)
        .detail("Operators before 3.3 do not let the service be described.")
        .detail(exposed(own, "remoteClusterServer", &format!("{service}-lb")))
        .check("the service gets an external address")
        .undo(format!("`kubectl delete service {service}-lb -n {namespace}`"));
    builder.add(draft);
}

/// Where the address of a service is seen, and other ways to it. Where the resource has a service of
/// another type under `field` of its `spec`, that one stays.
fn exposed(own: &Party<'_>, field: &str, service: &str) -> String {
    let there = own.material.manifest.as_ref();
    let kept = there.and_then(|there| there.spec(&[field, "service", "spec", "type"])?.text());
    let shown = format!("`kubectl get service {service} -n {}` shows", own.side.namespace);
    let (address, other) = match kept.filter(|kind| *kind != "LoadBalancer") {
        Some(kind) => (
            format!("The service keeps the type `{kind}`, which the resource has; {shown} it."),
            "Beside",
        ),
        None => (
            format!(
                "{shown} the address under which it is reached from outside; where that is not `{}`, write it into \
                 the connection file as `remote.endpoint` and plan again, since the registration has it.",
                own.addresses().first().map_or("", String::as_str)
            ),
            "In the place of",
        ),
    };
    format!(
        "{address} {other} `LoadBalancer`, `NodePort` does as well (the endpoint is then the address of a \
         Kubernetes node and the port that the service shows), or an Ingress or Gateway that passes TLS \
         through as it is."
    )
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

/// The scope id by which a deployment knows all nodes in a namespace.
pub(super) fn scope(namespace: &str) -> String {
    ClusterName::Kubernetes { name: "", namespace }.scope_id()
}

/// As many nodes as a deployment lists.
const MOST: usize = 1000;
const CLIENT_CA: &str =
    "The next step has the nodes trust it, beside the CAs of other remote clusters.";
const PUBLIC: &str = "The remote side's CA is a public one, which the JDK trusts. If the resource has `spec.remoteClusters` with an `apiKey`, or a list of CAs for another remote cluster, the nodes trust those CAs alone: then the root of the public CA must be in `xpack.security.remote_cluster_client.ssl.certificate_authorities` too. Name the resource as `manifest` in the connection file, and plan again: the kit then has the step that puts it there.";
