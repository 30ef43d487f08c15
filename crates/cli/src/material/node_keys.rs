//! Which private key is a node's, of the key files that lie beside certificates.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crosstrust_keystore::{PrivateKey, StoredKey};
use crosstrust_preflight::{KeyContainer, Node};
use crosstrust_report::listed;
use crosstrust_x509::{Certificate, PublicKey};

use super::sources::{Opened, Presented};
use crate::input;

/// The key files among files that were read together.
pub(crate) struct NodeKeys<'a> {
    by_place: BTreeMap<PathBuf, &'a Opened>,
    by_public_key: BTreeMap<Half, Vec<&'a Opened>>,
    /// Those that no certificate says are its own, by their folders.
    loose: BTreeMap<PathBuf, Vec<&'a Opened>>,
    /// How many nodes have no key that is known to be theirs, by the folders of their certificates.
    keyless: BTreeMap<PathBuf, usize>,
    /// What is said of a node whose key may be any of the loose ones.
    doubt: String,
}

/// What tells public keys apart: the kind, and the bits.
type Half = (String, Vec<u8>);

fn half(key: &PublicKey) -> Half {
    (key.kind().to_string(), key.key_bits().to_vec())
}

/// What is known of a node's key.
enum Found<'a> {
    /// It is, or is meant to be, in this file.
    File(&'a Opened),
    /// It may be in one of several; why that is not known.
    Perhaps(String),
    /// No key is there.
    Nothing,
}

impl<'a> NodeKeys<'a> {
    /// The keys of files.
    pub(crate) fn of(opened: &'a [Opened]) -> Self {
        let keys = || opened.iter().filter(|file| file.is_key_file());
        let mut by_public_key: BTreeMap<Half, Vec<&Opened>> = BTreeMap::new();
        for file in keys() {
            if let Some(public) = open(file).and_then(PrivateKey::public_key) {
                by_public_key.entry(half(public)).or_default().push(file);
            }
        }
        let by_place = keys().map(|file| (place(&file.path), file)).collect();
        let (loose, keyless) = (BTreeMap::new(), BTreeMap::new());
        let mut all = Self { by_place, by_public_key, loose, keyless, doubt: String::new() };
        all.loose = all.loose_among(opened);
        all.doubt = doubt(&all.loose.values().flatten().copied().collect::<Vec<_>>());
        all.keyless = all.keyless_among(opened);
        all
    }

    /// Keys that belong to no certificate that is there, and have the name of none.
    fn loose_among(&self, opened: &'a [Opened]) -> BTreeMap<PathBuf, Vec<&'a Opened>> {
        let mut taken: Vec<&Opened> = Vec::new();
        for file in opened.iter().filter(|file| !file.contents.certificates().is_empty()) {
            taken.extend(self.by_name(&file.path));
            let certificates = file.contents.certificates();
            taken.extend(certificates.into_iter().flat_map(|one| self.of_certificate(one)));
        }
        let taken: BTreeSet<&str> = taken.into_iter().map(|file| file.path.as_str()).collect();
        let mut loose: BTreeMap<PathBuf, Vec<&Opened>> = BTreeMap::new();
        for file in self.by_place.values().filter(|file| !taken.contains(file.path.as_str())) {
            loose.entry(folder(&file.path)).or_default().push(file);
        }
        loose
    }

    fn keyless_among(&self, opened: &[Opened]) -> BTreeMap<PathBuf, usize> {
        let mut keyless = BTreeMap::new();
        let plain = |file: &&Opened| {
            !file.contents.format.is_key_store() && file.contents.keys().next().is_none()
        };
        for file in opened.iter().filter(plain) {
            let certificates = file.contents.certificates();
            let Some(leaf) = certificates.into_iter().find(|one| !one.is_ca()) else { continue };
            if self.by_name(&file.path).is_none() && self.of_certificate(leaf).is_empty() {
                let count: &mut usize = keyless.entry(folder(&file.path)).or_default();
                *count = count.saturating_add(1);
            }
        }
        keyless
    }

    /// `NAME.key` of `NAME.crt`.
    fn by_name(&self, path: &str) -> Option<&'a Opened> {
        self.by_place.get(&place(path).with_extension("key")).copied()
    }

    fn of_certificate(&self, certificate: &Certificate) -> Vec<&'a Opened> {
        let found = self.by_public_key.get(&half(certificate.public_key()));
        found.map_or_else(Vec::new, Clone::clone)
    }

    /// The key of a node's certificate: `NAME.key`, whosever it is; else its own one, rather of its folder than of
    /// another; before another folder's, the one key of its folder that is nobody's, if it is the one node there
    /// that has none.
    fn of_node(&self, presented: &Presented<'_>) -> Found<'a> {
        if let Some(file) = self.by_name(presented.path) {
            return Found::File(file);
        }
        let here = folder(presented.path);
        // Behind a CA that stands first by mistake comes the node's own.
        let leaf = presented.chain.iter().find(|one| !one.is_ca()).or(presented.chain.first());
        let own = leaf.map_or_else(Vec::new, |leaf| self.of_certificate(leaf));
        if let Some(file) = own.iter().find(|file| folder(&file.path) == here) {
            return Found::File(file);
        }
        let loose = self.loose.get(&here).map_or(&[][..], Vec::as_slice);
        match (own.first(), loose, self.keyless.get(&here)) {
            // With one certificate, and a key that is nobody else's, the folder is that of one node.
            (None, [only], Some(1)) if open(only).is_some() => Found::File(only),
            (None, [], _) if self.loose.is_empty() => Found::Nothing,
            (None, ..) => Found::Perhaps(self.doubt.clone()),
            (Some(file), [], _) => Found::File(file),
            (Some(_), loose, _) => Found::Perhaps(doubt(loose)),
        }
    }

    /// Whether the key of a certificate is there.
    pub(crate) fn is_of(&self, presented: &Presented<'_>) -> bool {
        let leaf = presented.chain.first();
        presented.key.is_some() || leaf.is_some_and(|leaf| !self.of_certificate(leaf).is_empty())
    }

    /// A node with its key: that of its own file, else one beside it. Where keys are there and none is known to be
    /// its own, nobody can say that it starts.
    pub(crate) fn with_key(&self, presented: Presented<'_>) -> Node {
        if presented.key.is_some() || presented.in_key_store {
            return presented.into_node();
        }
        let found = self.of_node(&presented);
        let node = presented.into_node();
        match found {
            Found::Nothing => node,
            Found::Perhaps(what) => node.with_doubtful_key(what),
            Found::File(file) => {
                let node = node.with_obstacles(&file.path, file.key_obstacles.clone());
                match open(file) {
                    Some(key) => node.with_key(key, KeyContainer::Pem),
                    None => node.with_doubtful_key(doubt(&[file])),
                }
            }
        }
    }
}

impl Presented<'_> {
    /// A node with what is known of the key in its file.
    fn into_node(self) -> Node {
        let Presented { label, chain, key, in_key_store, path, .. } = self;
        let Presented { obstacles, certificate_obstacles, .. } = self;
        let container = if in_key_store { KeyContainer::Pkcs12 } else { KeyContainer::Pem };
        let is_told = obstacles.iter().any(|one| one.refused_by.is_final());
        let node = Node::new(label, chain).with_obstacles(path, obstacles);
        let node = node.with_obstacles(path, certificate_obstacles);
        match key {
            Some(StoredKey::Open(key)) => node.with_key(key, container),
            Some(StoredKey::Locked(_)) if !is_told => node.with_locked_key(),
            // A certificate that is no key store's has its key in PEM, wherever that is.
            None if !in_key_store => node.with_key_beside(),
            _ => node,
        }
    }
}

/// Why it is not known that one of these files has the key of a node.
fn doubt(files: &[&Opened]) -> String {
    let paths = files.iter().map(|file| file.path.clone()).collect::<Vec<_>>();
    let paths = listed(&paths, false);
    if files.iter().all(|file| open(file).is_none()) {
        format!(
            "the key `{paths}` was not decrypted: whether it belongs to the certificate is not known"
        )
    } else {
        format!("no key that is there belongs to the certificate: {paths}")
    }
}

fn open(file: &Opened) -> Option<&PrivateKey> {
    file.contents.keys().find_map(|entry| entry.key.open())
}

fn place(path: &str) -> PathBuf {
    input::normal(Path::new(path)).unwrap_or_else(|| PathBuf::from(path))
}

fn folder(path: &str) -> PathBuf {
    place(path).parent().map(Path::to_path_buf).unwrap_or_default()
}
