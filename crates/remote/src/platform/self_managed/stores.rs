//! CAs that are imported into a trust store.

use crate::kit::{Draft, Kind, word};
use crate::plan::Party;

/// Imports CA files into every node's trust store, whose password is under a setting.
pub(super) fn import(own: &Party<'_>, store: &str, setting: &str, files: &[String]) -> Draft {
    let alias = &own.connection.alias;
    let path = in_config(store);
    let extension = std::path::Path::new(store).extension();
    let kind =
        if extension.is_some_and(|it| it.eq_ignore_ascii_case("jks")) { "JKS" } else { "PKCS12" };
    let line = |(index, file): (usize, &String)| {
        format!(
            "keytool -importcert -noprompt -alias {alias}-ca-{index} -file {} -keystore {path} -storetype {kind}",
            word(file),
        )
    };
    let command = (1..).zip(files).map(line).collect::<Vec<_>>().join("\n");
    Draft::new(own.role, Kind::Keystore, "Import the CA into every node's trust store")
        .who(own.who())
        .command(command)
        .detail(format!(
            "keytool asks for the store's password, which `./bin/elasticsearch-keystore show {setting}` \
             shows. Nothing is added to `certificate_authorities`: a node with both does not start."
        ))
        .detail(if store.starts_with('/') { ON_NODES } else { IN_CONFIG })
        .detail("The nodes read the store again by themselves; a restart is not needed. If the alias is there from an earlier CA of this connection, keep that entry until the new CA is in use, and import under another alias.")
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

const ON_NODES: &str = "The kit is copied to every node for it.";
const IN_CONFIG: &str = "`ES_PATH_CONF` is the folder of the node's `elasticsearch.yml`, to which the store's path is relative: `export ES_PATH_CONF=/etc/elasticsearch`, for example. The kit is copied to every node for it.";
