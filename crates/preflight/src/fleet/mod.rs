//! Clusters before each other, judged once for each class of those who judge and of those who present.
//!
//! What a cluster makes of a node depends on the cluster's trust list, mode and restrictions alone, and of
//! the list only on what bears on the node's chain. So a node is examined once for each group of lists that
//! are alike to its chain ([`trust`]), its names are compared with all patterns of all clusters at once
//! ([`names`]), and the verdict of a pair is put together from the two. Nothing is concluded from one node to
//! another: nodes are put into a class *after* they were judged, where all of their outcomes agree.

mod directions;
mod findings;
mod names;
mod outcome;
mod table;
mod trust;

use std::collections::BTreeMap;

use crosstrust_report::Report;
use crosstrust_x509::{Certificate, Timestamp};
use rayon::prelude::*;

use crate::checks;
use crate::cluster::{Cluster, NodePosition};
use crate::examination::Examination;
use crate::explanation::{Explanation, Judge};
use crate::known::KnownAuthorities;
use crate::node::Node;
use crate::node_verdict::{check_nodes_with, without_certificate};
use crate::path::Path;
use crate::role::Role;
use crate::settings::Policy;
use crate::signature_cache::SignatureCache;
use crate::unjudged::Unjudged;
use crate::verdict::Verdict;
use crate::voucher::Voucher;
use names::{Matching, NameClasses};
use table::Table;
use trust::{TrustClasses, View};

pub use directions::{Direction, Shortfall};
pub(crate) use findings::RULES;
pub use outcome::Outcome;

/// Clusters, and what each makes of the nodes of all.
#[derive(Debug)]
pub struct Fleet<'a> {
    clusters: Vec<&'a Cluster>,
    known: KnownAuthorities<'a>,
    policies: Vec<Policy>,
    signatures: SignatureCache,
    trust: TrustClasses<'a>,
    names: NameClasses,
    views: Vec<View<'a>>,
    judges: Vec<JudgeClass>,
    judge_of: Vec<usize>,
    nodes: Vec<NodeClass>,
    node_of: Vec<Vec<usize>>,
    table: Table,
}

/// Clusters that make the same of everybody: they trust the same in the same mode, and restrict the same.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct JudgeClass {
    /// The positions of the clusters.
    pub clusters: Vec<usize>,
    /// Which of the distinct trust lists they have.
    pub trust: usize,
    /// Which of the distinct restrictions, if any.
    pub restrictions: Option<usize>,
}

/// Nodes of which every cluster makes the same, down to the code that explains it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NodeClass {
    /// The nodes.
    pub nodes: Vec<NodePosition>,
    standing: Standing,
}

/// All outcomes of a node.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
struct Standing {
    view: usize,
    /// By the view's groups.
    before_restrictions: Vec<Examined>,
    names: Vec<Matching>,
}

/// What a group of trust lists makes of a node, restrictions aside.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
struct Examined {
    /// As client, as server.
    outcomes: [Outcome; 2],
    /// The SHA-256 of the trusted certificate at the end of the path.
    anchor: Option<String>,
}

impl<'a> Fleet<'a> {
    /// Judges every node by every cluster, on all cores.
    pub fn new(clusters: impl IntoIterator<Item = &'a Cluster>, now: Timestamp) -> Self {
        let clusters = clusters.into_iter().collect::<Vec<_>>();
        let policies = clusters.par_iter().map(|one| Policy::new(one.settings.clone(), now));
        let mut fleet = Self {
            known: KnownAuthorities::of_nodes(clusters.iter().flat_map(|one| &one.nodes)),
            policies: policies.collect(),
            signatures: SignatureCache::new(),
            trust: TrustClasses::new(&clusters),
            names: NameClasses::new(&clusters),
            views: Vec::new(),
            judges: Vec::new(),
            judge_of: Vec::new(),
            nodes: Vec::new(),
            node_of: clusters.iter().map(|_| Vec::new()).collect(),
            table: Table::default(),
            clusters,
        };
        fleet.class_judges();
        fleet.class_nodes();
        let unknown = [Outcome::NotJudged(checks::NOT_JUDGED.code); 2];
        fleet.table = Table::new(fleet.nodes.len(), fleet.judges.len(), |nodes, judges| {
            fleet.combined(nodes, judges).unwrap_or(unknown)
        });
        fleet
    }

    /// The clusters.
    pub fn clusters(&self) -> &[&'a Cluster] {
        &self.clusters
    }

    /// The classes of those who judge.
    pub fn judges(&self) -> &[JudgeClass] {
        &self.judges
    }

    /// The class of a cluster as judge.
    pub fn judge_of(&self, cluster: usize) -> usize {
        self.judge_of.get(cluster).copied().unwrap_or(0)
    }

    /// The classes of nodes.
    pub fn nodes(&self) -> &[NodeClass] {
        &self.nodes
    }

    /// The class of each node of a cluster.
    pub fn nodes_of(&self, cluster: usize) -> &[usize] {
        self.node_of.get(cluster).map_or(&[], Vec::as_slice)
    }

    /// A node.
    pub fn node(&self, place: NodePosition) -> Option<&'a Node> {
        self.clusters.get(place.cluster)?.nodes.get(place.node)
    }

    /// What a class of clusters makes of a class of nodes, as client and as server.
    pub fn outcomes(&self, nodes: usize, judges: usize) -> [Outcome; 2] {
        // Every class has been examined.
        let unknown = [Outcome::NotJudged(checks::NOT_JUDGED.code); 2];
        self.table.get(nodes, judges).unwrap_or(unknown)
    }

    /// Puts the outcomes of two classes together.
    fn combined(&self, nodes: usize, judges: usize) -> Option<[Outcome; 2]> {
        let (nodes, judges) = (self.nodes.get(nodes)?, self.judges.get(judges)?);
        let examined = self.examined(&nodes.standing, judges.trust)?;
        let names = judges.restrictions.map_or(Outcome::Accepted, |restrictions| {
            self.names.judge(restrictions, &nodes.standing.names)
        });
        Some(examined.outcomes.map(|outcome| outcome.and(names)))
    }

    /// The same in both roles.
    pub fn outcome(&self, nodes: usize, judges: usize) -> Outcome {
        let [client, server] = self.outcomes(nodes, judges);
        client.and(server)
    }

    /// The SHA-256 of the trusted certificate through which clusters of a class accept nodes of another.
    pub fn anchor(&self, nodes: usize, judges: usize) -> Option<&str> {
        let (nodes, judges) = (self.nodes.get(nodes)?, self.judges.get(judges)?);
        self.examined(&nodes.standing, judges.trust)?.anchor.as_deref()
    }

    /// The whole verdict of a cluster on a node, with its words.
    pub fn verdicts(&self, from: NodePosition, to: usize) -> [Verdict; 2] {
        let class = self.nodes_of(from.cluster).get(from.node);
        let is_accepted = |class: &usize| {
            self.outcomes(*class, self.judge_of(to)).iter().all(|one| one.is_accepted())
        };
        if class.is_some_and(is_accepted) {
            return Role::ALL.map(|_| Verdict::Accepted);
        }
        let Some((node, policy)) = self.node(from).zip(self.policies.get(to)) else {
            let what = "there is no such node or cluster".to_owned();
            return Role::ALL.map(|_| Unjudged::NotLookedAt { what: what.clone() }.into());
        };
        let judged = |examination: &Examination<'_>| {
            Role::ALL.map(|role| checks::verdict(examination, role))
        };
        self.examine(node, policy, judged)
            .unwrap_or_else(|| Role::ALL.map(|_| without_certificate(node)))
    }

    /// Why a cluster does not accept a node, if it does not.
    pub fn explanation(&self, from: NodePosition, to: usize) -> Option<Explanation> {
        let [client, server] = self.verdicts(from, to);
        let (home, judge) = (self.clusters.get(from.cluster)?, self.clusters.get(to)?);
        let voucher = Voucher::of(self.node(from)?, Some(&home.settings.trust), &self.known);
        let Cluster { name, settings, .. } = judge;
        let restrictions = settings.restrictions.as_ref();
        let judge = Judge { name, trust: &settings.trust, restrictions };
        judge.explain([&client, &server], voucher.as_ref())
    }

    /// What is found out about the nodes and the lists of each cluster on its own.
    pub fn check_own_nodes(&self, cluster: usize, policy: &Policy) -> Report {
        let nodes = self.clusters.get(cluster).map_or(&[][..], |cluster| &cluster.nodes);
        check_nodes_with(nodes, policy, &self.signatures).report
    }

    /// What a node is called: `cluster/node`.
    pub fn label(&self, place: NodePosition) -> String {
        let cluster = self.clusters.get(place.cluster).map_or("", |cluster| &cluster.name);
        format!("{cluster}/{}", self.node(place).map_or("", Node::path))
    }

    /// All nodes, cluster by cluster.
    pub fn places(&self) -> Vec<NodePosition> {
        let places = self.clusters.iter().enumerate().flat_map(|(cluster, presenting)| {
            (0..presenting.nodes.len()).map(move |node| NodePosition { cluster, node })
        });
        places.collect()
    }

    fn examined<'s>(&self, standing: &'s Standing, trust: usize) -> Option<&'s Examined> {
        let group = self.trust.group(self.views.get(standing.view)?, trust);
        standing.before_restrictions.get(group)
    }

    fn class_judges(&mut self) {
        let mut known = BTreeMap::new();
        for cluster in 0..self.clusters.len() {
            let (trust, restrictions) =
                (self.trust.of_cluster(cluster), self.names.of_cluster(cluster));
            let class = *known.entry((trust, restrictions)).or_insert(self.judges.len());
            self.judge_of.push(class);
            match self.judges.get_mut(class) {
                Some(found) => found.clusters.push(cluster),
                None => {
                    self.judges.push(JudgeClass { clusters: vec![cluster], trust, restrictions });
                }
            }
        }
    }

    fn class_nodes(&mut self) {
        let places = self.places();
        let of_node = self.make_views(&places);
        let standings = places
            .par_iter()
            .zip(of_node)
            .filter_map(|(place, view)| Some((*place, self.standing(self.node(*place)?, view))));
        let mut known = BTreeMap::new();
        for (place, standing) in standings.collect::<Vec<_>>() {
            let class = *known.entry(standing.clone()).or_insert(self.nodes.len());
            if let Some(classes) = self.node_of.get_mut(place.cluster) {
                classes.push(class);
            }
            match self.nodes.get_mut(class) {
                Some(found) => found.nodes.push(place),
                None => self.nodes.push(NodeClass { nodes: vec![place], standing }),
            }
        }
    }

    /// Makes the views of all chains, and gives that of each node.
    fn make_views(&mut self, places: &[NodePosition]) -> Vec<usize> {
        let (mut known, mut first, mut of_node) = (BTreeMap::new(), Vec::new(), Vec::new());
        for node in places.iter().filter_map(|place| self.node(*place)) {
            let next = first.len();
            let view = *known.entry(self.trust.key(node)).or_insert(next);
            if view == next {
                first.push(node);
            }
            of_node.push(view);
        }
        self.views = first.into_par_iter().map(|node| self.trust.view(node)).collect();
        of_node
    }

    fn standing(&self, node: &Node, view: usize) -> Standing {
        let clusters = self.views.get(view).map(|view| view.clusters.as_slice());
        let policies = clusters.unwrap_or_default().iter();
        let policies = policies.filter_map(|cluster| self.policies.get(*cluster));
        let examined = policies.map(|policy| {
            self.examine(node, policy, Examined::new).unwrap_or_else(|| {
                let outcome = Outcome::of(&without_certificate(node));
                Examined { outcomes: [outcome; 2], anchor: None }
            })
        });
        let before_restrictions = examined.collect();
        Standing { view, before_restrictions, names: self.names.matching(node) }
    }

    /// Nothing if the node presents no certificate.
    fn examine<T>(
        &self,
        node: &Node,
        policy: &Policy,
        judge: impl FnOnce(&Examination<'_>) -> T,
    ) -> Option<T> {
        let known = KnownAuthorities::default();
        Examination::new(node, policy, &known, &self.signatures).as_ref().map(judge)
    }
}

impl Examined {
    fn new(examination: &Examination<'_>) -> Self {
        let verdict = |role| checks::before_restrictions(examination, role);
        let path = examination.remote.as_ref().and_then(|judged| judged.path().ok());
        Self {
            outcomes: Role::ALL.map(|role| Outcome::of(&verdict(role))),
            anchor: path.and_then(Path::anchor).map(Certificate::fingerprint_sha256),
        }
    }
}
