//! Who accepts whom among clusters, in both directions.
//!
//! All nodes of a cluster have the same settings, so a node is judged once by each other cluster and
//! not by each of its nodes. It must be accepted in both roles: a connection shows each side the
//! other's certificate, and who opens it differs.

use std::collections::BTreeSet;

use crosstrust_report::Finding;
use crosstrust_restrictions::{CertificateName, certificate_names};
use crosstrust_x509::Timestamp;
use rayon::prelude::*;

use crate::cluster::{Cluster, Expectation, Expectations, NodePosition};
use crate::fleet::Fleet;
use crate::known::KnownAuthorities;
use crate::node::Node;
use crate::refusal::Refusal;
use crate::settings::RestrictionsFile;
use crate::trust_list::TrustList;
use crate::verdict::Verdict;
use crate::voucher::Voucher;

/// The verdict of every cluster on every node of every other cluster, and of its own.
#[derive(Clone, Debug, Default)]
pub struct Matrix {
    /// The clusters, in the order given.
    pub clusters: Vec<ClusterNames>,
    /// The verdicts: by presenting cluster, node and judging cluster, each in the order given.
    pub verdicts: Vec<MatrixVerdict>,
    /// What is expected of each cluster, where that is said.
    pub(crate) expected: Vec<Option<Expectation>>,
    /// Acceptances that nobody expects.
    pub(crate) unexpected: Vec<Finding>,
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
    expected_matrix(clusters, &[], now)
}

/// The same where it is said who is meant to reach whom: takes what is expected of each cluster, in their order.
/// The verdicts are the same, and the report tells what differs from what is expected.
pub fn expected_matrix<'a>(
    clusters: impl IntoIterator<Item = &'a Cluster>,
    expected: &[Option<Expectation>],
    now: Timestamp,
) -> Matrix {
    let clusters = clusters.into_iter().collect::<Vec<_>>();
    let fields = clusters.iter().flat_map(|cluster| cluster.settings.fields.iter().copied());
    let fields = fields.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>();
    let names = |node: &Node| {
        let names = node.leaf().map(|leaf| certificate_names(leaf, &fields));
        (node.path().to_owned(), names.unwrap_or_default())
    };
    let known = KnownAuthorities::of_nodes(clusters.iter().flat_map(|cluster| &cluster.nodes));
    let listed = clusters.par_iter().map(|cluster| ClusterNames {
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
    let fleet = Fleet::new(clusters.iter().copied(), now);
    let pairs = fleet.places().into_par_iter().flat_map_iter(|from| {
        let fleet = &fleet;
        (0..clusters.len()).map(move |to| {
            let [as_client, as_server] = fleet.verdicts(from, to);
            MatrixVerdict { from, to, as_client, as_server }
        })
    });
    let names = fleet.names_of_clusters();
    let unexpected = fleet.unexpected(&Expectations::new(&names, expected));
    let expected = expected.to_vec();
    Matrix { clusters: listed.collect(), verdicts: pairs.collect(), expected, unexpected }
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

    /// Whether one cluster has nodes, and another accepts every one of them.
    pub fn is_accepted(&self, from: usize, to: usize) -> bool {
        let verdicts = self.verdicts.iter().filter(|one| one.from.cluster == from && one.to == to);
        let mut verdicts = verdicts.peekable();
        verdicts.peek().is_some() && verdicts.all(MatrixVerdict::is_accepted)
    }
}
