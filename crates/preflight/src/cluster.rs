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

impl Expectation {
    /// Whether nodes of a cluster of this name are to be accepted.
    pub fn names(&self, cluster: &str) -> bool {
        self.accepts.iter().any(|accepted| accepted == cluster)
    }
}

/// What is expected of clusters, by their positions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Expectations<'a> {
    names: &'a [&'a str],
    /// Nothing of a cluster that nothing was said of.
    each: &'a [Option<Expectation>],
}

impl<'a> Expectations<'a> {
    /// Takes the names of the clusters, and what is expected of them, in their order.
    pub(crate) fn new(names: &'a [&'a str], each: &'a [Option<Expectation>]) -> Self {
        Self { names, each }
    }

    /// What is expected of a cluster, if that is said.
    pub(crate) fn of(&self, to: usize) -> Option<&'a Expectation> {
        self.each.get(to)?.as_ref()
    }

    /// Whether a cluster is to accept another: the own one, whoever is named, and everybody where nothing
    /// is said.
    pub(crate) fn is_wanted(&self, from: usize, to: usize) -> bool {
        let Some(expected) = self.of(to) else { return true };
        from == to || self.names.get(from).is_some_and(|name| expected.names(name))
    }

    /// Whether it matters that a cluster does not accept another, or that it is not known: it is to accept it, or is
    /// closed to all others and may let it in.
    pub(crate) fn is_told(&self, from: usize, to: usize, is_judged: bool) -> bool {
        self.is_wanted(from, to) || (self.is_closed(to) && !is_judged)
    }

    /// Whether a cluster is to accept nobody who is not named.
    pub(crate) fn is_closed(&self, to: usize) -> bool {
        self.of(to).is_some_and(|expected| expected.nobody_else)
    }
}

/// Where a node is among clusters.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct NodePosition {
    /// The position of its cluster, from 0.
    pub cluster: usize,
    /// Its position in the cluster, from 0.
    pub node: usize,
}
