//! Strong identity on Kubernetes: nodes sign with the certificates that the operator gives them.

use super::authorities;
use super::manifest::{NodeConfig, elasticsearch, label, manifest_step, object};
use super::mount::Mount;
use crate::connection::SIGNING_AUTHORITIES;
use crate::document::{Document, map, texts};
use crate::error::Error;
use crate::kit::Builder;
use crate::party::{ONE_LIST, Party};

/// The nodes sign with their transport certificates; a path with the pod's name can only stand in
/// the nodes' own settings.
pub(crate) fn sign(own: &Party<'_>, builder: &mut Builder) {
    let setting = |what: &str| format!("cluster.remote.{}.signing.{what}", own.connection.alias);
    let path = |end: &str| Document::from(format!("transport-certs/${{POD_NAME}}.tls.{end}"));
    let config = map([
        (setting("certificate").as_str(), path("crt")),
        (setting("key").as_str(), path("key")),
    ]);
    let config = NodeConfig { config, mounts: Vec::new() };
    let Some(change) = elasticsearch(own, Document::empty(), Some(&config), builder) else {
        return;
    };
    let draft = manifest_step(own, "Sign requests to the remote cluster", &change).detail(
        "Each node signs with its transport certificate. `certificate_identity` of the API key admits \
         their subjects.",
    );
    builder.add(draft);
}

/// The nodes trust the CA of the other side's signing certificates.
pub(crate) fn trust_signing(
    local: &Party<'_>,
    own: &Party<'_>,
    file: &str,
    builder: &mut Builder,
) -> Result<(), Error> {
    let alias = &own.connection.alias;
    let name = object(own, alias, "signing-ca");
    let origin = "It holds the CA that issued the certificates that the local cluster signs with.";
    let held = local.authorities()?;
    if !authorities::are_there(own, &name, file, held) {
        builder.add(authorities::step(own, &name, file, held, origin));
    }
    let folder = format!("{}-signing-ca", label(alias));
    let config = map([(SIGNING_AUTHORITIES, texts([format!("{folder}/{file}")]))]);
    let config = NodeConfig { config, mounts: vec![Mount { folder, config_map: name }] };
    if let Some(change) = elasticsearch(own, Document::empty(), Some(&config), builder) {
        let title = "Trust the CA of the local cluster's signing certificate";
        builder.add(manifest_step(own, title, &change).detail(ONE_LIST));
    }
    Ok(())
}
