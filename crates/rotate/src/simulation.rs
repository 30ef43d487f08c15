//! The states that a cluster passes through, each judged as Elasticsearch would.
//!
//! All nodes have the same settings but for how far they are, so a state is a pair: what one node presents,
//! and what another one trusts. Each step has two kinds of nodes at a time; every pair that can meet is here.

use crosstrust_preflight::{Cluster, Matrix, MatrixVerdict, TrustList, Verdict, matrix};

use crate::leaves::NewLeaves;
use crate::roll_over::{RollOver, together};

/// Which certificates nodes present.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Presents {
    /// Those of the new authority.
    New,
    /// Those of the old authority.
    Old,
}

/// Which authorities nodes trust.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Trusts {
    /// The old one and the new one.
    Both,
    /// The new one alone.
    New,
    /// The old one alone.
    Old,
}

/// What nodes that trust so make of nodes that present such certificates.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct State {
    /// The step in which this is so, from 1; 0 for before the first, nothing if no step leads there.
    pub step: Option<usize>,
    /// What one node presents.
    pub presents: Presents,
    /// What the other one trusts.
    pub trusts: Trusts,
    /// How many nodes are not accepted.
    pub refused: usize,
    /// What becomes of all nodes together, as programs are told.
    pub verdict: &'static str,
}

/// All states, judged.
#[derive(Clone, Debug)]
pub struct Simulation {
    /// The states, in the order of the steps; last those that a step left out would lead to.
    pub states: Vec<State>,
    /// Whether the new certificates are of a stand-in.
    pub with_stand_ins: bool,
    /// The cluster in its forms, as [`FORMS`] has them, then the other clusters.
    matrix: Matrix,
}

/// Judges every state, on all cores.
pub fn simulate(roll_over: &RollOver, leaves: &NewLeaves) -> Simulation {
    let RollOver { kept, old, .. } = roll_over;
    let trusted = |trusts| match trusts {
        Trusts::Both => together(&[kept, old, &leaves.trusted]),
        Trusts::New => together(&[kept, &leaves.trusted]),
        Trusts::Old => together(&[kept, old]),
    };
    let form = |(trusts, presents)| Cluster {
        name: "the cluster".to_owned(),
        nodes: match presents {
            Some(Presents::New) => leaves.nodes.clone(),
            Some(Presents::Old) => roll_over.nodes.clone(),
            None => Vec::new(),
        },
        settings: roll_over.trusting(trusted(trusts)),
    };
    let mut clusters = FORMS.into_iter().map(form).collect::<Vec<_>>();
    clusters.extend(roll_over.others.iter().map(|other| with_stand_in(other, roll_over, leaves)));
    let mut simulation = Simulation {
        states: Vec::new(),
        with_stand_ins: leaves.are_stand_ins,
        matrix: matrix(&clusters, roll_over.now),
    };
    simulation.states = STATES
        .into_iter()
        .map(|(step, presents, trusts)| {
            let verdicts = simulation.refusals(presents, trusts).map(MatrixVerdict::verdict);
            let worst = verdicts.reduce(Verdict::worse).unwrap_or(&Verdict::Accepted);
            let refused = simulation.refusals(presents, trusts).count();
            State { step, presents, trusts, refused, verdict: worst.key() }
        })
        .collect();
    simulation
}

impl Simulation {
    /// The nodes that are not accepted in a state.
    pub(crate) fn refusals(
        &self,
        presents: Presents,
        trusts: Trusts,
    ) -> impl Iterator<Item = &MatrixVerdict> {
        let to = FORMS.iter().position(|form| form.0 == trusts);
        self.verdicts(position(presents), to)
    }

    /// The nodes that another cluster, by its position, does not accept.
    pub(crate) fn refusals_of_other(
        &self,
        presents: Presents,
        other: usize,
    ) -> impl Iterator<Item = &MatrixVerdict> {
        self.verdicts(position(presents), Some(other.saturating_add(FORMS.len())))
    }

    /// The nodes of another cluster that this one does not accept when it trusts so.
    pub(crate) fn refused_others(
        &self,
        other: usize,
        trusts: Trusts,
    ) -> impl Iterator<Item = &MatrixVerdict> {
        let to = FORMS.iter().position(|form| form.0 == trusts);
        self.verdicts(Some(other.saturating_add(FORMS.len())), to)
    }

    fn verdicts(
        &self,
        from: Option<usize>,
        to: Option<usize>,
    ) -> impl Iterator<Item = &MatrixVerdict> {
        let verdicts = self.matrix.verdicts.iter();
        verdicts.filter(move |verdict| {
            Some(verdict.from.cluster) == from && Some(verdict.to) == to && !verdict.is_accepted()
        })
    }
}

/// Another cluster; where it trusts the new authority, it trusts what stands in for that as well.
fn with_stand_in(other: &Cluster, roll_over: &RollOver, leaves: &NewLeaves) -> Cluster {
    let mut other = other.clone();
    let trusted = || other.settings.trust.certificates();
    if leaves.are_stand_ins && trusted().any(|one| Some(one) == roll_over.new.first()) {
        let trusted = trusted().chain(&leaves.trusted).cloned().collect::<Vec<_>>();
        other.settings.trust = TrustList::new(trusted);
    }
    other
}

/// The form of the cluster whose nodes present such certificates.
fn position(presents: Presents) -> Option<usize> {
    FORMS.iter().position(|form| form.1 == Some(presents))
}

/// The forms that the cluster is judged in: a list of trusted authorities each, and all certificates once.
const FORMS: [(Trusts, Option<Presents>); 3] =
    [(Trusts::Old, Some(Presents::Old)), (Trusts::Both, Some(Presents::New)), (Trusts::New, None)];

/// Every pair that can meet, with the first step in which it does.
const STATES: [(Option<usize>, Presents, Trusts); 6] = [
    (Some(0), Presents::Old, Trusts::Old),
    (Some(1), Presents::Old, Trusts::Both),
    (Some(2), Presents::New, Trusts::Both),
    (Some(3), Presents::New, Trusts::New),
    (None, Presents::New, Trusts::Old),
    (None, Presents::Old, Trusts::New),
];
