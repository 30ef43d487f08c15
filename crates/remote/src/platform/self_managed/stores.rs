//! CAs that are imported into a trust store.

use crosstrust_x509::Certificate;

use crate::connection::{CLIENT_TRUSTSTORE, Model, TRUSTSTORE};
use crate::kit::{Draft, Kind, word};
use crate::party::{Party, store_alias};

/// A trust store of the nodes, as a command names it that is run there.
#[derive(Clone, Debug)]
pub(super) struct Store {
    /// As a setting or the connection file has it.
    pub(super) name: String,
    /// As a word of the command.
    pub(super) path: String,
    kind: &'static str,
    place: &'static str,
    /// The setting that has its password.
    password: &'static str,
}

impl Store {
    /// The store that the nodes take their trust from: as `elasticsearch.yml` names it, else as the
    /// connection file does.
    pub(super) fn of(own: &Party<'_>) -> Option<Self> {
        let (setting, password) = match own.connection.model {
            Model::ApiKey => (CLIENT_TRUSTSTORE, CLIENT_PASSWORD),
            Model::Tls => (TRUSTSTORE, TRANSPORT_PASSWORD),
        };
        let set = own.material.setting(setting).map(|path| path.value.text.clone());
        let named = own.side.truststore.as_ref().filter(|_| own.connection.model == Model::Tls);
        let name = set.as_ref().or(named)?;
        let extension = std::path::Path::new(name).extension();
        let is_jks = extension.is_some_and(|it| it.eq_ignore_ascii_case("jks"));
        let kind = if is_jks { "JKS" } else { "PKCS12" };
        let is_here = own.material.trust_store.as_ref().is_some_and(|store| store.is_here);
        let (path, place) = if set.is_none() && (is_here || name.split('/').any(|it| it == "..")) {
            ("\"${TRUSTSTORE:?}\"".to_owned(), UNSAID)
        } else {
            (in_config(name), if name.starts_with('/') { ON_NODES } else { IN_CONFIG })
        };
        Some(Self { name: name.clone(), path, kind, place, password })
    }
}

/// Imports CA files into every node's trust store, each under an alias of its own.
pub(super) fn import(own: &Party<'_>, store: &Store, files: &[(String, &Certificate)]) -> Draft {
    let Store { path, kind, place, password, .. } = store;
    let line = |(file, certificate): &(String, &Certificate)| {
        let alias = store_alias(&own.connection.alias, certificate);
        format!(
            "keytool -importcert -noprompt -alias {alias} -file {} -keystore {path} -storetype {kind}",
            word(file),
        )
    };
    let command = files.iter().map(line).collect::<Vec<_>>().join("\n");
    Draft::new(own.role, Kind::Keystore, "Import the CA into every node's trust store")
        .who(own.who())
        .command(command)
        .detail(format!(
            "keytool asks for the store's password, which `./bin/elasticsearch-keystore show {password}` \
             shows. Nothing is added to `certificate_authorities`: a node with both does not start."
        ))
        .detail(*place)
        .detail("The entries that are there stay: each CA has an alias of its own, with the start of its SHA-256 fingerprint. The nodes read the store again by themselves; a restart is not needed.")
        .check("`keytool -list` shows the alias on every node")
        .undo("`keytool -delete` with the same alias")
}

/// A path that is relative to `config/`, as a command names it that is run elsewhere.
pub(super) fn in_config(path: &str) -> String {
    if path.starts_with('/') {
        return word(path);
    }
    format!("\"${{ES_PATH_CONF:?}}\"/{}", word(path))
}

const CLIENT_PASSWORD: &str = "xpack.security.remote_cluster_client.ssl.truststore.secure_password";
const TRANSPORT_PASSWORD: &str = "xpack.security.transport.ssl.truststore.secure_password";
const UNSAID: &str = "`TRUSTSTORE` is the path of the store on the node, which `xpack.security.transport.ssl.truststore.path` in its `elasticsearch.yml` has: the connection file names a file that is somewhere else. The kit is copied to every node for it.";
const ON_NODES: &str = "The kit is copied to every node for it.";
const IN_CONFIG: &str = "`ES_PATH_CONF` is the folder of the node's `elasticsearch.yml`, to which the store's path is relative: `export ES_PATH_CONF=/etc/elasticsearch`, for example. The kit is copied to every node for it.";
