//! The TLS contexts of a node, by what the names of their settings begin with.

use std::collections::BTreeSet;

use crosstrust_settings::SettingsFile;

use super::registered::is_namespace;

/// What a TLS context is for.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum ContextKind {
    /// Between nodes, and between clusters by certificates: port 9300.
    Transport,
    /// Where clusters with an API key come in: port 9443.
    RemoteClusterServer,
    /// By which the node connects to clusters that take an API key.
    RemoteClusterClient,
    /// Where clients come in: port 9200.
    Http,
    /// A further port of the transport layer.
    Profile,
    /// By which a realm connects to its directory or identity provider.
    Realm,
    /// By which monitoring, Watcher, its mails or a reindex from elsewhere connect.
    Client,
    /// With what requests to a cluster by API key are signed.
    Signing,
    /// Whose signatures of such requests count.
    SigningTrust,
}

/// A TLS context that the settings of a node may have.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct ContextName {
    pub(crate) kind: ContextKind,
    /// What the names of its settings begin with, the last dot included.
    pub(crate) prefix: String,
}

impl ContextName {
    /// The contexts that every node may have, and the others of which a file has settings.
    pub(crate) fn all(file: &SettingsFile) -> Vec<Self> {
        let mut found = BTreeSet::new();
        for setting in file.settings() {
            let named = FURTHER.iter().find_map(|(kind, before, after)| {
                Some((*kind, prefix(&setting.key, before, after)?))
            });
            if let Some((kind, prefix)) = named {
                found.insert((kind, prefix.to_owned()));
            }
        }
        let fixed = FIXED.iter().map(|(kind, prefix)| (*kind, (*prefix).to_owned()));
        let names = fixed.chain(found);
        names.map(|(kind, prefix)| Self { kind, prefix }).collect()
    }

    /// What the names of the transport layer's settings begin with, or of another context that there
    /// is but once.
    pub(crate) fn fixed_prefix(kind: ContextKind) -> &'static str {
        let row = FIXED.iter().find(|(fixed, _)| *fixed == kind);
        row.map_or("", |(_, prefix)| *prefix)
    }
}

/// The beginning of a key that begins with `before`, has something between dots, and goes on with
/// `after`.
fn prefix<'a>(key: &'a str, before: &'a str, after: &str) -> Option<&'a str> {
    let rest = key.strip_prefix(before)?;
    if after.is_empty() {
        return Some(before).filter(|_| !rest.is_empty());
    }
    let (name, behind) = rest.split_once(after).filter(|(_, behind)| !behind.is_empty())?;
    // A realm is called by its type and its name.
    let parts = if before == REALMS { 2 } else { 1 };
    let is_named = name.split('.').count() == parts && name.split('.').all(is_namespace);
    key.strip_suffix(behind).filter(|_| is_named)
}

const FIXED: [(ContextKind, &str); 4] = [
    (ContextKind::Transport, "xpack.security.transport.ssl."),
    (ContextKind::RemoteClusterServer, "xpack.security.remote_cluster_server.ssl."),
    (ContextKind::RemoteClusterClient, "xpack.security.remote_cluster_client.ssl."),
    (ContextKind::Http, "xpack.security.http.ssl."),
];

/// Contexts that a node has where there are settings of them, some once for each name that stands
/// between the two texts.
const FURTHER: [(ContextKind, &str, &str); 8] = [
    (ContextKind::Profile, "transport.profiles.", ".xpack.security.ssl."),
    (ContextKind::Realm, REALMS, ".ssl."),
    (ContextKind::Client, "xpack.monitoring.exporters.", ".ssl."),
    (ContextKind::Client, "xpack.http.ssl.", ""),
    (ContextKind::Client, "xpack.notification.email.ssl.", ""),
    (ContextKind::Client, "reindex.ssl.", ""),
    // A cluster may be called `signing`.
    (ContextKind::Signing, "cluster.remote.", ".signing."),
    (ContextKind::SigningTrust, "cluster.remote.signing.", ""),
];

const REALMS: &str = "xpack.security.authc.realms.";

#[cfg(test)]
mod tests {
    use super::*;

    fn further(text: &str) -> Vec<(ContextKind, String)> {
        let file = SettingsFile::parse(text.as_bytes()).unwrap();
        let names = ContextName::all(&file).into_iter().skip(FIXED.len());
        names.map(|name| (name.kind, name.prefix)).collect()
    }

    #[test]
    fn contexts_are_found_by_the_settings_that_they_have() {
        #[track_caller]
        fn check(line: &str, expected: Option<(ContextKind, &str)>) {
            let expected: Vec<_> =
                expected.into_iter().map(|(kind, prefix)| (kind, prefix.to_owned())).collect();
            assert_eq!(further(line), expected, "{line}");
        }

        let profile = "transport.profiles.client.xpack.security.ssl.";
        check(&format!("{profile}key: a"), Some((ContextKind::Profile, profile)));
        let realm = "xpack.security.authc.realms.ldap.l1.ssl.";
        check(&format!("{realm}certificate_authorities: a"), Some((ContextKind::Realm, realm)));
        check("xpack.http.ssl.key: a", Some((ContextKind::Client, "xpack.http.ssl.")));
        let signing = "cluster.remote.east.signing.";
        check(&format!("{signing}key: a"), Some((ContextKind::Signing, signing)));
        let trust = "cluster.remote.signing.";
        check(&format!("{trust}truststore.path: a"), Some((ContextKind::SigningTrust, trust)));
        let of_its_own = "cluster.remote.signing.signing.";
        check(&format!("{of_its_own}key: a"), Some((ContextKind::Signing, of_its_own)));
        check("transport.profiles.client.port: 9500", None);
        check("xpack.security.authc.realms.ldap.l1.order: 1", None);
        check("cluster.remote.east.seeds: a:9300", None);
        check("xpack.security.transport.ssl.key: a", None);
        check("transport.profiles.a.b.xpack.security.ssl.key: a", None);
        check("xpack.security.authc.realms.l1.ssl.key: a", None);
    }
}
