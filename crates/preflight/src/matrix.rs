//! Who accepts whom among clusters, in both directions.
//!
//! All nodes of a cluster have the same settings, so a node is judged once by each other cluster and
//! not by each of its nodes. It must be accepted in both roles: a connection shows each side the
//! other's certificate, and who opens it differs.

use crosstrust_restrictions::{CertificateName, certificate_names};
use crosstrust_x509::Timestamp;
use rayon::prelude::*;

use crate::checks;
use crate::examination::Examination;
use crate::known::KnownAuthorities;
use crate::node::Node;
use crate::node_verdict::without_certificate;
use crate::refusal::Refusal;
use crate::role::Role;
use crate::settings::{Policy, RestrictionsFile, Settings};
use crate::signature_cache::SignatureCache;
use crate::trust_list::TrustList;
use crate::verdict::Verdict;
use crate::voucher::Voucher;

/// A cluster: its nodes, and whom it accepts.
#[derive(Clone, Debug)]
pub struct Cluster {
    /// What it is called.
    pub name: String,
    /// Its nodes.
    pub nodes: Vec<Node>,
    /// The settings of all its nodes.
    pub settings: Settings,
}

/// The verdict of every cluster on every node of every other cluster, and of its own.
#[derive(Clone, Debug, Default)]
pub struct Matrix {
    /// The clusters, in the order given.
    pub clusters: Vec<ClusterNames>,
    /// The verdicts: by presenting cluster, node and judging cluster, each in the order given.
    pub verdicts: Vec<MatrixVerdict>,
}

/// A cluster of a matrix, and the names that its nodes present.
#[derive(Clone, Debug)]
pub struct ClusterNames {
    /// What it is called.
    pub name: String,
    /// Node by node: the path, and all names that any cluster may compare.
    pub nodes: Vec<(String, Vec<CertificateName>)>,
    /// The restrictions file that it judges by.
    pub restrictions: Option<RestrictionsFile>,
    /// What it trusts.
    pub(crate) trust: TrustList,
    /// Node by node: the authority that vouches for it, where that is known.
    pub(crate) vouchers: Vec<Option<Voucher>>,
}

/// What a cluster makes of a node.
#[derive(Clone, Debug)]
pub struct MatrixVerdict {
    /// The node that presents its certificate.
    pub from: NodePosition,
    /// The position of the cluster that judges it.
    pub to: usize,
    /// The verdict on the node as client.
    pub as_client: Verdict,
    /// The verdict on the node as server.
    pub as_server: Verdict,
}

/// A node of a matrix.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct NodePosition {
    /// The position of its cluster, from 0.
    pub cluster: usize,
    /// Its position in the cluster, from 0.
    pub node: usize,
}

/// A node before another node, as the certificate of the one and the settings of the other decide.
#[derive(Clone, Copy, Debug)]
pub struct Acceptance<'a> {
    /// The node that presents its certificate.
    pub from: NodePosition,
    /// The node that judges it.
    pub to: NodePosition,
    /// What becomes of it.
    pub verdict: &'a Verdict,
}

/// Judges every node by every cluster, on all cores.
pub fn matrix(clusters: &[Cluster], now: Timestamp) -> Matrix {
    let signatures = SignatureCache::new();
    let policies = clusters.iter().map(|cluster| Policy::new(cluster.settings.clone(), now));
    let policies = policies.collect::<Vec<_>>();
    let fields = {
        let mut fields =
            clusters.iter().flat_map(|c| c.settings.fields.clone()).collect::<Vec<_>>();
        fields.sort_unstable();
        fields.dedup();
        fields
    };
    let places = clusters.iter().enumerate().flat_map(|(cluster, presenting)| {
        let nodes = presenting.nodes.iter().enumerate();
        nodes.map(move |(node, presented)| (NodePosition { cluster, node }, presented))
    });
    let verdicts = places.collect::<Vec<_>>().into_par_iter().flat_map_iter(|(from, node)| {
        let signatures = &signatures;
        policies.iter().enumerate().map(move |(to, policy)| {
            let [as_client, as_server] = judge(node, policy, signatures);
            MatrixVerdict { from, to, as_client, as_server }
        })
    });
    let verdicts = verdicts.collect();
    let names = |node: &Node| {
        let names = node.leaf().map(|leaf| certificate_names(leaf, &fields));
        (node.path().to_owned(), names.unwrap_or_default())
    };
    let known = KnownAuthorities::of_nodes(clusters.iter().flat_map(|cluster| &cluster.nodes));
    let clusters = clusters.par_iter().map(|cluster| ClusterNames {
        name: cluster.name.clone(),
        nodes: cluster.nodes.iter().map(names).collect(),
        restrictions: cluster.settings.restrictions.clone(),
        trust: cluster.settings.trust.clone(),
        vouchers: cluster
            .nodes
            .iter()
            .map(|node| Voucher::of(node, Some(&cluster.settings.trust), &known))
            .collect(),
    });
    Matrix { clusters: clusters.collect(), verdicts }
}

fn judge(node: &Node, policy: &Policy, signatures: &SignatureCache) -> [Verdict; 2] {
    let known = KnownAuthorities::default();
    match Examination::new(node, policy, &known, signatures) {
        Some(examination) => Role::ALL.map(|role| checks::verdict(&examination, role)),
        None => Role::ALL.map(|_| without_certificate(node)),
    }
}

impl MatrixVerdict {
    /// The verdict in both roles.
    pub fn verdict(&self) -> &Verdict {
        self.as_client.worse(&self.as_server)
    }

    /// Whether the node is accepted in both roles.
    pub fn is_accepted(&self) -> bool {
        self.verdict().is_accepted()
    }

    /// Why the node is refused, if it is in either role.
    pub fn refusal(&self) -> Option<&Refusal> {
        self.verdict().refusal()
    }
}

impl Matrix {
    /// Every node before every node of every other cluster, and before the others of its own. Their
    /// number is the square of that of the nodes, so they are made as they are asked for.
    pub fn acceptances(&self) -> impl Iterator<Item = Acceptance<'_>> {
        self.verdicts.iter().flat_map(move |verdict| {
            let judges = self.clusters.get(verdict.to).map_or(0, |cluster| cluster.nodes.len());
            let places = (0..judges).map(move |node| NodePosition { cluster: verdict.to, node });
            places.filter(move |to| *to != verdict.from).map(move |to| Acceptance {
                from: verdict.from,
                to,
                verdict: verdict.verdict(),
            })
        })
    }

    /// What a node is called: `cluster/node`.
    pub fn label(&self, place: NodePosition) -> String {
        let cluster = self.clusters.get(place.cluster);
        let node = cluster.and_then(|cluster| cluster.nodes.get(place.node));
        let cluster = cluster.map_or("", |cluster| cluster.name.as_str());
        format!("{cluster}/{}", node.map_or("", |(path, _)| path.as_str()))
    }

    /// The verdict of one cluster on all nodes of another. Nodes that are not there are accepted.
    pub fn verdict(&self, from: usize, to: usize) -> &Verdict {
        let verdicts = self.verdicts.iter().filter(|v| v.from.cluster == from && v.to == to);
        verdicts.map(MatrixVerdict::verdict).reduce(Verdict::worse).unwrap_or(&Verdict::Accepted)
    }

    /// Whether every node of one cluster is accepted by another.
    pub fn is_accepted(&self, from: usize, to: usize) -> bool {
        self.verdict(from, to).is_accepted()
    }
}
