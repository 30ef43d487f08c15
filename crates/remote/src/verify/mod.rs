//! What the local cluster says of a connection: whether it is there, and if not, why most likely.
//! `GET /_remote/info` tells that; `GET /_cluster/settings` where it is registered, and
//! `GET /_ssl/certificates` what a running node has loaded of its files.

mod answer;
mod certificates;
mod expired_certificate;
mod next_command;
mod other_address;
mod other_certificates;
mod other_model;
mod other_settings;
mod settings;
mod unanswered;
mod unconnected;
mod unlasting;
mod unregistered;

pub use answer::AnswerError;
pub use certificates::{LoadedFile, RunningCertificates};
pub use settings::ClusterSettings;
pub use unanswered::UNANSWERED;

use crosstrust_report::{Finding, Report, Rule};
use crosstrust_x509::Timestamp;
use serde_json::{Map, Value};

use crate::connection::{Connection, Model};
use crate::plan;

/// The answer to `GET /_remote/info`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RemoteInfo {
    remotes: Map<String, Value>,
}

/// What is known of one remote cluster.
#[derive(Clone, Copy, Debug)]
pub struct Remote<'a> {
    alias: &'a str,
    value: &'a Value,
}

impl RemoteInfo {
    /// Reads the answer.
    pub fn parse(text: &str) -> Result<Self, AnswerError> {
        let no_list = AnswerError::Shape { what: "list of remote clusters by their aliases" };
        let Value::Object(remotes) = answer::parse(text)? else { return Err(no_list) };
        let listed = |value: &Value| value.get("connected").is_some_and(Value::is_boolean);
        if remotes.values().all(listed) { Ok(Self { remotes }) } else { Err(no_list) }
    }

    /// The remote clusters, by their aliases.
    pub fn remotes(&self) -> Vec<Remote<'_>> {
        self.remotes.iter().map(|(alias, value)| Remote { alias, value }).collect()
    }
}

impl<'a> Remote<'a> {
    /// What the local cluster calls it.
    pub fn alias(&self) -> &'a str {
        self.alias
    }

    /// Whether a connection is open.
    pub fn is_connected(&self) -> bool {
        self.value.get("connected").and_then(Value::as_bool).unwrap_or(false)
    }

    /// By what the two know each other: credentials are shown, hidden, exactly where an API key is
    /// in use.
    pub fn model(&self) -> Model {
        match self.value.get("cluster_credentials") {
            Some(_) => Model::ApiKey,
            None => Model::Tls,
        }
    }

    /// The addresses that are connected to.
    pub fn addresses(&self) -> Vec<&'a str> {
        let proxy = self.value.get("proxy_address").and_then(Value::as_str);
        let seeds = self.value.get("seeds").and_then(Value::as_array);
        let seeds = seeds.into_iter().flatten().filter_map(Value::as_str);
        proxy.filter(|address| !address.is_empty()).into_iter().chain(seeds).collect()
    }

    /// How many connections are open, where the answer says so: to the proxy, or to nodes.
    pub fn open_connections(&self) -> Option<u64> {
        let counts = ["num_proxy_sockets_connected", "num_nodes_connected"];
        counts.into_iter().find_map(|count| self.value.get(count)?.as_u64())
    }

    /// A text that the answer has under a key.
    fn text(&self, key: &str) -> Option<&'a str> {
        self.value.get(key).and_then(Value::as_str)
    }

    /// A flag that the answer has under a key.
    fn flag(&self, key: &str) -> Option<bool> {
        self.value.get(key).and_then(Value::as_bool)
    }
}

/// Judges what the local cluster says. With a connection, its alias alone and against what it asks
/// for; else every alias. `path` names the answer in findings; `authorities` are the files with the CAs of the
/// remote cluster, where they are known.
pub fn verify(
    info: &RemoteInfo,
    connection: Option<&Connection>,
    authorities: &[String],
    path: &str,
) -> Report {
    let mut report = Report::default();
    let mut push = |finding: Option<Finding>| {
        if let Some(finding) = finding {
            report.push(finding.in_file(path));
        }
    };
    let remotes = info.remotes();
    let planned = connection.map(plan::registered);
    if let Some(connection) = connection {
        push(unregistered::check(&remotes, connection));
    }
    for remote in remotes {
        if connection.is_some_and(|connection| connection.alias != remote.alias()) {
            continue;
        }
        if let Some(connection) = connection {
            push(other_model::check(&remote, connection));
        }
        if let Some(planned) = &planned {
            push(other_address::check(&remote, planned));
            push(other_settings::check(&remote, planned));
        }
        push(unconnected::check(&remote, authorities));
    }
    report
}

/// Judges where the remote clusters are registered: all of them, or that of the connection.
pub fn verify_registration(
    settings: &ClusterSettings,
    info: &RemoteInfo,
    connection: Option<&Connection>,
    path: &str,
) -> Report {
    let mut report = Report::default();
    let remotes = info.remotes().into_iter();
    for remote in remotes.filter(|one| connection.is_none_or(|it| it.alias == one.alias())) {
        for finding in unlasting::check(settings, remote.alias()) {
            report.push(finding.in_file(path));
        }
    }
    report
}

/// Judges what the node has loaded: by the time, and by the files that its settings name, where these are known.
pub fn verify_certificates(
    running: &RunningCertificates,
    files: Option<&[LoadedFile]>,
    now: Timestamp,
    path: &str,
) -> Report {
    let mut report = Report::default();
    for finding in expired_certificate::check(running, now) {
        report.push(finding.in_file(path));
    }
    for finding in files.iter().flat_map(|files| other_certificates::check(running, files)) {
        report.push(finding);
    }
    report
}

/// The rules of this folder, by code.
pub(crate) const RULES: &[&Rule] = &[
    &unregistered::RULE,
    &unconnected::RULE,
    &other_model::RULE,
    &other_address::RULE,
    &other_settings::RULE,
    &unlasting::RULE,
    &other_certificates::RULE,
    &expired_certificate::RULE,
    &UNANSWERED,
];

#[cfg(test)]
mod tests;
