//! The connection file: two clusters, and how the local one reaches the remote one.

mod access;
mod choice;
mod data;
mod edit;
mod endpoint;
mod mounted;
mod named_node;
mod pairing;
mod resource;
mod setting;
mod side;

use std::collections::BTreeMap;
use std::str::FromStr;

use crosstrust_settings::reader::{Reader, Section};
use crosstrust_settings::tree::{self, LineColumn, Node};

pub use access::{Access, Grant};
pub use choice::{Accepts, Mode, Model, Platform, UnknownWord};
pub(crate) use edit::{Unpatched, diff, is_gone, listed, snippet};
pub use endpoint::Endpoint;
pub(crate) use mounted::{CONFIGURATION, Mounted};
pub use named_node::NamedNode;
pub use resource::Resource;
pub(crate) use resource::{node_count, node_sets};
pub use setting::authority_paths;
pub(crate) use setting::{
    ADDRESSES, AUTHORITIES, CLIENT_AUTHORITIES, CLIENT_TRUSTSTORE, CLIENT_VERIFICATION_MODE,
    KEYSTORE, PUBLIC_FILE, REMOTE_SERVER, REMOTE_SERVER_PORT, SIGNING_AUTHORITIES, TRUSTSTORE,
    VERIFICATION_MODE, X509_FIELDS, is_public_file,
};
pub(crate) use side::REF_ID;
#[cfg(test)]
pub(crate) use side::keys as side_keys;
pub use side::{NodeSet, Side};

use crate::error::Error;
use crate::version::Version;

/// A connection file that is whole: every key that the pairing needs is there, and nothing that it
/// cannot do.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Connection {
    /// What the local cluster calls the remote one.
    pub alias: String,
    /// How the two know each other.
    pub model: Model,
    /// How connections are opened.
    pub mode: Mode,
    /// Whether a search goes on without the remote cluster.
    pub skip_unavailable: bool,
    /// The cluster that connects.
    pub local: Side,
    /// The cluster that is connected to.
    pub remote: Side,
    /// How much of the remote side the local one lets in.
    pub local_accepts: Accepts,
    /// How much of the local side the remote one lets in.
    pub remote_accepts: Accepts,
    /// What may be read.
    pub access: Access,
    /// Whether the local cluster signs its requests.
    pub strong_identity: bool,
    /// Whether one operator in Kubernetes runs both clusters.
    pub same_operator: bool,
    places: BTreeMap<String, LineColumn>,
}

impl Connection {
    /// Parses the text of a connection file. Everything that is wrong in it is told at once.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let mut reader = Reader::new(&USUAL);
        let connection = match tree::parse(text) {
            Ok(Some(root)) => read(&mut reader, &root),
            Ok(None) => {
                let help = "`crosstrust remote init` writes one to fill in";
                reader.tell_with(LineColumn::START, "the file is empty", help);
                None
            }
            Err(problem) => {
                reader.problems.push(problem);
                None
            }
        };
        let Reader { mut problems, places, .. } = reader;
        problems.sort_by_key(|problem| problem.place);
        match connection {
            Some(connection) if problems.is_empty() => Ok(Self { places, ..connection }),
            _ => Err(Error::Connection { problems }),
        }
    }

    /// Where the value of a key stands, by a path such as `local.version`.
    pub fn place(&self, path: &str) -> Option<LineColumn> {
        self.places.get(path).copied()
    }

    /// Whether both are deployments of one organization or environment.
    pub fn is_same_scope(&self) -> bool {
        let (local, remote) = (&self.local, &self.remote);
        local.platform == remote.platform
            && local.platform.is_cloud()
            && local.scope_id.is_some()
            && local.scope_id == remote.scope_id
    }

    /// Whether the remote is so old that a cloud deployment is reached by the form of its time:
    /// after 6.7.0 and before 7.6.0.
    pub fn is_legacy(&self) -> bool {
        let version = self.remote.version;
        self.model == Model::Tls
            && self.remote.platform.is_cloud()
            && version > Version::new(6, 7, 0)
            && version < Version::new(7, 6, 0)
    }
}

fn read(reader: &mut Reader, root: &Node) -> Option<Connection> {
    let section = reader.section("", root, &KEYS)?;
    let alias = reader.required(section, "alias", alias);
    let model = reader.required(section, "model", Model::from_str);
    let mode = reader.read(section, "mode", Mode::from_str);
    let skip_unavailable = reader.flag(section, "skip_unavailable").unwrap_or(true);
    let [local, remote] = ["local", "remote"].map(|path| side(reader, section, path));
    let same_operator = reader.flag(section, "same_operator").unwrap_or(false);
    let strong_identity = reader.flag(section, "strong_identity").unwrap_or(false);
    let [local_accepts, remote_accepts] = accepts(reader, section);
    let access = if let Some(node) = section.get("access") {
        Access::read(reader, node, same_operator)
    } else {
        reader.missing(section, "access");
        Access::default()
    };
    let (model, local, remote) = (model?, local?, remote?);
    let mut connection = Connection {
        alias: alias.unwrap_or_default(),
        model,
        mode: mode.unwrap_or(Mode::Proxy),
        skip_unavailable,
        local,
        remote,
        local_accepts: Accepts::Cluster,
        remote_accepts: Accepts::Cluster,
        access,
        strong_identity,
        same_operator,
        places: BTreeMap::new(),
    };
    connection.mode = mode.unwrap_or(connection.usual_mode());
    let lists = |word: &str, key| reader.places.contains_key(&format!("{word}.{key}"));
    let unlisted = |word: &str| !lists(word, "node_sets") && !lists(word, "node_names");
    let local_usual = connection.usual(&connection.remote, &connection.local, unlisted("remote"));
    let remote_usual = connection.usual(&connection.local, &connection.remote, unlisted("local"));
    connection.local_accepts = local_accepts.unwrap_or(local_usual);
    connection.remote_accepts = remote_accepts.unwrap_or(remote_usual);
    pairing::check(reader, section.place(), &connection);
    Some(connection)
}

impl Connection {
    /// Sniff mode where an operator connects, and where one of two clusters of one's own is too old for
    /// the other.
    fn usual_mode(&self) -> Mode {
        let Self { local, remote, same_operator, .. } = self;
        let own = [local, remote].iter().all(|side| side.platform == Platform::SelfManaged);
        let old = local.version < Version::new(7, 6, 0) || remote.version < Version::new(7, 0, 0);
        if *same_operator || (own && old) { Mode::Sniff } else { Mode::Proxy }
    }

    /// How much of a side is let in where the file does not say: the cluster, but the whole scope
    /// where that is the platform's default, or where its nodes' names tell no cluster and nothing
    /// lists the nodes.
    fn usual(&self, of: &Side, by: &Side, unlisted: bool) -> Accepts {
        let names_tell_no_more = unlisted && of.is_listed_by(by);
        if self.is_same_scope() || names_tell_no_more { Accepts::Scope } else { Accepts::Cluster }
    }
}

fn side(reader: &mut Reader, section: Section<'_>, path: &str) -> Option<Side> {
    let Some(node) = section.get(path) else {
        reader.missing(section, path);
        return None;
    };
    Side::read(reader, path, node)
}

fn accepts(reader: &mut Reader, section: Section<'_>) -> [Option<Accepts>; 2] {
    let Some(node) = section.get("trust") else { return [None, None] };
    let keys = ["local_accepts", "remote_accepts"];
    let Some(trust) = reader.section("trust", node, &keys) else { return [None, None] };
    keys.map(|key| reader.read(trust, key, Accepts::from_str))
}

/// What both the settings and every console take.
fn alias(text: &str) -> Result<String, &'static str> {
    if ["node", "signing"].contains(&text) {
        return Err("Elasticsearch has settings of its own under this name");
    }
    let inner = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_');
    if text.bytes().all(inner) && text.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return Ok(text.to_owned());
    }
    Err("write lower-case letters, digits, `-` and `_`, a letter or digit first")
}

const KEYS: [&str; 10] = [
    "alias",
    "model",
    "mode",
    "skip_unavailable",
    "local",
    "remote",
    "trust",
    "access",
    "strong_identity",
    "same_operator",
];

#[cfg(test)]
mod tests;

/// What is written at keys that are always needed.
const USUAL: [(&str, &str); 9] = [
    ("access", "write what may be read, such as `search: [{names: [\"logs-*\"]}]` below it"),
    ("alias", "what the local cluster calls the remote one, such as `my-remote`"),
    ("count", "how many nodes the node set has, such as 3"),
    ("local", "a table of the cluster that connects, with `platform` and `version` in it"),
    ("model", "`api-key`, or `tls` for the transport certificates"),
    ("name", "the name of the resource in Kubernetes, such as `quickstart`"),
    ("platform", "`self-managed`, `ech`, `ece` or `eck`"),
    ("remote", "a table of the cluster that is connected to, with `platform` and `version` in it"),
    ("version", "the version of Elasticsearch, such as 9.1.0"),
];
