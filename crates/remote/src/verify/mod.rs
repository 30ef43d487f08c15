//! What `GET /_remote/info` says of a connection: whether it is there, and if not, why most likely.

mod other_address;
mod other_model;
mod other_settings;
mod unconnected;
mod unregistered;

use crosstrust_report::{Finding, Report, Rule};
use serde_json::{Map, Value};

use crate::connection::{Connection, Model};
use crate::plan;

/// The answer to `GET /_remote/info`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RemoteInfo {
    remotes: Map<String, Value>,
}

/// Why an answer cannot be read.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum RemoteInfoError {
    /// Nothing is in it.
    #[error("the answer is empty")]
    Empty,
    /// It is an error of Elasticsearch.
    #[error("Elasticsearch answered with an error: {reason}")]
    Error {
        /// What it says.
        reason: String,
    },
    /// It is not JSON.
    #[error("line {line}, column {column}: the answer is not JSON")]
    Json {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// It is JSON, and no list of remote clusters.
    #[error("the answer is no list of remote clusters by their aliases")]
    Shape,
}

/// What is known of one remote cluster.
#[derive(Clone, Copy, Debug)]
pub struct Remote<'a> {
    alias: &'a str,
    value: &'a Value,
}

impl RemoteInfo {
    /// Reads the answer.
    pub fn parse(text: &str) -> Result<Self, RemoteInfoError> {
        // Some shells put a byte order mark before what they save.
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        if text.trim().is_empty() {
            return Err(RemoteInfoError::Empty);
        }
        let value: Value = serde_json::from_str(text).map_err(|error| RemoteInfoError::Json {
            line: error.line(),
            column: error.column(),
        })?;
        let Value::Object(remotes) = value else { return Err(RemoteInfoError::Shape) };
        if let Some(error) = remotes.get("error").filter(|_| remotes.contains_key("status")) {
            let reason = error.get("reason").unwrap_or(error).as_str().unwrap_or("no reason");
            return Err(RemoteInfoError::Error { reason: reason.to_owned() });
        }
        let listed = |value: &Value| value.get("connected").is_some_and(Value::is_boolean);
        if remotes.values().all(listed) {
            Ok(Self { remotes })
        } else {
            Err(RemoteInfoError::Shape)
        }
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
/// for; else every alias. `path` names the answer in findings.
pub fn verify(info: &RemoteInfo, connection: Option<&Connection>, path: &str) -> Report {
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
        push(unconnected::check(&remote));
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
];

#[cfg(test)]
mod tests;
