//! One side of a connection.

use std::str::FromStr;

use crosstrust_restrictions::Grant;
use crosstrust_settings::reader::{Reader, Section, joined};
use crosstrust_settings::tree::{Node, Value};

use super::choice::Platform;
use super::endpoint::{Endpoint, is_host_name};
use super::named_node::{self, NamedNode};
use crate::version::Version;

/// What a connection file says of one cluster.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Side {
    /// Where it runs.
    pub platform: Platform,
    /// Its version of Elasticsearch.
    pub version: Version,
    /// The id of the Elasticsearch cluster, or a label of one's own.
    pub cluster_id: Option<String>,
    /// The id of the organization or environment, or a label of one's own.
    pub scope_id: Option<String>,
    /// The own account in the trust settings of a deployment.
    pub account_id: Option<String>,
    /// The id of the deployment, for paths of the API.
    pub deployment_id: Option<String>,
    /// The name of the Elasticsearch resource in the deployment.
    pub ref_id: String,
    /// The region of the deployment.
    pub region: Option<String>,
    /// What the other side's trust settings call it.
    pub label: Option<String>,
    /// Addresses to connect to; several for sniff mode.
    pub endpoints: Vec<Endpoint>,
    /// The server name (SNI) to send.
    pub server_name: Option<String>,
    /// Paths of files with the CA.
    pub ca: Vec<String>,
    /// Whether the CA is one that every JDK trusts.
    pub ca_is_public: bool,
    /// Paths or globs of the nodes' certificates.
    pub nodes: Vec<String>,
    /// The nodes by the otherName common names of theirs.
    pub node_names: Vec<NamedNode>,
    /// The trust store of the transport layer, relative to `config/`, where there is one.
    pub truststore: Option<String>,
    /// Patterns of the names of further clusters' nodes, which restrictions let in as well.
    pub partners: Vec<String>,
    /// The path of a node's `elasticsearch.yml`, to be checked against what the kit adds to it.
    pub elasticsearch_yml: Option<String>,
    /// The path of the Elasticsearch resource that is there, to which the kit adds.
    pub manifest: Option<String>,
    /// The name of the Elasticsearch resource in Kubernetes.
    pub name: String,
    /// Its namespace.
    pub namespace: String,
    /// The operator's version.
    pub eck_version: Version,
    /// Its node sets, where they are told.
    pub node_sets: Vec<NodeSet>,
}

/// A node set in Kubernetes.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NodeSet {
    /// Its name.
    pub name: String,
    /// How many nodes it has.
    pub count: u32,
}

impl Side {
    /// Whether the nodes' names follow the cloud's pattern, so that ids tell them.
    pub fn has_ids(&self) -> bool {
        self.cluster_id.is_some() && self.scope_id.is_some()
    }

    /// The names of the nodes that are listed.
    pub(crate) fn listed_names(&self) -> Vec<String> {
        self.node_names.iter().map(|node| node.name.clone()).collect()
    }

    /// Whether a deployment can tell its nodes by each one's name alone: the names that the operator
    /// makes have no cluster id.
    pub(crate) fn is_listed_by(&self, peer: &Self) -> bool {
        self.platform == Platform::Eck
            && peer.platform.is_cloud()
            && (!self.has_ids() || !self.node_names.is_empty())
    }

    /// How many nodes are named, or else its node sets have.
    pub(crate) fn node_count(&self) -> u64 {
        if !self.node_names.is_empty() {
            return u64::try_from(self.node_names.len()).unwrap_or(u64::MAX);
        }
        self.node_sets.iter().map(|set| u64::from(set.count)).sum()
    }

    pub(super) fn read(reader: &mut Reader, path: &str, node: &Node) -> Option<Self> {
        let known: Vec<&str> = KEYS.iter().map(|(key, ..)| *key).collect();
        let section = reader.section(path, node, &known)?;
        let platform = reader.required(section, "platform", Platform::from_str);
        let version = reader.required(section, "version", Version::from_str);
        if let Some(platform) = platform {
            refuse_foreign_keys(reader, path, section, platform);
        }
        let name = reader.read(section, "name", label);
        if platform == Some(Platform::Eck) && section.get("name").is_none() {
            reader.missing(section, "name");
        }
        let eck_version = reader.read(section, "eck_version", Version::from_str);
        let node_sets = node_sets(reader, section);
        let side = Self {
            platform: platform.unwrap_or(Platform::SelfManaged),
            // Whoever cannot read it has told so; any that can do everything lets the rest be checked.
            version: version.unwrap_or(Version::new(u32::MAX, 0, 0)),
            cluster_id: reader.read(section, "cluster_id", id),
            scope_id: reader.read(section, "scope_id", id),
            account_id: reader.read(section, "account_id", id),
            deployment_id: reader.read(section, "deployment_id", id),
            ref_id: reader.read(section, "ref_id", id).unwrap_or_else(|| REF_ID.to_owned()),
            region: reader.read(section, "region", id),
            label: reader.text(section, "label"),
            endpoints: endpoints(reader, section),
            server_name: reader.read(section, "server_name", server_name),
            ca: paths(reader, section, "ca"),
            ca_is_public: reader.flag(section, "ca_is_public").unwrap_or(false),
            nodes: paths(reader, section, "nodes"),
            node_names: named_node::read(reader, section),
            truststore: reader.text(section, "truststore"),
            partners: partners(reader, section),
            elasticsearch_yml: reader.text(section, "elasticsearch_yml"),
            manifest: reader.text(section, "manifest"),
            name: name.unwrap_or_default(),
            namespace: reader
                .read(section, "namespace", label)
                .unwrap_or_else(|| "default".to_owned()),
            eck_version: eck_version.unwrap_or(ECK_VERSION),
            node_sets,
        };
        platform.is_some().then_some(side)
    }
}

/// Every key that a side may have.
#[cfg(test)]
pub(crate) fn keys() -> impl Iterator<Item = &'static str> {
    KEYS.iter().map(|(key, ..)| *key)
}

/// Keys that mean nothing on this platform or on this side are told, not ignored.
fn refuse_foreign_keys(reader: &mut Reader, path: &str, section: Section<'_>, platform: Platform) {
    for (key, platforms, only) in KEYS {
        let Some(node) = section.get(key) else { continue };
        if !platforms.contains(&platform) {
            let words: Vec<&str> = platforms.iter().map(|platform| platform.word()).collect();
            let message = format!(
                "`{path}.{key}` means nothing on {platform}, only on {}",
                words.join(" and ")
            );
            reader.tell(node.place, message);
        } else if only.is_some_and(|only| only != path) {
            let message = format!("`{key}` is what the local cluster connects to");
            reader.tell_with(node.place, message, "write it under `remote:`");
        }
    }
}

fn count(text: &str) -> Result<u32, &'static str> {
    text.parse().map_err(|_| "write a number of nodes, such as 3")
}

/// Letters, digits, `-` and `_`: what ids have, and no wildcard.
fn id(text: &str) -> Result<String, String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    match text.chars().find(|&c| !fits(c)) {
        Some(character) => Err(format!("an id has no `{character}`")),
        None => Ok(text.to_owned()),
    }
}

/// A name of Kubernetes that is also a part of a host name.
fn label(text: &str) -> Result<String, &'static str> {
    let lower = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if lower && text.len() <= 63 && !text.starts_with('-') && !text.ends_with('-') {
        return Ok(text.to_owned());
    }
    Err("a name in Kubernetes has lower-case letters, digits and inner hyphens")
}

fn server_name(text: &str) -> Result<String, &'static str> {
    if is_host_name(text) {
        return Ok(text.to_owned());
    }
    Err("a server name is a host name, not an address, or the connection fails")
}

fn paths(reader: &mut Reader, section: Section<'_>, key: &str) -> Vec<String> {
    reader.texts(section, key).into_iter().map(|(_, text)| text).collect()
}

/// Patterns as trust restrictions have them.
fn partners(reader: &mut Reader, section: Section<'_>) -> Vec<String> {
    let mut patterns = Vec::new();
    for (place, text) in reader.texts(section, "partners") {
        match Grant::pattern(&text) {
            Ok(_) => patterns.push(text),
            Err(error) => reader.tell(place, format!("the partner `{text}`: {error}")),
        }
    }
    patterns
}

fn endpoints(reader: &mut Reader, section: Section<'_>) -> Vec<Endpoint> {
    let mut endpoints = Vec::new();
    for (place, text) in reader.texts(section, "endpoint") {
        match Endpoint::parse(&text) {
            Ok(endpoint) => endpoints.push(endpoint),
            Err(reason) => reader.tell(place, format!("the endpoint is `{text}`: {reason}")),
        }
    }
    endpoints
}

fn node_sets(reader: &mut Reader, section: Section<'_>) -> Vec<NodeSet> {
    let Some(node) = section.get("node_sets") else { return Vec::new() };
    let Value::Sequence(items) = &node.value else {
        reader.tell(node.place, "`node_sets` is not a list of `{name: …, count: …}`");
        return Vec::new();
    };
    let mut sets = Vec::new();
    for item in items {
        let path = joined("", "node_sets");
        let Some(entry) = reader.section(&path, item, &["name", "count"]) else { continue };
        let name = reader.required(entry, "name", label);
        let count = reader.required(entry, "count", count);
        if let (Some(name), Some(count)) = (name, count) {
            sets.push(NodeSet { name, count });
        }
    }
    sets
}

/// Which keys mean something where; the third is the only side that has it.
const KEYS: [(&str, &[Platform], Option<&str>); 23] = [
    ("platform", Platform::ALL, None),
    ("version", Platform::ALL, None),
    ("cluster_id", Platform::ALL, None),
    ("scope_id", Platform::ALL, None),
    ("account_id", CLOUD, None),
    ("deployment_id", CLOUD, None),
    ("ref_id", CLOUD, None),
    ("region", CLOUD, None),
    ("label", Platform::ALL, None),
    ("endpoint", Platform::ALL, Some("remote")),
    ("server_name", Platform::ALL, Some("remote")),
    ("ca", Platform::ALL, None),
    ("ca_is_public", Platform::ALL, Some("remote")),
    ("nodes", SELF_MANAGED, None),
    ("node_names", OWN, None),
    ("truststore", SELF_MANAGED, None),
    ("partners", OWN, None),
    ("elasticsearch_yml", SELF_MANAGED, None),
    ("name", ECK, None),
    ("namespace", ECK, None),
    ("eck_version", ECK, None),
    ("node_sets", ECK, None),
    ("manifest", ECK, None),
];
const CLOUD: &[Platform] = &[Platform::Ech, Platform::Ece];
const ECK: &[Platform] = &[Platform::Eck];
const SELF_MANAGED: &[Platform] = &[Platform::SelfManaged];
const OWN: &[Platform] = &[Platform::SelfManaged, Platform::Eck];
/// The name that deployments made from Elastic's templates have.
pub(crate) const REF_ID: &str = "main-elasticsearch";
/// The newest one.
const ECK_VERSION: Version = Version::new(3, 5, 0);
