//! What the local cluster's settings are to say of the remote one, and what its nodes' files say.

use super::Party;
use crate::connection::{Mode, Model, Resource, is_gone};
use crate::kit::ClusterRole;

/// What the local cluster's settings are to say of the remote one.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Registered {
    /// With their ports.
    pub(crate) addresses: Vec<String>,
    pub(crate) mode: Mode,
    pub(crate) server_name: Option<String>,
    /// Nothing where nobody says.
    pub(crate) skip_unavailable: Option<bool>,
}

impl Registered {
    /// What a kit registers of the remote side.
    pub(crate) fn of(remote: &Party<'_>) -> Self {
        let connection = remote.connection;
        let mut addresses = remote.addresses();
        let (mut mode, mut server_name) = (connection.mode, remote.server_name());
        let mut said = !connection.same_operator;
        if connection.is_legacy() {
            addresses.extend(legacy_seeds(remote));
            (mode, server_name) = (Mode::Sniff, None);
            said = connection.place("skip_unavailable").is_some();
        }
        let skip_unavailable = said.then_some(connection.skip_unavailable);
        Self { addresses, mode, server_name, skip_unavailable }
    }

    /// What it gives a key; an empty list where it gives it nothing, and nothing for keys that say neither
    /// where nor how it connects.
    fn wanted(&self, key: &str) -> Option<Vec<String>> {
        let Self { addresses, mode, server_name, skip_unavailable } = self;
        let of = |is_mode, values: &[String]| if is_mode { values.to_vec() } else { Vec::new() };
        let is_proxy = *mode == Mode::Proxy;
        match key {
            "mode" => Some(vec![if is_proxy { "proxy" } else { "sniff" }.to_owned()]),
            "proxy_address" => Some(of(is_proxy, addresses)),
            "seeds" => Some(of(!is_proxy, addresses)),
            "server_name" => Some(server_name.iter().cloned().collect()),
            "skip_unavailable" => Some(vec![skip_unavailable.as_ref()?.to_string()]),
            _ => None,
        }
    }
}

/// The one seed of the old form, whose port means nothing.
pub(crate) fn legacy_seeds(remote: &Party<'_>) -> Vec<String> {
    remote.side.endpoints.iter().map(|endpoint| format!("{}:1", endpoint.host)).collect()
}

/// A setting of the remote cluster in the local nodes' `elasticsearch.yml`, or in their node sets.
#[derive(Clone, Debug)]
pub(crate) struct InFile {
    /// Its name after the alias.
    pub(crate) key: String,
    pub(crate) values: Vec<String>,
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
    let there = local.material.manifest.as_ref();
    let settings = there.map_or_else(|| local.settings(), Resource::settings);
    let settings = settings.into_iter().filter(|(name, _)| is_gone(name, &gone));
    let read = settings.filter_map(|(name, values)| {
        let key = name.strip_prefix(&prefix)?.to_owned();
        let wanted = registered.wanted(&key);
        Some(InFile { key, values, wanted })
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
