//! The local side of the API key model: the key, and the CA of port 9443.

use super::settings::Wanted;
use super::stores::import;
use super::{keystore, restart};
use crate::connection::{CLIENT_AUTHORITIES, CLIENT_TRUSTSTORE};
use crate::error::Error;
use crate::kit::{Builder, Draft, Kind};
use crate::plan::{Party, authority_files, hand_over, is_private};

/// Has the nodes trust the remote cluster server, and take the key.
pub(super) fn steps(own: &Party<'_>, peer: &Party<'_>, builder: &mut Builder) -> Result<(), Error> {
    let settings = own.settings();
    let store = settings.get(CLIENT_TRUSTSTORE).and_then(|paths| paths.first()).cloned();
    let mut wanted = Wanted::default();
    wanted.set("xpack.security.remote_cluster_client.ssl.enabled", vec!["true".to_owned()]);
    if store.is_none() {
        let list = settings.get(CLIENT_AUTHORITIES).cloned().unwrap_or_default();
        let list = joined(own, peer, list, builder)?;
        if !list.is_empty() {
            wanted.set(CLIENT_AUTHORITIES, list);
        }
    }
    let is_list = wanted.has(CLIENT_AUTHORITIES);
    let settings = wanted.draft(own, "Trust the remote cluster server");
    let is_changed = settings.is_some();
    if let Some(draft) = settings {
        let detail = if is_list { LIST } else { PUBLIC };
        builder.add(
            draft.detail(detail).check("every node has the lines").undo("take the lines out again"),
        );
    }
    if let Some(store) = store.filter(|_| is_private(peer) && !own.trusts(peer)) {
        let files = authority_files(peer, own, builder)?;
        let setting = "xpack.security.remote_cluster_client.ssl.truststore.secure_password";
        builder.add(import(own, &store, setting, &files));
    }
    let setting = format!("cluster.remote.{}.credentials", own.connection.alias);
    builder.add(keystore(own, &setting, "the `encoded` of the API key"));
    if is_changed {
        builder.add(
            restart(own, "the cluster is green again").detail(
                "Where only the key has changed, `POST /_nodes/reload_secure_settings` does.",
            ),
        );
    } else {
        builder.add(reload(own));
    }
    Ok(())
}

/// The list with the CAs of all remote clusters that are not trusted yet.
fn joined(
    own: &Party<'_>,
    peer: &Party<'_>,
    mut list: Vec<String>,
    builder: &mut Builder,
) -> Result<Vec<String>, Error> {
    for partner in [peer].into_iter().chain(own.others()) {
        if !is_private(partner) || own.trusts(partner) {
            continue;
        }
        hand_over(partner, own, builder)?;
        let file = partner.ca_file();
        if !list.contains(&file) {
            list.push(file);
        }
    }
    Ok(list)
}

fn reload(own: &Party<'_>) -> Draft {
    Draft::new(own.role, Kind::Api, "Have the nodes read their keystores again")
        .who("somebody with the cluster privilege `manage` on the local cluster")
        .request("POST", "/_nodes/reload_secure_settings")
        .check("the answer lists every node, none of them with `reload_exception`")
        .undo("nothing; it only reads")
}

const LIST: &str = "Put the CA files of the steps before into `config/` of every node, without the number before their names. The list serves every remote cluster that is connected by API key, and takes the place of the JDK's public CAs: where one of them has a public CA, name its root there too.";
const PUBLIC: &str = "The remote side's CA is a public one, which the JDK trusts. If `xpack.security.remote_cluster_client.ssl.certificate_authorities` or a trust store is set for another remote cluster, the nodes trust that alone: then add the root of the public CA to it.";
