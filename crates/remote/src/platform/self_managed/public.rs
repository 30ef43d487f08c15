//! The JDK's public CAs, where a list or a trust store has taken their place.

use super::stores::{Store, in_config};
use crate::connection::PUBLIC_FILE;
use crate::kit::{Draft, Kind};
use crate::party::Party;

/// Writes them into a file on every node.
pub(super) fn as_file(own: &Party<'_>) -> Draft {
    let command = format!(
        "./jdk/bin/keytool -list -rfc -cacerts -storepass changeit \\\n  \
         | sed -n '/BEGIN CERTIFICATE/,/END CERTIFICATE/p' > {}",
        in_config(PUBLIC_FILE)
    );
    step(own, "Keep the public CAs trusted: write them into a file on every node", command)
        .detail("The list of the next step takes the place of the JDK's public CAs, one of which signed a remote cluster's certificate. Where the list has the root of that CA already, leave out this step, and the file in the list.")
        .check(format!("`crosstrust inspect` shows the certificates of `{PUBLIC_FILE}` on every node"))
        .undo(format!("delete `{PUBLIC_FILE}`, once no list names it"))
}

/// Imports them into the trust store of every node.
pub(super) fn into_store(own: &Party<'_>, store: &Store) -> Draft {
    let command = format!(
        "./jdk/bin/keytool -importkeystore -noprompt -srckeystore jdk/lib/security/cacerts \\\n  \
         -srcstorepass changeit -destkeystore {}",
        store.path
    );
    step(own, "Keep the public CAs trusted: import them into every node's trust store", command)
        .detail("The trust store takes the place of the JDK's public CAs, one of which signed the remote cluster's certificate. Where the store has the root of that CA already, leave out this step. keytool asks for the store's password, which `./bin/elasticsearch-keystore show xpack.security.remote_cluster_client.ssl.truststore.secure_password` shows.")
        .check("`keytool -list` shows them on every node")
        .undo("`keytool -delete` with their aliases")
}

fn step(own: &Party<'_>, title: &str, command: String) -> Draft {
    Draft::new(own.role, Kind::Command, title)
        .who(own.who())
        .command(command)
        .detail("Run it in Elasticsearch's own folder: `jdk/` there is the JDK that comes with it. `ES_PATH_CONF` is the folder of the node's `elasticsearch.yml`: `export ES_PATH_CONF=/etc/elasticsearch`, for example. The nodes' CAs are those of their JDK's version: write the file anew after an upgrade.")
}
