//! What was read of the files of one side.

use std::collections::BTreeMap;

use crosstrust_keystore::java::Obstacle;
use crosstrust_settings::{Setting, SettingsFile};
use crosstrust_x509::Certificate;

use crate::connection::Resource;
use crate::document::Document;

/// What was read of the files of one side.
#[derive(Clone, Debug, Default)]
pub struct SideMaterial {
    /// The certificates of its CA: each once, the root last.
    pub authorities: Vec<Certificate>,
    /// Paths of CA files that also hold the CA's private key, which no kit takes.
    pub files_with_key: Vec<String>,
    /// Paths of CA files that are a node's own key store: they have its key, and that of no CA.
    pub node_stores: Vec<String>,
    /// Its `elasticsearch.yml`, where one is named, or why Elasticsearch refuses it.
    pub elasticsearch_yml: Option<Result<SettingsFile, crosstrust_settings::Error>>,
    /// Its resource on Kubernetes, where one is named.
    pub manifest: Option<Resource>,
    /// Where that was read: two sides that have it from one place are one cluster.
    pub settings_path: Option<String>,
    /// The trust restrictions that it names, where they were found.
    pub restrictions: Option<RestrictionsInUse>,
    /// The CA files that its `elasticsearch.yml` names, where they were found, by the paths there.
    pub trusted_files: Vec<TrustedFile>,
    /// The store that its nodes take their trust from, where there is one.
    pub trust_store: Option<TrustStore>,
    /// The certificates of its nodes.
    pub nodes: Vec<NodeCertificate>,
    /// What key stores among the nodes' files trust besides the certificates of their keys.
    pub store_entries: Vec<Certificate>,
    /// The certificate of the node whose `elasticsearch.yml` it is, where that was found.
    pub configured_node: Option<NodeCertificate>,
    /// The certificate that its `elasticsearch.yml` gives the remote cluster server.
    pub server_certificate: Option<ServerCertificate>,
}

impl SideMaterial {
    /// Its `elasticsearch.yml`, where that is named and Elasticsearch takes it.
    pub(crate) fn settings_file(&self) -> Option<&SettingsFile> {
        self.elasticsearch_yml.as_ref()?.as_ref().ok()
    }

    /// What its resource on Kubernetes has its nodes' names end with, where it says so.
    pub(crate) fn other_name_suffix(&self) -> Option<&str> {
        let suffix = self.manifest.as_ref()?.spec(&["transport", "tls", "otherNameSuffix"])?.text();
        suffix.filter(|suffix| !suffix.is_empty())
    }

    /// Whether its resource on Kubernetes has the nodes' certificates come from somebody else.
    pub(crate) fn has_foreign_certificates(&self) -> bool {
        let path = ["transport", "tls", "selfSignedCertificates", "disabled"];
        let there = self.manifest.as_ref().and_then(|there| there.spec(&path));
        there.and_then(Document::flag) == Some(true)
    }

    /// A setting of that file.
    pub(crate) fn setting(&self, key: &str) -> Option<&Setting> {
        self.settings_file()?.get(key)
    }

    /// The settings of that file as lists: those that are set, by their full names.
    pub(crate) fn settings(&self) -> BTreeMap<String, Vec<String>> {
        let settings = self.settings_file().map_or(&[][..], SettingsFile::settings);
        let listed = settings.iter().filter_map(|setting| {
            let values = setting.list()?.iter().map(|item| item.text.clone());
            Some((setting.key.clone(), values.collect()))
        });
        listed.collect()
    }

    /// What its nodes are known to trust besides the CA that is named: what is in the files of their
    /// list, or in their store.
    pub(crate) fn trusted(&self) -> impl Iterator<Item = &Certificate> {
        let files = self.trusted_files.iter().flat_map(|file| &file.certificates);
        let store = self.trust_store.iter().filter_map(|store| store.certificates.as_ref());
        files.chain(store.flatten())
    }

    /// The certificates of its nodes, and of the one whose `elasticsearch.yml` it is.
    pub(crate) fn all_nodes(&self) -> impl Iterator<Item = &NodeCertificate> {
        self.nodes.iter().chain(self.unlisted_node())
    }

    /// The node whose `elasticsearch.yml` it is, where it is none of those that are named.
    pub(crate) fn unlisted_node(&self) -> Option<&NodeCertificate> {
        let node = self.configured_node.as_ref()?;
        let is_named = self.nodes.iter().any(|one| one.certificate == node.certificate);
        (!is_named).then_some(node)
    }
}

/// Trust restrictions that nodes have.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RestrictionsInUse {
    /// The file as it was found.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// A CA file that nodes trust already.
#[derive(Clone, Debug)]
pub struct TrustedFile {
    /// As `elasticsearch.yml` names it.
    pub path: String,
    /// What is in it.
    pub certificates: Vec<Certificate>,
}

/// A store that nodes take their trust from.
#[derive(Clone, Debug)]
pub struct TrustStore {
    /// As `elasticsearch.yml` names it, or the connection file where nobody showed that.
    pub path: String,
    /// What it is to the nodes.
    pub role: StoreUse,
    /// Whether the path is the place of a file here, not on the nodes.
    pub is_here: bool,
    /// What it trusts besides its own keys' certificates; nothing where it was not found or not opened.
    pub certificates: Option<Vec<Certificate>>,
}

/// What the remote cluster server of nodes presents.
#[derive(Clone, Debug)]
pub struct ServerCertificate {
    /// As `elasticsearch.yml` names it.
    pub path: String,
    /// The certificate and those above it; nothing where the file was not found or not opened.
    pub chain: Vec<Certificate>,
}

/// What a store is to nodes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum StoreUse {
    /// The trust store, and the key store too.
    Both,
    /// The key store, and no other trust is set.
    Keys,
    /// The trust store alone.
    Trust,
}

/// The certificate of a node.
#[derive(Clone, Debug)]
pub struct NodeCertificate {
    /// The file, as the user named it.
    pub label: String,
    /// The certificate.
    pub certificate: Certificate,
    /// What a JVM does not open of the file.
    pub obstacles: Vec<Obstacle>,
}
