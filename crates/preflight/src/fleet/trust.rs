//! The trust lists of clusters, each once, and which of them are alike to a chain.
//!
//! A judgement asks a list for the certificates that have a name of the chain, as subject or as issuer,
//! and for what [`crate::trust_list::TrustList::bearing`] says. Lists that agree in both make the same of the chain. Names
//! alone would tell too many apart where every cluster's CA has the same name, as those of
//! elasticsearch-certutil have; see [`View::strangers`].

use std::collections::{BTreeMap, BTreeSet};

use crate::chain::Link;
use crate::cluster::Cluster;
use crate::java_name::JavaName;
use crate::node::Node;
use crate::path::{doubt_of, other_key_id};
use crate::settings::VerificationMode;
use crate::trust_list::Bearing;

/// The distinct trust lists of clusters.
#[derive(Debug)]
pub(super) struct TrustClasses<'a> {
    /// By class.
    classes: Vec<TrustClass>,
    /// The class of each cluster.
    of_cluster: Vec<usize>,
    /// The trusted certificates of all lists, each once.
    anchors: Vec<Anchor<'a>>,
    by_subject: BTreeMap<&'a JavaName, Named>,
    /// By bearing, the classes that have it.
    by_bearing: Vec<Vec<usize>>,
}

/// Clusters with the same list and the same mode.
#[derive(Debug)]
struct TrustClass {
    /// The first of these clusters.
    cluster: usize,
    bearing: usize,
    /// In the order of the list.
    anchors: Vec<usize>,
}

#[derive(Debug)]
struct Anchor<'a> {
    link: Link<'a>,
    is_doubtful: bool,
    classes: Vec<usize>,
}

/// The trusted certificates of a subject, and the classes that have one of them.
#[derive(Debug, Default)]
struct Named {
    anchors: Vec<usize>,
    classes: BTreeSet<usize>,
}

/// How the lists look to a chain: in groups, each of which makes the same of it.
#[derive(Debug, Default)]
pub(super) struct View<'a> {
    /// The groups of the classes that have a certificate of the chain's names.
    known: BTreeMap<usize, usize>,
    /// By bearing, the group of the classes of which only the name of the last issuer is known: each
    /// certificate of that name is another CA's, as its key identifier says.
    strangers: BTreeMap<usize, usize>,
    last_issuer: Option<&'a JavaName>,
    /// By bearing, the group of all other classes.
    others: BTreeMap<usize, usize>,
    /// A cluster for each group.
    pub(super) clusters: Vec<usize>,
}

/// What of a chain its view depends on: its own certificate does only with its issuer, unless a list has
/// a certificate of its subject.
#[derive(Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct ViewKey<'a> {
    issuer: Option<&'a JavaName>,
    authority_key_id: Option<&'a [u8]>,
    leaf: Option<&'a str>,
    above: Vec<&'a str>,
}

impl<'a> TrustClasses<'a> {
    pub(super) fn new(clusters: &[&'a Cluster]) -> Self {
        let mut all = Self {
            classes: Vec::new(),
            of_cluster: Vec::new(),
            anchors: Vec::new(),
            by_subject: BTreeMap::new(),
            by_bearing: Vec::new(),
        };
        let (mut bearings, mut known) = (Vec::new(), BTreeMap::new());
        let mut positions = BTreeMap::new();
        for (index, cluster) in clusters.iter().enumerate() {
            let links = cluster.settings.trust.links();
            let anchors = links.map(|link| all.anchor(link, &mut positions)).collect::<Vec<_>>();
            let bearing = all.bearing(cluster, &mut bearings);
            let class =
                *known.entry((bearing, anchors)).or_insert_with_key(|(bearing, anchors)| {
                    all.classes.push(TrustClass {
                        cluster: index,
                        bearing: *bearing,
                        anchors: anchors.clone(),
                    });
                    all.classes.len().saturating_sub(1)
                });
            all.of_cluster.push(class);
        }
        all.index();
        all
    }

    fn anchor(&mut self, link: Link<'a>, known: &mut BTreeMap<&'a str, usize>) -> usize {
        *known.entry(&link.identity.fingerprint).or_insert_with(|| {
            let is_doubtful = doubt_of(link).is_some();
            self.anchors.push(Anchor { link, is_doubtful, classes: Vec::new() });
            self.anchors.len().saturating_sub(1)
        })
    }

    fn bearing(
        &mut self,
        cluster: &Cluster,
        known: &mut Vec<(VerificationMode, Bearing)>,
    ) -> usize {
        let own = (cluster.settings.mode, cluster.settings.trust.bearing());
        known.iter().position(|one| *one == own).unwrap_or_else(|| {
            known.push(own);
            self.by_bearing.push(Vec::new());
            known.len().saturating_sub(1)
        })
    }

    fn index(&mut self) {
        for (position, class) in self.classes.iter().enumerate() {
            if let Some(classes) = self.by_bearing.get_mut(class.bearing) {
                classes.push(position);
            }
            for anchor in &class.anchors {
                let Some(anchor) = self.anchors.get_mut(*anchor) else { continue };
                anchor.classes.push(position);
                let named = self.by_subject.entry(&anchor.link.identity.subject).or_default();
                named.classes.insert(position);
            }
        }
        for (position, anchor) in self.anchors.iter().enumerate() {
            let named = self.by_subject.entry(&anchor.link.identity.subject).or_default();
            named.anchors.push(position);
        }
    }

    /// The class of a cluster.
    pub(super) fn of_cluster(&self, cluster: usize) -> usize {
        self.of_cluster.get(cluster).copied().unwrap_or(0)
    }

    /// The first cluster of a class.
    pub(super) fn cluster(&self, class: usize) -> usize {
        self.classes.get(class).map_or(0, |class| class.cluster)
    }

    /// What the view of a node's chain depends on.
    pub(super) fn key(&self, node: &'a Node) -> ViewKey<'a> {
        let links = node.chain().links();
        let leaf = links.first();
        let is_known = |link: &&Link<'a>| self.by_subject.contains_key(&link.identity.subject);
        ViewKey {
            issuer: leaf.map(|link| &link.identity.issuer),
            authority_key_id: leaf.and_then(|link| link.certificate.authority_key_id()),
            leaf: leaf.filter(is_known).map(|link| link.identity.fingerprint.as_str()),
            above: links.iter().skip(1).map(|link| link.identity.fingerprint.as_str()).collect(),
        }
    }

    /// How the lists look to a node's chain.
    pub(super) fn view(&self, node: &'a Node) -> View<'a> {
        let links = node.chain().links();
        let names = links.iter().flat_map(|link| [&link.identity.subject, &link.identity.issuer]);
        let (mut relevant, mut known) = (BTreeMap::new(), BTreeSet::new());
        for name in names.collect::<BTreeSet<_>>() {
            let Some(of_name) = self.by_subject.get(name) else { continue };
            let met = Met::new(&links, name);
            for position in &of_name.anchors {
                let Some(anchor) = self.anchors.get(*position) else { continue };
                let is_stranger = met.is_stranger(anchor);
                relevant.insert(*position, is_stranger);
                if !is_stranger {
                    known.extend(anchor.classes.iter().copied());
                }
            }
        }
        let last_issuer = links.last().map(|link| &link.identity.issuer);
        let mut view = View { last_issuer, ..View::default() };
        let mut groups = BTreeMap::new();
        for class in known {
            let Some(TrustClass { bearing, anchors, cluster }) = self.classes.get(class) else {
                continue;
            };
            let key = (*bearing, projection(anchors, &relevant));
            let group = *groups.entry(key).or_insert_with(|| view.add(*cluster));
            view.known.insert(class, group);
        }
        self.add_unknown(&mut view);
        view
    }

    /// Groups the classes that have nothing of the chain's names, or only strangers.
    fn add_unknown(&self, view: &mut View<'a>) {
        let named = view.last_issuer.and_then(|name| self.by_subject.get(name));
        let mut strangers = BTreeMap::new();
        for class in named.into_iter().flat_map(|named| &named.classes) {
            if let Some(found) = self.classes.get(*class)
                && !view.known.contains_key(class)
            {
                strangers.entry(found.bearing).or_insert(found.cluster);
            }
        }
        for (bearing, cluster) in strangers {
            let group = view.add(cluster);
            view.strangers.insert(bearing, group);
        }
        for (bearing, classes) in self.by_bearing.iter().enumerate() {
            let is_named = |class: &usize| named.is_some_and(|named| named.classes.contains(class));
            let other = |class: &&usize| !view.known.contains_key(class) && !is_named(class);
            if let Some(class) = classes.iter().find(other) {
                let group = view.add(self.cluster(*class));
                view.others.insert(bearing, group);
            }
        }
    }

    /// The group of a class in a view.
    pub(super) fn group(&self, view: &View<'_>, class: usize) -> usize {
        if let Some(group) = view.known.get(&class) {
            return *group;
        }
        let bearing = self.classes.get(class).map_or(0, |class| class.bearing);
        let named = view.last_issuer.and_then(|name| self.by_subject.get(name));
        let is_named = named.is_some_and(|named| named.classes.contains(&class));
        let groups = if is_named { &view.strangers } else { &view.others };
        groups.get(&bearing).copied().unwrap_or(usize::MAX)
    }
}

impl View<'_> {
    fn add(&mut self, cluster: usize) -> usize {
        self.clusters.push(cluster);
        self.clusters.len().saturating_sub(1)
    }
}

/// The certificates of a list that a chain meets, in order; strangers next to each other are one, and
/// which they are does not matter.
fn projection(anchors: &[usize], relevant: &BTreeMap<usize, bool>) -> Vec<Option<usize>> {
    let met = anchors.iter().filter_map(|anchor| {
        let is_stranger = *relevant.get(anchor)?;
        Some((!is_stranger).then_some(*anchor))
    });
    let mut projection = met.collect::<Vec<_>>();
    projection.dedup_by(|next, one| next.is_none() && one.is_none());
    projection
}

/// What of a chain the trusted certificates of a name meet.
struct Met<'a> {
    /// Whether the chain is in order, and its last issuer has the name.
    is_last_issuer: bool,
    /// What is issued by the name.
    below: Vec<Link<'a>>,
    /// What has the name itself.
    own: Vec<Link<'a>>,
}

impl<'a> Met<'a> {
    fn new(links: &[Link<'a>], name: &JavaName) -> Self {
        let mut pairs = links.iter().zip(links.iter().skip(1));
        let is_in_order = pairs.all(|(child, next)| child.identity.issuer == next.identity.subject);
        let below = links.iter().filter(|link| link.identity.issuer == *name);
        let own = links.iter().filter(|link| link.identity.subject == *name);
        Self {
            is_last_issuer: is_in_order
                && links.last().is_some_and(|last| last.identity.issuer == *name),
            below: below.copied().collect(),
            own: own.copied().collect(),
        }
    }

    /// Whether a trusted certificate has the name of the issuer of a chain in order and nothing else of it, and
    /// its key identifier is another than the one that is named below. Then a path never ends at it, and its
    /// being there says no more than that the list has another CA of the name.
    fn is_stranger(&self, anchor: &Anchor<'_>) -> bool {
        let key = anchor.link.certificate.public_key();
        let is_own = |link: &Link<'_>| *link == anchor.link || link.certificate.public_key() == key;
        let may_issue = |link: &Link<'_>| other_key_id(*link, anchor.link).is_none();
        self.is_last_issuer
            && !anchor.is_doubtful
            && !self.below.iter().any(may_issue)
            && !self.own.iter().any(is_own)
    }
}
