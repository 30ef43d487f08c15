//! The names of settings that a kit speaks of.

use crosstrust_settings::SettingsFile;

use super::choice::Model;

/// The CA files that an `elasticsearch.yml` names for connections by a model, as they stand there.
pub fn authority_paths(file: &SettingsFile, model: Model) -> Vec<String> {
    let name = match model {
        Model::ApiKey => CLIENT_AUTHORITIES,
        Model::Tls => AUTHORITIES,
    };
    let items = file.get(name).map_or(&[][..], |setting| &setting.items);
    items.iter().map(|item| item.text.clone()).collect()
}

/// The setting of the CAs whose certificates sign requests.
pub(crate) const SIGNING_AUTHORITIES: &str = "cluster.remote.signing.certificate_authorities";
/// The setting of the names that restrictions compare.
pub(crate) const X509_FIELDS: &str = "xpack.security.transport.ssl.trust_restrictions.x509_fields";
/// The setting of the CAs that the transport layer trusts.
pub(crate) const AUTHORITIES: &str = "xpack.security.transport.ssl.certificate_authorities";
/// The setting of the transport layer's trust store.
pub(crate) const TRUSTSTORE: &str = "xpack.security.transport.ssl.truststore.path";
/// The setting of the transport layer's key store.
pub(crate) const KEYSTORE: &str = "xpack.security.transport.ssl.keystore.path";
/// The setting of the CAs that are trusted on the port of other clusters' API keys.
pub(crate) const CLIENT_AUTHORITIES: &str =
    "xpack.security.remote_cluster_client.ssl.certificate_authorities";
/// The setting of the trust store for the same.
pub(crate) const CLIENT_TRUSTSTORE: &str =
    "xpack.security.remote_cluster_client.ssl.truststore.path";
/// The setting of what the transport layer verifies.
pub(crate) const VERIFICATION_MODE: &str = "xpack.security.transport.ssl.verification_mode";
/// The setting of what connections by API key verify.
pub(crate) const CLIENT_VERIFICATION_MODE: &str =
    "xpack.security.remote_cluster_client.ssl.verification_mode";
/// The setting that switches the remote cluster server on.
pub(crate) const REMOTE_SERVER: &str = "remote_cluster_server.enabled";
/// The setting of the port that it listens on.
pub(crate) const REMOTE_SERVER_PORT: &str = "remote_cluster.port";
/// Settings that say where the remote cluster server listens; the first of them that is set counts.
pub(crate) const ADDRESSES: [&str; 6] = [
    "remote_cluster.bind_host",
    "remote_cluster.host",
    "transport.bind_host",
    "transport.host",
    "network.bind_host",
    "network.host",
];
/// The file in which nodes keep the JDK's public CAs beside a list of others: no CA of an alias is in a file of
/// this name.
pub(crate) const PUBLIC_FILE: &str = "public-roots.crt";

/// Whether a path of a list of CAs is that of the file.
pub(crate) fn is_public_file(path: &str) -> bool {
    path.rsplit(['/', '\\']).next() == Some(PUBLIC_FILE)
}
