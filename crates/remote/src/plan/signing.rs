//! Strong identity: the local cluster signs its requests, and the key works with its certificate
//! alone.

use super::Party;
use crate::connection::Platform;
use crate::document::{Document, map, texts};
use crate::kit::{Builder, Draft, Kind};

/// What the distinguished name of the signing certificate must be: a Java expression that all of it
/// must match, so dots are escaped and nothing is left off at its end.
pub(super) fn identity(local: &Party<'_>) -> Option<String> {
    if !local.connection.strong_identity {
        return None;
    }
    let ids = (&local.side.cluster_id, &local.side.scope_id);
    let name = match ids {
        (Some(cluster), Some(scope)) => {
            format!(".*\\.node\\.{cluster}\\.cluster\\.{scope}\\.account")
        }
        _ => local.connection.alias.clone(),
    };
    Some(format!("(.*,\\s*)?CN={name}(,.*)?"))
}

/// The remote cluster trusts the CA of the signing certificate.
pub(super) fn remote(local: &Party<'_>, remote: &Party<'_>, builder: &mut Builder) {
    if !remote.connection.strong_identity {
        return;
    }
    let (file, detail) = authority(local.side.platform, remote.side.platform);
    let body = persistent("signing", map([("certificate_authorities", texts([file]))]));
    let draft = Draft::new(
        remote.role,
        Kind::Api,
        "Trust the CA of the local cluster's signing certificate",
    )
    .who("somebody with the cluster privilege `manage` on the remote cluster")
    .file("signing-authority.json", body.to_json())
    .request("PUT", "/_cluster/settings")
    .detail(detail)
    .check("the answer has `\"acknowledged\": true`")
    .undo("the same request with `null` in the place of the list");
    builder.add(draft);
}

/// The file with the CA that signed the signing certificate, and how it gets there.
fn authority(local: Platform, remote: Platform) -> (&'static str, String) {
    let origin = match local {
        Platform::Ech => {
            "The local deployment signs with its nodes' certificates, so it is the CA of its transport layer (deployment, Security, CA certificates)."
        }
        _ => "It is the CA that issued the certificate that the local cluster signs with.",
    };
    match (local, remote) {
        (Platform::Ech, Platform::Ech) => (
            "internal_tls_ca.crt",
            "The file is there on every node, and holds the CAs of the region. For a local \
             deployment of another region, upload its CA as an extension and name that file."
                .to_owned(),
        ),
        (_, Platform::Ech) => (
            "/app/config/signing/signing-ca.crt",
            format!(
                "{origin} First upload it as an extension of the remote deployment: a zip file with \
                 `signing-ca.crt` in the folder `signing`."
            ),
        ),
        _ => (
            "signing-ca.crt",
            format!(
                "{origin} First put it into `config/` of every remote node, as `signing-ca.crt`."
            ),
        ),
    }
}

/// The local cluster signs.
pub(super) fn local(local: &Party<'_>, builder: &mut Builder) {
    if !local.connection.strong_identity {
        return;
    }
    let (certificate, key, detail) = match local.side.platform {
        Platform::Ech => ("node.crt", "node.key", "Both files are there on every node.".to_owned()),
        _ => (
            "signing.crt",
            "signing.key",
            format!(
                "First put both files into `config/` of every node. The subject of the certificate \
                 must be what `certificate_identity` of the API key asks for. A passphrase goes into \
                 the keystore, as `cluster.remote.{}.signing.key.secure_passphrase`.",
                local.connection.alias
            ),
        ),
    };
    let signing = map([("certificate", certificate.into()), ("key", key.into())]);
    let body = persistent(&local.connection.alias, map([("signing", signing)]));
    let draft = Draft::new(local.role, Kind::Api, "Sign requests to the remote cluster")
        .who("somebody with the cluster privilege `manage` on the local cluster")
        .file("signing-certificate.json", body.to_json())
        .request("PUT", "/_cluster/settings")
        .detail(detail)
        .check("a search on the remote cluster finds what it should; with `skip_unavailable` a wrong identity looks like an empty result")
        .undo("the same request with `null` for both");
    builder.add(draft);
}

/// What takes the signing settings of the local cluster away.
pub(super) fn nothing(local: &Party<'_>) -> Option<Document> {
    let keys = map([("certificate", Document::Null), ("key", Document::Null)]);
    local.connection.strong_identity.then_some(keys)
}

fn persistent(name: &str, settings: Document) -> Document {
    map([("persistent", map([("cluster", map([("remote", map([(name, settings)]))]))]))])
}
