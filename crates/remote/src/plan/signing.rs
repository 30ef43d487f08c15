//! Strong identity: the local cluster signs its requests, and the key works with its certificate
//! alone.

use std::collections::BTreeSet;

use crosstrust_x509::ClusterName;

use crate::connection::{Platform, SIGNING_AUTHORITIES};
use crate::document::{Document, map, texts};
use crate::error::Error;
use crate::kit::{Builder, Draft, Kind, word};
use crate::party::{NodeNaming, ONE_LIST, Party, hand_over_as, signer};
use crate::platform::eck;

/// What the distinguished name of the signing certificate must be: a Java expression that all of it
/// must match, so dots are escaped and nothing is left off at its end. Deployments are documented
/// with and without `.account` at the end of their nodes' names.
pub(super) fn identity(local: &Party<'_>) -> Option<String> {
    if !local.connection.strong_identity {
        return None;
    }
    let side = local.side;
    let cloud = |cluster, scope| any_node(ClusterName::Cloud { cluster, scope });
    let name = match (side.platform, &side.cluster_id, &side.scope_id) {
        (Platform::Ech | Platform::Ece, Some(cluster), Some(scope)) => {
            let name = cloud(cluster, scope);
            name.strip_suffix("\\.account").map(|start| format!("{start}(\\.account)?"))?
        }
        (Platform::Eck, Some(cluster), Some(scope)) => cloud(cluster, scope),
        (Platform::Eck, ..) => match NodeNaming::operators(side, local.material) {
            NodeNaming::Suffixed { suffix, .. } => format!(".*\\.{}", literal(&suffix)),
            NodeNaming::Listed(names) => {
                let names: Vec<String> = names.iter().map(|name| literal(name)).collect();
                format!("({})", names.join("|"))
            }
            _ => any_node(ClusterName::Kubernetes { name: &side.name, namespace: &side.namespace }),
        },
        _ => local.connection.alias.clone(),
    };
    Some(format!("(.*,\\s*)?CN={name}(,.*)?"))
}

/// A Java expression for the names of all nodes of a cluster.
fn any_node(cluster: ClusterName<'_>) -> String {
    format!(".*\\.{}", literal(&cluster.suffix()))
}

/// A Java expression for a name.
fn literal(name: &str) -> String {
    name.replace('.', "\\.")
}

/// A self-managed cluster gets a certificate to sign with; other platforms have one on every node.
pub(super) fn issue(local: &Party<'_>, builder: &mut Builder) {
    if !local.connection.strong_identity || local.side.platform != Platform::SelfManaged {
        return;
    }
    let alias = &local.connection.alias;
    let out = word(&local.beside_connection(&format!("{alias}-signing")));
    let issue = |signer: &str| format!("crosstrust cert {signer} --name {alias} --pem --out {out}");
    let mut draft = Draft::new(
        local.role,
        Kind::Command,
        "Issue the certificate that the local cluster signs its requests with",
    )
    .who("whoever keeps the CA of the signing certificates")
    .detail(
        "Its subject is what `certificate_identity` of the API key asks for. Its key may be RSA or EC. \
         Name the CA as `local.ca` in the connection file to have another one sign it.",
    );
    draft = match signer(local) {
        Some((signer, "")) => draft.command(issue(&signer)),
        Some((signer, note)) => draft.command(issue(&signer)).detail(note.trim_start()),
        None => {
            let ca = word(&local.beside_connection(&format!("{alias}-signing-ca")));
            let signer = format!("--ca-cert {ca}/ca.crt --ca-key {ca}/ca.key");
            draft
                .command(format!("crosstrust ca --pem --out {ca}\n{}", issue(&signer)))
                .detail(format!(
                    "The first command makes a CA for this purpose; `{ca}/ca.crt` is what the remote \
                     cluster trusts, as `{}`.",
                    file(local)
                ))
        }
    };
    builder.add(
        draft
            .check(format!(
                "`crosstrust inspect {out}/{alias}/{alias}.crt` shows the subject `CN={alias}`"
            ))
            .undo("delete the files"),
    );
}

/// The remote cluster trusts the CA of the signing certificate.
pub(super) fn remote(
    local: &Party<'_>,
    remote: &Party<'_>,
    builder: &mut Builder,
) -> Result<(), Error> {
    if !remote.connection.strong_identity {
        return Ok(());
    }
    if remote.side.platform == Platform::Eck {
        if is_given(local, remote) {
            hand_over_as(local, remote, &file(local), builder)?;
        }
        return eck::trust_signing(local, remote, &file(local), builder);
    }
    let (_, detail) = authority(local, remote);
    let mut files = remote.settings().get(SIGNING_AUTHORITIES).cloned().unwrap_or_default();
    let partners = remote.partners(local).into_iter();
    for signer in partners.filter(|partner| partner.connection.strong_identity) {
        if is_given(signer, remote) {
            hand_over_as(signer, remote, &file(signer), builder)?;
        }
        files.push(authority(signer, remote).0);
    }
    let mut seen = BTreeSet::new();
    files.retain(|file| seen.insert(file.clone()));
    let body = persistent("signing", map([("certificate_authorities", texts(&files))]));
    let draft = Draft::new(
        remote.role,
        Kind::Api,
        "Trust the CA of the local cluster's signing certificate",
    )
    .who("somebody with the cluster privilege `manage` on the remote cluster")
    .file("signing-authority.json", body.to_json())
    .request("PUT", "/_cluster/settings")
    .detail(detail)
    .detail(ONE_LIST)
    .check("the answer has `\"acknowledged\": true`")
    .undo(
        "the same request without this file in the list, or with `null` where it was the only one",
    );
    builder.add(draft);
    Ok(())
}

/// Whether the kit has the CA: everywhere but where each node of the region has it already.
fn is_given(local: &Party<'_>, remote: &Party<'_>) -> bool {
    let hosted = local.side.platform == Platform::Ech && remote.side.platform == Platform::Ech;
    !hosted && !local.material.authorities.is_empty()
}

/// The name of the file with the CA.
fn file(local: &Party<'_>) -> String {
    format!("{}-signing-ca.crt", local.connection.alias)
}

/// The file with the CA that signed the signing certificate, and how it gets there.
fn authority(local: &Party<'_>, remote: &Party<'_>) -> (String, String) {
    let file = file(local);
    let origin = match local.side.platform {
        Platform::Ech => {
            "The local deployment signs with its nodes' certificates, so it is the CA of its transport layer (deployment, Security, CA certificates)."
        }
        Platform::Eck => {
            "The local cluster signs with its nodes' certificates, so it is the CA of its transport layer (`ca.crt` of the secret `…-es-transport-certs-public`)."
        }
        _ => "It is the CA that issued the certificate that the local cluster signs with.",
    };
    match (local.side.platform, remote.side.platform) {
        (Platform::Ech, Platform::Ech) => (
            "internal_tls_ca.crt".to_owned(),
            "The file is there on every node, and holds the CAs of the region. For a local \
             deployment of another region, upload its CA as an extension and name that file."
                .to_owned(),
        ),
        (_, Platform::Ech) => {
            let detail = format!(
                "{origin} First upload it as an extension of the remote deployment: a zip file with \
                 `{file}` in the folder `signing`."
            );
            (format!("/app/config/signing/{file}"), detail)
        }
        _ => {
            let detail =
                format!("{origin} First put it into `config/` of every remote node, as `{file}`.");
            (file, detail)
        }
    }
}

/// The local cluster signs.
pub(super) fn local(local: &Party<'_>, builder: &mut Builder) {
    if !local.connection.strong_identity {
        return;
    }
    if local.side.platform == Platform::Eck {
        return eck::sign(local, builder);
    }
    let alias = &local.connection.alias;
    let folder = local.beside_connection(&format!("{alias}-signing/{alias}"));
    let (certificate, key, detail) = match local.side.platform {
        Platform::Ech => (
            "node.crt".to_owned(),
            "node.key".to_owned(),
            "Both files are there on every node.".to_owned(),
        ),
        _ => (
            format!("{alias}-signing.crt"),
            format!("{alias}-signing.key"),
            format!(
                "First put both files into `config/` of every node, under these names: the step above made \
                 them as `{folder}/{alias}.crt` and `{folder}/{alias}.key`. If the key has \
                 a passphrase, store it on every node before: `./bin/elasticsearch-keystore add \
                 cluster.remote.{alias}.signing.secure_key_passphrase`, then `POST \
                 /_nodes/reload_secure_settings`."
            ),
        ),
    };
    let signing = map([("certificate", certificate.into()), ("key", key.into())]);
    let body = persistent(alias, map([("signing", signing)]));
    let draft = Draft::new(local.role, Kind::Api, "Sign requests to the remote cluster")
        .who("somebody with the cluster privilege `manage` on the local cluster")
        .file("signing-certificate.json", body.to_json())
        .request("PUT", "/_cluster/settings")
        .detail(detail)
        .check("a search on the remote cluster finds what it should; with `skip_unavailable` a wrong identity looks like an empty result")
        .undo("the same request with `null` for both");
    builder.add(draft);
}

/// What takes the signing settings of the local cluster away; on Kubernetes they are in the manifest.
pub(super) fn nothing(local: &Party<'_>) -> Option<Document> {
    let keys = map([("certificate", Document::Null), ("key", Document::Null)]);
    let set = local.connection.strong_identity && local.side.platform != Platform::Eck;
    set.then_some(keys)
}

fn persistent(name: &str, settings: Document) -> Document {
    map([("persistent", map([("cluster", map([("remote", map([(name, settings)]))]))]))])
}
