//! The certificates that nodes will present: of the new authority, or of one that stands in for it.

use std::collections::BTreeSet;

use crosstrust_issue::{Authority, Error, Instance, Issued, Profile, renew};
use crosstrust_keystore::{KeyType, PrivateKey};
use crosstrust_preflight::Node;
use crosstrust_x509::{Certificate, Timestamp};
use rayon::prelude::*;

use crate::roll_over::RollOver;

/// What nodes present after the second step.
#[derive(Clone, Debug)]
pub struct NewLeaves {
    /// The nodes, in the order of the old ones.
    pub nodes: Vec<Node>,
    /// The new authority's certificates as they are trusted: those given, or with a stand-in in place of
    /// the one that signs.
    pub trusted: Vec<Certificate>,
    /// Whether they are of a stand-in, because the new authority's key is elsewhere.
    pub are_stand_ins: bool,
}

impl NewLeaves {
    /// What has been issued.
    pub fn issued(roll_over: &RollOver, issued: &[Issued]) -> Self {
        let nodes = roll_over.nodes.iter().zip(issued).map(|(old, new)| {
            let chain = std::iter::once(&new.certificate).chain(&new.intermediates);
            node(old, chain.cloned().collect())
        });
        Self { nodes: nodes.collect(), trusted: roll_over.new.clone(), are_stand_ins: false }
    }

    /// What would be issued, by an authority that has the new one's name and not its key. Such leaves say
    /// what the real ones will be worth, and are good for nothing else.
    pub fn stand_ins(roll_over: &RollOver) -> Result<Self, Error> {
        let Some((signing, above)) = roll_over.new.split_first() else {
            return Ok(Self { nodes: Vec::new(), trusted: Vec::new(), are_stand_ins: true });
        };
        let authority = Authority::stand_in(signing, roll_over.now)?;
        let key = PrivateKey::generate(KeyType::EcP256)?;
        let profile = Profile { key_type: KeyType::EcP256, days: 1, now: roll_over.now };
        let renewed = |old: &Node| {
            let Some(leaf) = old.leaf() else { return Ok(node(old, Vec::new())) };
            let issued = renew(leaf, "node", key.clone(), &authority, &profile)?;
            Ok(node(old, vec![issued.certificate]))
        };
        let nodes = roll_over.nodes.par_iter().map(renewed).collect::<Result<Vec<_>, Error>>()?;
        let trusted = std::iter::once(authority.certificate()).chain(above).cloned().collect();
        Ok(Self { nodes, trusted, are_stand_ins: true })
    }
}

/// Issues the certificates of all nodes anew, on all cores. A node for which `keys` has none gets a new key
/// of the old one's kind.
pub fn renew_all(
    roll_over: &RollOver,
    keys: &[Option<PrivateKey>],
    authority: &Authority,
    days: u32,
    now: Timestamp,
) -> Result<Vec<Issued>, Error> {
    let names = file_names(&roll_over.nodes);
    let nodes = roll_over.nodes.par_iter().zip(&names).enumerate();
    let issued = nodes.filter_map(|(position, (old, name))| {
        let leaf = old.leaf()?;
        let key_type = crosstrust_issue::ReissuePlan::key_type(leaf);
        let profile = Profile { key_type, days, now };
        let key = match keys.get(position).cloned().flatten() {
            Some(key) => Ok(key),
            None => PrivateKey::generate(key_type).map_err(Error::from),
        };
        Some(key.and_then(|key| renew(leaf, name, key, authority, &profile)))
    });
    issued.collect()
}

/// What the files of each node are called: its common name where that can be one, else the name of its
/// file; with a number where another node has it already.
pub fn file_names(nodes: &[Node]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let names = nodes.iter().map(|node| {
        let base = base_name(node);
        let numbered = (2..).map(|number: u32| format!("{base}-{number}"));
        let mut candidates = std::iter::once(base.clone()).chain(numbered);
        let free = candidates.find(|name| taken.insert(name.to_lowercase()));
        free.unwrap_or(base)
    });
    names.collect()
}

fn base_name(node: &Node) -> String {
    let common_name = node.leaf().and_then(|leaf| leaf.subject().common_name());
    let stem = node.path().rsplit('/').next().unwrap_or_default();
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let usable = |name: &&str| {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        Instance::is_filename(name)
            && name.chars().all(plain)
            && name.starts_with(|c: char| c.is_ascii_alphanumeric())
    };
    let name = common_name.into_iter().chain([stem]).find(usable);
    name.unwrap_or("node").to_owned()
}

/// A node that presents something else.
fn node(old: &Node, chain: Vec<Certificate>) -> Node {
    let new = Node::new(old.path(), chain);
    old.hosts().iter().fold(new, Node::with_host)
}
