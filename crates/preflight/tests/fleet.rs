//! Classes of clusters and nodes beside the verdict of each pair on its own: 100 random fleets.

#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test")]

mod support;

use crosstrust_preflight::{
    Chain, Cluster, Fleet, Node, NodePosition, Outcome, Policy, RestrictionsFile, Settings,
    SignatureCache, TrustList, Unjudged, Verdict, VerificationMode, check_node,
};
use crosstrust_restrictions::{Restrictions, X509Field, certificate_names};
use crosstrust_x509::Certificate;

use support::{certificates, now, read};

#[test]
fn classes_make_of_every_pair_what_a_look_at_the_pair_does() {
    let stock = Stock::new();
    let (mut pairs, mut found) = ([0; 3], std::collections::BTreeSet::new());
    for seed in 1..=100 {
        let clusters = stock.clusters(&mut Random(seed));
        let fleet = Fleet::new(&clusters, now());
        for from in fleet.places() {
            let node = fleet.node(from).unwrap();
            for (to, judge) in clusters.iter().enumerate() {
                let alone = check_node(node, &Policy::new(judge.settings.clone(), now()));
                let expected = [alone.as_client, alone.as_server];
                let place = format!("fleet {seed}: {from:?} {} before {to}", node.path());
                let class = fleet.nodes_of(from.cluster)[from.node];
                let outcomes = fleet.outcomes(class, fleet.judge_of(to));
                assert_eq!(outcomes, expected.each_ref().map(Outcome::of), "{place}");
                assert_eq!(fleet.verdicts(from, to), expected, "{place}");
                let outcome = fleet.outcome(class, fleet.judge_of(to));
                let verdict = expected[0].worse(&expected[1]);
                assert_eq!(outcome, Outcome::of(verdict), "{place}");
                pairs[match outcome {
                    Outcome::Accepted => 0,
                    Outcome::NotJudged(_) => 1,
                    Outcome::Refused(_) => 2,
                }] += 1;
                found.insert(outcome);
            }
        }
        classes_are_whole(&fleet);
    }
    assert!(pairs[0] > 2_000 && pairs[1] > 100 && pairs[2] > 5_000, "{pairs:?}");
    assert!(found.len() > 15, "{found:?}");
}

/// Each node and each cluster is in one class, and the classes say so, too.
fn classes_are_whole(fleet: &Fleet<'_>) {
    let mut places = fleet.nodes().iter().flat_map(|class| class.nodes.clone()).collect::<Vec<_>>();
    places.sort();
    assert_eq!(places, fleet.places());
    for (position, class) in fleet.nodes().iter().enumerate() {
        for NodePosition { cluster, node } in &class.nodes {
            assert_eq!(fleet.nodes_of(*cluster)[*node], position);
        }
    }
    for (position, class) in fleet.judges().iter().enumerate() {
        assert!(class.clusters.iter().all(|cluster| fleet.judge_of(*cluster) == position));
    }
}

/// Thirty clusters whose CAs have one name: a node meets its own CA's list, and strangers, which are one.
#[test]
fn clusters_that_are_alike_are_one_class() {
    let nodes = || vec![support::node("self-managed-1"), support::node("self-managed-2")];
    let cluster = |number: usize| Cluster {
        name: format!("c{number}"),
        nodes: nodes(),
        settings: Settings::new(support::cluster_ca()),
    };
    let clusters = (0..30).map(cluster).collect::<Vec<_>>();
    let fleet = Fleet::new(&clusters, now());
    assert_eq!((fleet.nodes().len(), fleet.judges().len()), (1, 1));
    assert_eq!(fleet.nodes()[0].nodes.len(), 60);
    assert!(fleet.outcome(0, 0).is_accepted());
    let ca = certificates("cluster/ca.crt")[0].fingerprint_sha256();
    assert_eq!(fleet.anchor(0, 0), Some(ca.as_str()));
}

fn unknown(what: &str) -> Verdict {
    Unjudged::NotLookedAt { what: format!("{what} was not looked at") }.into()
}

/// Chains, lists, and names of the fixtures.
struct Stock {
    chains: Vec<(String, Vec<Certificate>)>,
    anchors: Vec<Certificate>,
    patterns: Vec<String>,
}

impl Stock {
    fn new() -> Self {
        let scenarios = String::from_utf8(read("cluster/scenarios.tsv")).unwrap();
        let mut stock = Self { chains: Vec::new(), anchors: Vec::new(), patterns: Vec::new() };
        for name in scenarios.lines().skip(1).map(|line| line.split('\t').next().unwrap()) {
            let chain = certificates(&format!("cluster/scenarios/{name}.chain.pem"));
            stock.chains.push((name.to_owned(), chain));
            stock.anchors.extend(certificates(&format!("cluster/scenarios/{name}.trust.pem")));
        }
        for name in ["self-managed-1", "self-managed-2", "cloud-1", "same-name-ca", "other-ca"] {
            let chain = certificates(&format!("cluster/nodes/{name}.crt"));
            stock.chains.push((name.to_owned(), chain));
        }
        for name in ["ca", "other-ca", "same-name-ca"] {
            stock.anchors.extend(certificates(&format!("cluster/{name}.crt")));
        }
        for name in ["PF030-broken", "PF030-kept", "PF041-broken", "PF043-broken", "PF105-broken"] {
            let chain = certificates(&format!("preflight/{name}.pem"));
            stock.anchors.extend(certificates(&format!("preflight/{name}.trust.pem")));
            stock.chains.push((name.to_owned(), chain));
        }
        // Names that no Java reads, or Java 17 alone.
        for name in ["implicit-beside-utf8", "uri-without-scheme", "ip-network"] {
            stock.chains.push((name.to_owned(), certificates(&format!("san/{name}.crt"))));
        }
        let leaves = stock.chains.iter().filter_map(|(_, chain)| chain.first());
        let names = leaves.flat_map(|leaf| certificate_names(leaf, X509Field::ALL));
        stock.patterns = names.map(|name| name.value).collect();
        stock.patterns.push("node1.node.1234567abcd.cluster.myscope.account".to_owned());
        stock.patterns.sort();
        stock.patterns.dedup();
        stock
    }

    fn clusters(&self, random: &mut Random) -> Vec<Cluster> {
        // The few authorities of this fleet, so that lists have much in common.
        let few = random.pick_several(&self.chains, 6);
        let issuers = few.iter().flat_map(|(_, chain)| self.issuers(chain)).collect::<Vec<_>>();
        let count = 2 + random.below(11);
        let cluster = |number: usize| {
            let chains =
                random.pick_several(if number.is_multiple_of(3) { &self.chains } else { &few }, 4);
            let node = |(label, chain): &(String, Vec<Certificate>)| {
                let chain = if random.below(4) == 0 { chain[..1].to_vec() } else { chain.clone() };
                let node = Node::new(format!("{number}/{label}"), chain);
                match random.below(12) {
                    0 => node.with_start(unknown("the key store")),
                    1 => node.with_host("node1.example"),
                    2 => node.with_key_beside(),
                    _ => node,
                }
            };
            let nodes = chains.iter().map(node).collect();
            Cluster { name: format!("c{number}"), nodes, settings: self.settings(&issuers, random) }
        };
        (0..count).map(cluster).collect()
    }

    /// The certificates of the stock that the trusted ones of a chain may be, and its own.
    fn issuers(&self, chain: &[Certificate]) -> Vec<Certificate> {
        let above = chain
            .iter()
            .flat_map(|one| self.anchors.iter().filter(|anchor| anchor.subject() == one.issuer()));
        above.chain(chain).cloned().collect()
    }

    fn settings(&self, issuers: &[Certificate], random: &mut Random) -> Settings {
        let mut trusted = random.pick_several(issuers, 4);
        trusted.extend(random.pick_several(&self.anchors, 1));
        let of_java = random.below(4) == 0;
        let mut settings = Settings::new(TrustList::new(trusted).with_those_of_java(of_java));
        settings.mode = match random.below(8) {
            0 => VerificationMode::None,
            1 => VerificationMode::Certificate,
            _ => VerificationMode::Full,
        };
        if random.below(2) == 0 {
            settings.restrictions = Some(self.restrictions(random));
            settings.fields = match random.below(3) {
                0 => X509Field::ALL.to_vec(),
                1 => vec![X509Field::DnsName],
                _ => X509Field::DEFAULT.to_vec(),
            };
        }
        settings
    }

    fn restrictions(&self, random: &mut Random) -> RestrictionsFile {
        let patterns =
            random.pick_several(&self.patterns, 5).into_iter().map(|name| match random.below(4) {
                0 => "*".to_owned(),
                1 => format!("*{}", &name[name.len() / 2..]),
                2 => format!("{}*", &name[..name.len() / 2]),
                _ => name,
            });
        let lines = patterns.map(|pattern| format!("\n  - '{pattern}'")).collect::<String>();
        let text = match lines.as_str() {
            "" => "trust.subject_name: []\n".to_owned(),
            lines => format!("trust.subject_name:{lines}\n"),
        };
        let path = format!("trust-{}.yml", random.below(3));
        let restrictions = Restrictions::parse("trust.yml", text.as_bytes()).unwrap();
        RestrictionsFile { path, restrictions }
    }
}

/// Numbers that are the same for the same seed (xorshift64).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        for shift in [-13, 7, -17] {
            self.0 ^= if shift < 0 { self.0 << -shift } else { self.0 >> shift };
        }
        usize::try_from(self.0 >> 16).unwrap() % limit
    }

    /// Up to so many, some perhaps twice.
    fn pick_several<T: Clone>(&mut self, all: &[T], most: usize) -> Vec<T> {
        let count = if all.is_empty() { 0 } else { self.below(most + 1) };
        (0..count).map(|_| all[self.below(all.len())].clone()).collect()
    }
}

/// A list judged twice says the same twice: the cache of signatures decides nothing.
#[test]
fn the_cache_of_signatures_has_no_part_in_it() {
    let (stock, cache) = (Stock::new(), SignatureCache::new());
    let lists = stock.anchors.chunks(3).map(|some| TrustList::new(some.to_vec()));
    let lists = lists.take(20).collect::<Vec<_>>();
    for (name, chain) in &stock.chains {
        let chain = Chain::new(chain.clone());
        for list in &lists {
            let alone = list.judge(&chain, now(), &SignatureCache::new());
            let together = list.judge(&chain, now(), &cache);
            assert_eq!(alone.path().err(), together.path().err(), "{name}");
        }
    }
}
