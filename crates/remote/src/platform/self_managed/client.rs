//! The local side of the API key model: the key, and the CA of port 9443.

use super::public;
use super::settings::Wanted;
use super::stores::{Store, import};
use super::{LINES_BACK, keystore, restart};
use crate::connection::CLIENT_AUTHORITIES;
use crate::connection::{PUBLIC_FILE, is_public_file};
use crate::error::Error;
use crate::kit::{Builder, Draft, Kind};
use crate::party::{Party, authority_files, hand_over_beside, is_private};

/// Has the nodes trust the remote cluster server, and take the key.
pub(super) fn steps(own: &Party<'_>, peer: &Party<'_>, builder: &mut Builder) -> Result<(), Error> {
    let settings = own.settings();
    let store = Store::of(own);
    let there = settings.get(CLIENT_AUTHORITIES).cloned().unwrap_or_default();
    let mut wanted = Wanted::default();
    if there.is_empty() || settings.contains_key(CLIENT_TLS) {
        wanted.set(CLIENT_TLS, vec!["true".to_owned()]);
    }
    let mut told = PUBLIC.to_owned();
    if let Some(store) = &store {
        told = format!("The nodes trust what is in `{}`, which another step adds to.", store.name);
    } else {
        let list = joined(own, peer, there.clone(), builder)?;
        if list != there {
            LIST.clone_into(&mut told);
        } else if is_private(peer) {
            TRUSTED.clone_into(&mut told);
        }
        if !list.is_empty() {
            wanted.set(CLIENT_AUTHORITIES, list);
        }
    }
    wanted.take_out(own, peer);
    let settings = wanted.draft(own, "Trust the remote cluster server");
    let is_changed = settings.is_some();
    if let Some(draft) = settings {
        builder.add(draft.detail(told).check("every node has the lines").undo(LINES_BACK));
    }
    if let Some(store) = store {
        imported(own, peer, &store, builder)?;
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

/// What the trust store has not got of the remote cluster server's CA.
fn imported(
    own: &Party<'_>,
    peer: &Party<'_>,
    store: &Store,
    builder: &mut Builder,
) -> Result<(), Error> {
    if !is_private(peer) {
        builder.add(public::into_store(own, store));
    } else if !own.trusts(peer) {
        let files = authority_files(peer, own, builder)?;
        builder.add(import(own, store, &files));
    }
    Ok(())
}

/// The list with the CAs of all remote clusters that are not trusted yet. Where there is a list, the
/// JDK's public CAs must be in it for those whose CA is public.
fn joined(
    own: &Party<'_>,
    peer: &Party<'_>,
    mut list: Vec<String>,
    builder: &mut Builder,
) -> Result<Vec<String>, Error> {
    let servers = own.servers(peer);
    for partner in &servers {
        if !is_private(partner) || own.trusts(partner) {
            continue;
        }
        let file = hand_over_beside(partner, own, &list, builder)?;
        if !list.contains(&file) {
            list.push(file);
        }
    }
    let is_public = servers.iter().any(|partner| !is_private(partner));
    if is_public && !list.is_empty() && !list.iter().any(|file| is_public_file(file)) {
        builder.add(public::as_file(own));
        list.push(PUBLIC_FILE.to_owned());
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

const CLIENT_TLS: &str = "xpack.security.remote_cluster_client.ssl.enabled";
const LIST: &str = "Put the CA files of the steps before into `config/` of every node, without the number before their names. The list serves every remote cluster that is connected by API key, and takes the place of the JDK's public CAs: where another remote cluster, of which this kit does not know, has a public CA, name its root there too.";
const PUBLIC: &str = "The remote side's CA is a public one, which the JDK trusts. If `xpack.security.remote_cluster_client.ssl.certificate_authorities` or a trust store is set for another remote cluster, the nodes trust that alone: then add the root of the public CA to it.";
const TRUSTED: &str =
    "The nodes trust the remote cluster server's CA already: it is in the list that they have.";
