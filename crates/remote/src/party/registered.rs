//! What the local cluster's settings are to say of the remote one, and what its nodes' files say.

use super::Party;
use crate::connection::{Mode, Model, Resource, is_gone};
use crate::document::{Document, texts};
use crate::kit::ClusterRole;

/// What the local cluster's settings are to say of the remote one.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Registered {
    pub(crate) mode: Mode,
    /// By the names after the alias.
    settings: Vec<(String, Document)>,
}

impl Registered {
    /// What a kit registers of the remote side.
    pub(crate) fn of(remote: &Party<'_>) -> Self {
        let connection = remote.connection;
        let addresses = remote.addresses();
        let first = || addresses.first().cloned().map(Document::from);
        let mut settings: Vec<(&str, Option<Document>)> = Vec::new();
        let (mut mode, mut said) = (connection.mode, !connection.same_operator);
        if connection.is_legacy() {
            // The documented form has these two alone; what the file says besides is not dropped.
            settings.push(("seeds", Some(texts(legacy_seeds(remote)))));
            settings.push(("proxy", first()));
            mode = Mode::Sniff;
            said = connection.place("skip_unavailable").is_some();
        } else if mode == Mode::Sniff {
            settings.push(("seeds", Some(texts(&addresses))));
        } else {
            settings.push(("mode", Some("proxy".into())));
            settings.push(("proxy_address", first()));
            settings.push(("server_name", remote.server_name().map(Document::from)));
        }
        settings.push(("skip_unavailable", said.then(|| connection.skip_unavailable.into())));
        let settings =
            settings.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?)));
        Self { mode, settings: settings.collect() }
    }

    /// The settings, in their order.
    pub(crate) fn document(self) -> Document {
        Document::Map(self.settings)
    }

    /// The addresses that are connected to, with their ports.
    pub(crate) fn addresses(&self) -> Vec<String> {
        ADDRESSES.iter().flat_map(|key| self.values(key)).collect()
    }

    /// What it gives a key; nothing where it gives it nothing.
    pub(crate) fn values(&self, key: &str) -> Vec<String> {
        let value = self.settings.iter().find(|(known, _)| known == key).map(|(_, value)| value);
        match value {
            Some(Document::List(items)) => {
                items.iter().filter_map(Document::text).map(str::to_owned).collect()
            }
            Some(Document::Flag(flag)) => vec![flag.to_string()],
            value => value.and_then(Document::text).map(str::to_owned).into_iter().collect(),
        }
    }

    /// The same for a key of a file; nothing for keys that say neither where nor how it connects, or of which it
    /// leaves the usual value.
    fn wanted(&self, key: &str) -> Option<Vec<String>> {
        let values = self.values(key);
        match key {
            "mode" => Some(vec![self.mode.to_string()]),
            "server_name" => Some(values),
            key if ADDRESSES.contains(&key) => Some(values),
            _ => (!values.is_empty()).then_some(values),
        }
    }
}

/// The keys of addresses.
const ADDRESSES: [&str; 3] = ["proxy_address", "proxy", "seeds"];

/// The one seed of the old form, whose port means nothing.
fn legacy_seeds(remote: &Party<'_>) -> Vec<String> {
    remote.side.endpoints.iter().map(|endpoint| format!("{}:1", endpoint.host)).collect()
}

/// A setting of the remote cluster in the local nodes' `elasticsearch.yml`, or in their node sets.
#[derive(Clone, Debug)]
pub(crate) struct InFile {
    /// Its name after the alias.
    pub(crate) key: String,
    /// Of node sets that have other ones, those of all.
    pub(crate) values: Vec<String>,
    /// Whether node sets have other values of it than others.
    is_mixed: bool,
    /// What the kit gives it, where it gives it anything.
    pub(crate) wanted: Option<Vec<String>>,
}

impl InFile {
    /// Whether it is known to say something else than the kit. Some of several seeds are no other ones.
    pub(crate) fn is_other(&self) -> bool {
        let Some(wanted) = &self.wanted else { return false };
        let is_same =
            !self.values.is_empty() && self.values.iter().all(|value| wanted.contains(value));
        !is_same && !self.is_unknown()
    }

    /// Whether it says the same on all nodes, and it is known what.
    pub(crate) fn is_one(&self) -> bool {
        !self.is_mixed && !self.is_unknown()
    }

    /// Whether a node's environment says it.
    fn is_unknown(&self) -> bool {
        self.values.iter().any(|value| value.contains("${"))
    }
}

/// What the file says of the remote cluster, but for how requests are signed.
pub(crate) fn in_file(local: &Party<'_>, remote: &Party<'_>) -> Vec<InFile> {
    let prefix = prefix(remote);
    let registered = Registered::of(remote);
    let gone = [prefix.clone()];
    let settings = match &local.material.manifest {
        Some(there) => Resource::settings(there),
        None => local.settings().into_iter().map(|(name, values)| (name, vec![values])).collect(),
    };
    let settings = settings.into_iter().filter(|(name, _)| is_gone(name, &gone));
    let read = settings.filter_map(|(name, lists)| {
        let key = name.strip_prefix(&prefix)?.to_owned();
        let wanted = registered.wanted(&key);
        let is_mixed = lists.len() > 1;
        let mut values: Vec<String> = Vec::new();
        for value in lists.into_iter().flatten() {
            if !values.contains(&value) {
                values.push(value);
            }
        }
        Some(InFile { key, values, is_mixed, wanted })
    });
    read.collect()
}

/// What the names of the settings begin with that a step takes out of the local nodes' files: all of the remote
/// cluster, where one of them says something else than the kit, since a file with some of them may keep a
/// node from starting.
pub(crate) fn taken_out(local: &Party<'_>, remote: &Party<'_>) -> Option<String> {
    let is_key = remote.connection.model == Model::ApiKey;
    let goes =
        |one: &InFile| one.is_other() || (is_key && one.wanted.is_some() && one.is_unknown());
    let found = in_file(local, remote);
    let is_meant = remote.role == ClusterRole::Remote && found.iter().any(goes);
    is_meant.then(|| prefix(remote))
}

fn prefix(remote: &Party<'_>) -> String {
    format!("cluster.remote.{}.", remote.connection.alias)
}
