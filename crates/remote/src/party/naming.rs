//! How the nodes of a cluster are named in the names that trust restrictions compare.

use crosstrust_restrictions::{GenerateError, Grant, X509Field, certificate_names};
use crosstrust_x509::{Certificate, ClusterName};

use super::material::SideMaterial;
use crate::connection::{Accepts, Platform, Side};
use crate::error::Error;

/// How the nodes of a cluster are named.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum NodeNaming {
    /// `<node>.node.<cluster_id>.cluster.<scope_id>.account`.
    Cloud { cluster_id: String, scope_id: String },
    /// `<pod>.node.<name>.<namespace>.es.local`.
    Kubernetes { name: String, namespace: String },
    /// `<pod>.<suffix>`: what a resource on Kubernetes has as `transport.tls.otherNameSuffix`.
    Suffixed { name: String, suffix: String },
    /// Each by a name of its own.
    Listed(Vec<String>),
    /// By the DNS names of their certificates, since these have no name that is compared by default.
    Hosts(Vec<String>),
    /// In no way that is known.
    Unknown,
}

impl NodeNaming {
    pub(super) fn of(side: &Side, material: &SideMaterial) -> Result<Self, Error> {
        if side.platform == Platform::Eck && !side.node_names.is_empty() {
            return Ok(Self::listed(side));
        }
        if let (Some(cluster_id), Some(scope_id)) = (&side.cluster_id, &side.scope_id) {
            let (cluster_id, scope_id) = (cluster_id.clone(), scope_id.clone());
            return Ok(Self::Cloud { cluster_id, scope_id });
        }
        if side.platform == Platform::Eck {
            return Ok(Self::operators(side, material));
        }
        let mut names = side.listed_names();
        for node in &material.nodes {
            let found = other_names(&node.certificate);
            if found.is_empty() {
                return Err(Error::Nameless { certificate: node.label.clone() });
            }
            names.extend(found);
        }
        names.sort();
        names.dedup();
        Ok(if names.is_empty() { Self::Unknown } else { Self::Listed(names) })
    }

    /// The naming by DNS names, where each certificate of a node has one that tells it from others.
    pub(super) fn hosts(material: &SideMaterial) -> Option<Self> {
        let mut names = Vec::new();
        for node in &material.nodes {
            let found = certificate_names(&node.certificate, &[X509Field::DnsName]);
            let own = found.into_iter().map(|name| name.value).filter(|name| tells(name));
            let before = names.len();
            names.extend(own);
            if names.len() == before {
                return None;
            }
        }
        names.sort();
        names.dedup();
        (!names.is_empty()).then_some(Self::Hosts(names))
    }

    /// The naming that the operator uses: the one that the resource asks for, else its own. Names of
    /// certificates that are not the operator's are those that are listed.
    pub(crate) fn operators(side: &Side, material: &SideMaterial) -> Self {
        if !side.node_names.is_empty() {
            return Self::listed(side);
        }
        let name = side.name.clone();
        match material.other_name_suffix() {
            Some(suffix) => Self::Suffixed { name, suffix: suffix.to_owned() },
            None => Self::Kubernetes { name, namespace: side.namespace.clone() },
        }
    }

    fn listed(side: &Side) -> Self {
        let mut names = side.listed_names();
        names.sort();
        Self::Listed(names)
    }

    /// The name of a pod's node, where the operator makes it.
    pub(crate) fn of_pod(&self, pod: &str) -> Option<String> {
        match self {
            Self::Kubernetes { name, namespace } => {
                Some(ClusterName::Kubernetes { name, namespace }.node(pod).to_string())
            }
            Self::Suffixed { suffix, .. } => Some(format!("{pod}.{suffix}")),
            Self::Cloud { .. } | Self::Listed(_) | Self::Hosts(_) | Self::Unknown => None,
        }
    }

    /// Whether nothing is known.
    pub(crate) fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown)
    }

    /// What lets these nodes in, or all of their scope.
    pub(crate) fn grants(&self, accepts: Accepts) -> Result<Vec<Grant>, GenerateError> {
        match (self, accepts) {
            (Self::Cloud { cluster_id, scope_id }, Accepts::Cluster) => {
                Grant::cluster(&format!("{cluster_id}@{scope_id}")).map(|grant| vec![grant])
            }
            (Self::Cloud { scope_id, .. }, Accepts::Scope) => {
                Grant::scope(scope_id).map(|grant| vec![grant])
            }
            (Self::Kubernetes { name, namespace }, Accepts::Cluster) => {
                Grant::eck(&format!("{name}@{namespace}")).map(|grant| vec![grant])
            }
            (Self::Kubernetes { namespace, .. }, Accepts::Scope) => {
                Grant::namespace(namespace).map(|grant| vec![grant])
            }
            (Self::Suffixed { suffix, .. }, _) => {
                Grant::pattern(&format!("*.{suffix}")).map(|grant| vec![grant])
            }
            (Self::Listed(names) | Self::Hosts(names), _) => {
                names.iter().map(|name| Grant::name(name)).collect()
            }
            (Self::Unknown, _) => Ok(Vec::new()),
        }
    }

    /// The pattern that lets in such nodes and nobody else, where one does.
    pub(crate) fn pattern(&self) -> Option<String> {
        let grants = self.grants(Accepts::Cluster).ok()?;
        grants.first().filter(|_| grants.len() == 1).map(Grant::pattern_text)
    }

    /// Names that such nodes have.
    pub(crate) fn samples(&self) -> Vec<String> {
        match self {
            Self::Cloud { cluster_id, scope_id } => vec![cloud_name(cluster_id, scope_id)],
            Self::Kubernetes { name, namespace } => vec![pod_name(name, namespace)],
            Self::Suffixed { name, suffix } => vec![format!("{name}-es-default-0.{suffix}")],
            Self::Listed(names) | Self::Hosts(names) => names.clone(),
            Self::Unknown => Vec::new(),
        }
    }

    /// A name that a node beside them could have, and that must not be let in with them.
    pub(crate) fn neighbour(&self, accepts: Accepts) -> Option<String> {
        match (self, accepts) {
            (Self::Cloud { scope_id, .. }, Accepts::Cluster) => {
                Some(cloud_name("neighbour", scope_id))
            }
            (Self::Cloud { cluster_id, .. }, Accepts::Scope) => {
                Some(cloud_name(cluster_id, "neighbour"))
            }
            (Self::Kubernetes { namespace, .. }, Accepts::Cluster) => {
                Some(pod_name("neighbour", namespace))
            }
            (Self::Kubernetes { name, .. }, Accepts::Scope) => Some(pod_name(name, "neighbour")),
            (Self::Suffixed { name, suffix }, _) => {
                Some(format!("{name}-es-default-0.{suffix}.neighbour"))
            }
            (Self::Listed(names) | Self::Hosts(names), _) => {
                names.first().map(|name| format!("{name}.neighbour"))
            }
            (Self::Unknown, _) => None,
        }
    }
}

/// Whether a DNS name is one node's: every cluster has a `localhost`, and a wildcard is no name.
fn tells(name: &str) -> bool {
    let local = name == "localhost" || name.starts_with("localhost.");
    !local && !name.contains(['*', '?', '/', '\\'])
}

/// The names of a certificate that are compared by default.
pub(crate) fn other_names(certificate: &Certificate) -> Vec<String> {
    let names = certificate_names(certificate, X509Field::DEFAULT);
    names.into_iter().map(|name| name.value).collect()
}

fn cloud_name(cluster_id: &str, scope_id: &str) -> String {
    let cluster = ClusterName::Cloud { cluster: cluster_id, scope: scope_id };
    cluster.node("instance-0000000000").to_string()
}

fn pod_name(name: &str, namespace: &str) -> String {
    let pod = format!("{name}-es-default-0");
    ClusterName::Kubernetes { name, namespace }.node(&pod).to_string()
}
