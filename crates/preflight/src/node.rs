//! A node: what it presents, and what is known of its private key.

use crosstrust_keystore::PrivateKey;
use crosstrust_keystore::java::Obstacle;
use crosstrust_restrictions::{X509Field, certificate_names};
use crosstrust_x509::{Certificate, KeyKind};

use crate::chain::Chain;
use crate::obstacle;
use crate::role::Role;
use crate::verdict::Verdict;

/// What a node is configured with.
#[derive(Clone, Debug)]
pub struct Node {
    path: String,
    chain: Chain,
    key: NodeKey,
    hosts: Vec<String>,
    roles: &'static [Role],
    cipher_suites: Vec<String>,
    protocols: Vec<String>,
    /// What a JVM does not open of its own files, with the file.
    obstacles: Vec<(String, Obstacle)>,
    /// What else decides before it presents anything.
    start: Verdict,
    /// The aliases of the key that is presented, and of those that are not.
    other_keys: Option<(String, Vec<String>)>,
}

/// In what a private key is kept.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum KeyContainer {
    /// A PEM file, which Elasticsearch reads itself.
    Pem,
    /// A key store, which Java reads.
    Pkcs12,
}

/// What is remembered of a private key: never the key.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum NodeKey {
    /// It is in a PEM file of its own, which was not read.
    Beside,
    /// It is in a PEM file, and whether that one belongs to the certificate is not known.
    Doubtful { what: String },
    /// There is one, and its password is missing or wrong.
    Locked,
    /// It could be read.
    Open { kind: KeyKind, container: KeyContainer, owner: KeyOwner },
    /// None was given, so nothing is said about it.
    Unknown,
}

/// Which certificate a key belongs to.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum KeyOwner {
    /// The certificate at this position, from 0.
    Certificate(usize),
    /// None of those presented.
    Nobody,
    /// Its public part cannot be computed.
    Unknown,
}

impl Node {
    /// A node that presents certificates, its own one first. `path` names it in findings: the file,
    /// and the alias where a file has several keys.
    pub fn new(path: impl Into<String>, certificates: Vec<Certificate>) -> Self {
        let chain = Chain::new(certificates);
        Self {
            path: path.into(),
            chain,
            key: NodeKey::Unknown,
            hosts: Vec::new(),
            roles: &Role::ALL,
            cipher_suites: Vec::new(),
            protocols: Vec::new(),
            obstacles: Vec::new(),
            start: Verdict::Accepted,
            other_keys: None,
        }
    }

    /// Whether two nodes present the same and have the same key, so that one of them tells all. Nodes with something
    /// in the way are never taken for each other.
    pub fn is_alike(&self, other: &Self) -> bool {
        let is_plain = |node: &Self| {
            node.obstacles.is_empty() && node.start.is_accepted() && node.other_keys.is_none()
        };
        is_plain(self)
            && is_plain(other)
            && self.key == other.key
            && self.presents_as(other)
            && (&self.hosts, self.roles, &self.cipher_suites, &self.protocols)
                == (&other.hosts, other.roles, &other.cipher_suites, &other.protocols)
    }

    /// Whether two nodes present the same certificates.
    pub fn presents_as(&self, other: &Self) -> bool {
        self.chain.certificates() == other.chain.certificates()
    }

    /// What keeps a JVM from a file of the node's: its key store, its key, its certificates.
    #[must_use]
    pub fn with_obstacles(mut self, file: impl Into<String>, obstacles: Vec<Obstacle>) -> Self {
        let file = file.into();
        self.obstacles.extend(obstacles.into_iter().map(|one| (file.clone(), one)));
        self
    }

    /// What decides whether the node starts, beside what is in the way of its own files.
    #[must_use]
    pub fn with_start(mut self, start: Verdict) -> Self {
        self.start = start;
        self
    }

    /// Its key store has several keys: the alias of the one that it presents, and the others.
    #[must_use]
    pub fn with_other_keys(mut self, presented: impl Into<String>, others: Vec<String>) -> Self {
        self.other_keys = Some((presented.into(), others));
        self
    }

    /// The node's private key. Only its kind and the certificate that it belongs to are kept.
    #[must_use]
    pub fn with_key(mut self, key: &PrivateKey, container: KeyContainer) -> Self {
        let owner = match key.public_key() {
            None => {
                let mut certificates = self.chain.certificates().iter();
                let is_alike = certificates.any(|own| own.public_key().kind() == key.kind());
                if is_alike { KeyOwner::Unknown } else { KeyOwner::Nobody }
            }
            Some(public) => {
                let mut certificates = self.chain.certificates().iter();
                let owner = certificates.position(|own| own.public_key().der() == public.der());
                owner.map_or(KeyOwner::Nobody, KeyOwner::Certificate)
            }
        };
        self.key = NodeKey::Open { kind: key.kind().clone(), container, owner };
        self
    }

    /// The node's private key is in a PEM file beside its certificates, and was not read.
    #[must_use]
    pub fn with_key_beside(mut self) -> Self {
        self.key = NodeKey::Beside;
        self
    }

    /// Key files are there, and it is not known that one of them belongs to the certificate: why, as a
    /// sentence.
    #[must_use]
    pub fn with_doubtful_key(mut self, what: impl Into<String>) -> Self {
        self.key = NodeKey::Doubtful { what: what.into() };
        self
    }

    /// The node has a private key that could not be decrypted.
    #[must_use]
    pub fn with_locked_key(mut self) -> Self {
        self.key = NodeKey::Locked;
        self
    }

    /// An address under which others connect to the node: a host name or an IP address.
    #[must_use]
    pub fn with_host(mut self, host: impl Into<String>) -> Self {
        self.hosts.push(host.into());
        self
    }

    /// The roles in which it presents its certificate, where these are not both: a server of remote
    /// clusters opens no connection with it. None if nobody is known who judges it.
    #[must_use]
    pub fn with_roles(mut self, roles: &'static [Role]) -> Self {
        self.roles = roles;
        self
    }

    /// The cipher suites it is restricted to.
    #[must_use]
    pub fn with_cipher_suites(mut self, suites: Vec<String>) -> Self {
        self.cipher_suites = suites;
        self
    }

    /// The protocols it is restricted to.
    #[must_use]
    pub fn with_protocols(mut self, protocols: Vec<String>) -> Self {
        self.protocols = protocols;
        self
    }

    /// What it is called in findings.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The certificates it presents.
    pub fn chain(&self) -> &Chain {
        &self.chain
    }

    /// Its own certificate.
    pub fn leaf(&self) -> Option<&Certificate> {
        self.chain.leaf()
    }

    /// The otherName common names of its own certificate, which restrictions compare by default.
    pub(crate) fn other_names(&self) -> Vec<String> {
        let Some(leaf) = self.leaf() else { return Vec::new() };
        let names = certificate_names(leaf, &[X509Field::OtherNameCommonName]);
        names.into_iter().map(|name| name.value).collect()
    }

    /// The addresses under which others connect to it.
    pub fn hosts(&self) -> &[String] {
        &self.hosts
    }

    /// The roles in which it presents its certificate.
    pub fn roles(&self) -> &'static [Role] {
        self.roles
    }

    /// Whether it starts at all, as far as its own files decide that.
    pub fn start(&self) -> Verdict {
        self.start.clone().and(obstacle::verdict(&self.obstacles))
    }

    /// What a JVM does not open, with the file.
    pub(crate) fn obstacles(&self) -> &[(String, Obstacle)] {
        &self.obstacles
    }

    pub(crate) fn other_keys(&self) -> Option<(&str, &[String])> {
        self.other_keys.as_ref().map(|(presented, others)| (presented.as_str(), others.as_slice()))
    }

    pub(crate) fn cipher_suites(&self) -> &[String] {
        &self.cipher_suites
    }

    pub(crate) fn protocols(&self) -> &[String] {
        &self.protocols
    }

    pub(crate) fn key(&self) -> &NodeKey {
        &self.key
    }
}
