//! What is known of the clusters, computed once for everything that is written of them.

use std::collections::BTreeMap;

use crosstrust_preflight::{Cluster, Direction, Fleet, NodePosition, Policy, Shortfall};
use crosstrust_report::{Finding, Report};
use crosstrust_restrictions::{
    CertificateName, DEAD_PATTERN, Linter, X509Field, certificate_names,
};
use crosstrust_x509::Timestamp;
use rayon::prelude::*;

use crate::certificate::{self, ListedCertificate};
use crate::direction::Glance;
use crate::member::Member;

/// Clusters, judged at a time.
#[derive(Debug)]
pub struct Overview<'a> {
    pub(crate) now: Timestamp,
    pub(crate) warn_days: u32,
    pub(crate) members: &'a [Member],
    pub(crate) fleet: Fleet<'a>,
    pub(crate) directions: Vec<Direction>,
    /// What is not accepted, by presenting cluster.
    pub(crate) shortfalls: Vec<Shortfall>,
    pub(crate) certificates: Vec<ListedCertificate>,
    /// Cluster by cluster what its own files give cause for.
    pub(crate) own: Vec<Report>,
    /// What is found between clusters.
    pub(crate) between: Report,
    pub(crate) report: Report,
    /// Whether the JSON document lists every pair.
    pub(crate) with_pairs: bool,
    /// The fields that any cluster compares.
    fields: Vec<X509Field>,
}

impl<'a> Overview<'a> {
    /// Judges clusters by each other and looks for everything that is wrong. Certificates that expire
    /// within `warn_days` days of `now` expire soon.
    pub fn new(members: &'a [Member], now: Timestamp, warn_days: u32) -> Self {
        let clusters = members.iter().map(|member| &member.cluster).collect::<Vec<_>>();
        let fleet = Fleet::new(clusters.iter().copied(), now);
        let by_name: BTreeMap<&str, &Cluster> =
            clusters.iter().map(|cluster| (cluster.name.as_str(), *cluster)).collect();
        let own = members.par_iter().enumerate().map(|(position, member)| {
            let mut report = member.problems.clone();
            report.append(look_at(&fleet, position, now, warn_days));
            let accepts = member.expects.iter().flat_map(|expects| &expects.accepts);
            let expected = accepts.filter_map(|name| by_name.get(name.as_str()).copied());
            let found = lint(&member.cluster, expected);
            // Of patterns for others nothing is known where nobody says who these are.
            let is_known = |one: &&Finding| member.expects.is_some() || one.rule() != &DEAD_PATTERN;
            found.files().iter().for_each(|file| report.look_at(file));
            found.findings().iter().filter(is_known).for_each(|one| report.push(one.clone()));
            report
        });
        let own = own.collect::<Vec<_>>();
        let expected = members.iter().map(|member| member.expects.clone()).collect::<Vec<_>>();
        let between = fleet.findings(&expected);
        let mut report = Report::default();
        for place in fleet.places() {
            report.look_at(fleet.node(place).map_or("", |node| node.path()));
        }
        report.append(between.clone());
        for one in &own {
            report.append(one.clone());
        }
        // Two clusters may trust the same file, which needs no second telling.
        report.dedup();
        let directions = (0..members.len()).into_par_iter().flat_map_iter(|from| {
            let is_told =
                move |one: &Direction| one.to == from || Glance::of(one) != Glance::Refused;
            fleet.directions(from).into_iter().filter(is_told)
        });
        let shortfalls = (0..members.len())
            .into_par_iter()
            .flat_map_iter(|from| fleet.shortfalls(from, |_, _| true));
        Self {
            now,
            warn_days,
            members,
            directions: directions.collect(),
            shortfalls: shortfalls.collect(),
            certificates: certificate::list(&clusters, now, warn_days),
            fleet,
            own,
            between,
            report,
            with_pairs: false,
            fields: fields(members),
        }
    }

    /// The same, whose JSON document lists every pair of node and cluster as well.
    #[must_use]
    pub fn with_pairs(mut self) -> Self {
        self.with_pairs = true;
        self
    }

    /// Every finding, each once: refusals, then cluster by cluster what its own nodes, its list of
    /// trusted certificates and its restrictions file give cause for.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// Every certificate that a node presents or a cluster trusts, each once, the first to expire first.
    pub fn certificates(&self) -> &[ListedCertificate] {
        &self.certificates
    }

    /// Who accepts whom.
    pub fn fleet(&self) -> &Fleet<'a> {
        &self.fleet
    }

    /// What one cluster makes of the nodes of another.
    pub fn direction(&self, from: usize, to: usize) -> Direction {
        let found = self.directions.binary_search_by_key(&(from, to), |one| (one.from, one.to));
        let known = found.ok().and_then(|index| self.directions.get(index)).copied();
        let nodes = self.fleet.nodes_of(from).len();
        known.unwrap_or(Direction { from, to, nodes, accepted: 0, not_judged: 0 })
    }

    /// The directions in which not all nodes are refused, and each cluster before itself, by presenting and
    /// judging cluster.
    pub fn directions(&self) -> &[Direction] {
        &self.directions
    }

    /// What becomes of the nodes of one cluster before another: `accepted`, `accepted in part`, `refused` or
    /// `not judged`.
    pub fn word(&self, from: usize, to: usize) -> &'static str {
        Glance::of(&self.direction(from, to)).words()
    }

    /// In how many directions between different clusters all nodes are accepted, and how many directions there are.
    pub fn accepted_between(&self) -> (usize, usize) {
        let others = self.directions.iter().filter(|one| one.from != one.to);
        let accepted = others.filter(|one| Glance::of(one) == Glance::Accepted).count();
        (accepted, self.count().saturating_mul(self.count().saturating_sub(1)))
    }

    /// How many directions look so, those of clusters before themselves among them.
    pub(crate) fn count_of(&self, glance: Glance) -> usize {
        self.directions.iter().filter(|one| Glance::of(one) == glance).count()
    }

    /// Whether it is said of any cluster who is meant to reach it.
    pub fn has_expectations(&self) -> bool {
        self.members.iter().any(|member| member.expects.is_some())
    }

    /// Whether a cluster is meant to accept another: the own one, whoever is named, and everybody where nothing is
    /// said.
    pub(crate) fn is_wanted(&self, from: usize, to: usize) -> bool {
        let expected = self.members.get(to).and_then(|member| member.expects.as_ref());
        from == to || expected.is_none_or(|one| one.names(self.cluster_name(from)))
    }

    /// How many clusters there are.
    pub fn count(&self) -> usize {
        self.members.len()
    }

    /// The name of a cluster.
    pub fn cluster_name(&self, index: usize) -> &str {
        self.members.get(index).map_or("", |member| &member.cluster.name)
    }

    pub(crate) fn nodes(&self) -> usize {
        self.members.iter().map(|member| member.cluster.nodes.len()).sum()
    }

    /// All names of a node that any cluster may compare.
    pub(crate) fn names(&self, place: NodePosition) -> Vec<CertificateName> {
        let leaf = self.fleet.node(place).and_then(|node| node.leaf());
        leaf.map_or_else(Vec::new, |leaf| certificate_names(leaf, &self.fields))
    }
}

/// The fields that any of the clusters compares.
fn fields(members: &[Member]) -> Vec<X509Field> {
    let is_compared = |field: &X509Field| {
        members.iter().any(|member| member.cluster.settings.fields.contains(field))
    };
    X509Field::ALL.iter().copied().filter(is_compared).collect()
}

/// The findings about the nodes of a cluster before each other.
fn look_at(fleet: &Fleet<'_>, position: usize, now: Timestamp, warn_days: u32) -> Report {
    let Some(cluster) = fleet.clusters().get(position) else { return Report::default() };
    let mut policy = Policy::new(cluster.settings.clone(), now);
    policy.warn_days = warn_days;
    fleet.check_own_nodes(position, &policy)
}

/// The findings about the restrictions of a cluster, beside its own nodes and those that are meant to reach it.
fn lint<'a>(cluster: &Cluster, expected: impl Iterator<Item = &'a Cluster>) -> Report {
    let mut report = Report::default();
    if let Some(file) = &cluster.settings.restrictions {
        let fields = cluster.settings.fields.iter().map(ToString::to_string);
        let linter = Linter::new().with_fields(&fields.collect::<Vec<_>>());
        let linter = cluster.nodes.iter().fold(linter, |linter, node| match node.leaf() {
            Some(leaf) => linter.with_own(node.path(), leaf),
            None => linter,
        });
        let peers = expected.flat_map(|peer| &peer.nodes);
        let linter = peers.fold(linter, |linter, node| match node.leaf() {
            Some(leaf) => linter.with_peer(node.path(), leaf),
            None => linter,
        });
        report.look_at(&file.path);
        report.append(linter.lint(&file.path, file.restrictions.text().as_bytes()));
    }
    report
}
