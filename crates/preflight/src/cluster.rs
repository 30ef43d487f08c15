//! Clusters as they are judged by each other.

use crate::node::Node;
use crate::settings::Settings;

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

/// Who is meant to reach a cluster.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Expectation {
    /// The names of the clusters whose nodes it is to accept, beside its own.
    pub accepts: Vec<String>,
    /// Whether it is to accept nobody else.
    pub nobody_else: bool,
}

/// Where a node is among clusters.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct NodePosition {
    /// The position of its cluster, from 0.
    pub cluster: usize,
    /// Its position in the cluster, from 0.
    pub node: usize,
}
