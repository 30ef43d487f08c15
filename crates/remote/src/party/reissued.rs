//! Whether the nodes of a side get new certificates, since the names of the old ones do not fit.

use crosstrust_x509::ClusterName;

use super::Party;
use super::naming::other_names;
use crate::connection::{KEYSTORE, Platform, Side, TRUSTSTORE};

/// Whether the nodes get new certificates.
pub(crate) fn is_reissued(own: &Party<'_>) -> bool {
    own.side.platform == Platform::SelfManaged && own.side.has_ids() && !is_named(own)
}

/// Whether the nodes are to get new certificates of a CA that cannot sign any more. A cluster that configured
/// itself threw the key of its CA away, and a node's own store has none.
pub(crate) fn is_keyless(own: &Party<'_>) -> bool {
    let (side, material) = (own.side, own.material);
    if !is_reissued(own) || !material.files_with_key.is_empty() {
        return false;
    }
    let is_store = |path: &String| material.node_stores.contains(path);
    let settings = own.settings();
    let stores = settings.get(TRUSTSTORE).into_iter().flatten().chain(&side.truststore);
    let configured_itself = stores.chain(&side.ca).any(|path| path.ends_with("transport.p12"));
    // Another CA beside the one without a key is the new one, and its key may be elsewhere.
    let is_alone = material.authorities.len() == 1;
    (!side.ca.is_empty() && side.ca.iter().all(is_store)) || (configured_itself && is_alone)
}

/// Whether the nodes get new certificates by names that are listed: nobody can tell which of them has a
/// certificate that is there.
pub(crate) fn is_renamed(own: &Party<'_>) -> bool {
    is_reissued(own) && own.nodes().is_empty()
}

/// Whether the nodes have their certificates in PEM files: as their settings say, or else as the files
/// that the connection file names.
pub(crate) fn has_pem(own: &Party<'_>) -> bool {
    let settings = own.settings();
    if settings.contains_key("xpack.security.transport.ssl.certificate") {
        return true;
    }
    if settings.contains_key(KEYSTORE) {
        return false;
    }
    let is_pem = |label: &str| {
        let lower = label.to_ascii_lowercase();
        [".pem", ".crt", ".cer", ".cert"].iter().any(|end| lower.ends_with(end))
    };
    !own.nodes().is_empty() && own.nodes().iter().all(|node| is_pem(&node.label))
}

/// The folder that the new certificates are left in.
pub(crate) fn new_certificates(own: &Party<'_>) -> String {
    own.beside_connection(&format!("{}-{}-certificates", own.tag(), own.word()))
}

/// Whether every node is known to have its name already.
fn is_named(own: &Party<'_>) -> bool {
    let suffix = suffix(own.side);
    let fits = |names: &[String]| names.iter().any(|name| name.ends_with(&suffix));
    if own.nodes().is_empty() {
        let names = &own.side.node_names;
        return !names.is_empty() && names.iter().all(|node| node.name.ends_with(&suffix));
    }
    own.nodes().iter().all(|node| fits(&other_names(&node.certificate)))
}

/// What the names of a cluster that follows the cloud's pattern end with.
pub(super) fn suffix(side: &Side) -> String {
    let part = |id: &Option<String>| id.clone().unwrap_or_default();
    let (cluster, scope) = (part(&side.cluster_id), part(&side.scope_id));
    format!(".{}", ClusterName::Cloud { cluster: &cluster, scope: &scope }.suffix())
}
