//! What clusters make of all nodes of another one: counted, and what is not accepted by its code.

use std::collections::BTreeMap;

use super::{Fleet, Outcome};
use crate::cluster::NodePosition;

/// One cluster before another.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Direction {
    /// The position of the cluster that presents.
    pub from: usize,
    /// The position of the cluster that judges.
    pub to: usize,
    /// How many nodes the first has.
    pub nodes: usize,
    /// How many of them are accepted, as client and as server.
    pub accepted: usize,
    /// How many are neither accepted nor refused.
    pub not_judged: usize,
}

/// Nodes of a cluster that the same others, or it itself, do not accept, all for the same code.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Shortfall {
    /// The position of the cluster that presents.
    pub from: usize,
    /// What becomes of the nodes.
    pub outcome: Outcome,
    /// The positions of the clusters that accept none of them, in order.
    pub judges: Vec<usize>,
    /// The classes of the nodes.
    pub classes: Vec<usize>,
    /// How many nodes it is about.
    pub nodes: usize,
    /// The first of them.
    pub first: NodePosition,
    /// The first judge of that one.
    pub first_judge: usize,
}

impl Direction {
    /// How many nodes are refused.
    pub fn refused(&self) -> usize {
        self.nodes.saturating_sub(self.accepted).saturating_sub(self.not_judged)
    }

    fn count(&mut self, outcome: Outcome, nodes: usize) {
        match outcome {
            Outcome::Accepted => self.accepted = self.accepted.saturating_add(nodes),
            Outcome::NotJudged(_) => self.not_judged = self.not_judged.saturating_add(nodes),
            Outcome::Refused(_) => {}
        }
    }
}

impl Fleet<'_> {
    /// What every cluster makes of the nodes of one, in the order of the clusters.
    pub fn directions(&self, from: usize) -> Vec<Direction> {
        let classes = self.classes_of(from);
        let nodes = self.nodes_of(from).len();
        let empty = |to| Direction { from, to, nodes, accepted: 0, not_judged: 0 };
        let by_class = (0..self.judges().len()).map(|judges| {
            let mut direction = empty(0);
            for (class, (count, _)) in &classes {
                direction.count(self.outcome(*class, judges), *count);
            }
            direction
        });
        let by_class = by_class.collect::<Vec<_>>();
        let of = |to| by_class.get(self.judge_of(to)).copied().unwrap_or_else(|| empty(to));
        (0..self.clusters().len()).map(|to| Direction { to, ..of(to) }).collect()
    }

    /// What is not accepted of a cluster's nodes, by code and by who does not accept it; before the cluster itself
    /// apart from the others. Takes which judges and outcomes count.
    pub fn shortfalls(
        &self,
        from: usize,
        counts: impl Fn(usize, Outcome) -> bool,
    ) -> Vec<Shortfall> {
        let mut found: BTreeMap<Kind, Shortfall> = BTreeMap::new();
        for (class, (nodes, first)) in self.classes_of(from) {
            let mut of_class: BTreeMap<(bool, Outcome), Shortfall> = BTreeMap::new();
            for (judges, members) in self.judges().iter().enumerate() {
                let outcome = self.outcome(class, judges);
                if outcome.is_accepted() {
                    continue;
                }
                for to in members.clusters.iter().filter(|to| counts(**to, outcome)) {
                    let shortfall =
                        of_class.entry((*to != from, outcome)).or_insert_with(|| Shortfall {
                            from,
                            outcome,
                            judges: Vec::new(),
                            classes: vec![class],
                            nodes,
                            first: NodePosition { cluster: from, node: first },
                            first_judge: *to,
                        });
                    shortfall.judges.push(*to);
                }
            }
            for ((is_other, outcome), mut shortfall) in of_class {
                shortfall.judges.sort_unstable();
                merge(found.entry((is_other, outcome, shortfall.judges.clone())), shortfall);
            }
        }
        found.into_values().collect()
    }

    /// The classes of a cluster's nodes: how many nodes, and the first of them.
    fn classes_of(&self, cluster: usize) -> BTreeMap<usize, (usize, usize)> {
        let mut classes = BTreeMap::new();
        for (node, class) in self.nodes_of(cluster).iter().enumerate() {
            let (count, _) = classes.entry(*class).or_insert((0_usize, node));
            *count = count.saturating_add(1);
        }
        classes
    }
}

/// Whether others judge, what becomes of the nodes, and who judges.
type Kind = (bool, Outcome, Vec<usize>);
type Entry<'e> = std::collections::btree_map::Entry<'e, Kind, Shortfall>;

fn merge(entry: Entry<'_>, next: Shortfall) {
    let extend = |known: &mut Shortfall| {
        known.nodes = known.nodes.saturating_add(next.nodes);
        known.classes.extend(&next.classes);
    };
    entry.and_modify(extend).or_insert(next);
}
