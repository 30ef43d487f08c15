//! A TLS context: what a node presents there, and whom it accepts.

use crosstrust_keystore::Password;
use crosstrust_keystore::java::{Obstacle, Reason};
use crosstrust_restrictions::X509Field;

use super::file::{ClearPassword, NamedFile};
use super::subject::Subject;
use crate::settings::VerificationMode;

/// One of the TLS contexts of a node.
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
}

/// A TLS context that is in use, as its settings have it.
#[derive(Clone)]
pub struct TlsContext {
    /// Which of them.
    pub kind: ContextKind,
    /// What the node presents, if anything.
    pub identity: Option<IdentityFiles>,
    /// Whom it trusts.
    pub trust: TrustFiles,
    /// `trust_restrictions.path`.
    pub restrictions: Option<NamedFile>,
    /// `trust_restrictions.x509_fields`.
    pub fields: Vec<X509Field>,
    /// `verification_mode`.
    pub mode: VerificationMode,
    /// `cipher_suites`; empty where Elasticsearch's own apply.
    pub cipher_suites: Vec<String>,
}

/// Where a node's certificate and key are.
#[derive(Clone)]
pub enum IdentityFiles {
    /// In a key store.
    KeyStore(StoreFile),
    /// In PEM files.
    Pem {
        /// `certificate`: the node's own, then others.
        certificate: NamedFile,
        /// `key`.
        key: NamedFile,
        /// `key_passphrase`, if it is there in clear text.
        passphrase: Option<ClearPassword>,
    },
}

/// Where trusted certificates are.
#[derive(Clone)]
pub enum TrustFiles {
    /// `certificate_authorities`.
    Authorities(Vec<NamedFile>),
    /// Not said: the JDK's own CAs, and what is in the node's key store.
    Unsaid,
    /// `truststore.path`.
    Store(Box<StoreFile>),
}

/// A key store that a setting names.
#[derive(Clone)]
pub struct StoreFile {
    /// The file.
    pub file: NamedFile,
    /// Its password, if it is there in clear text.
    pub password: Option<ClearPassword>,
    /// The password of its keys, if that is there in clear text.
    pub key_password: Option<ClearPassword>,
    /// The type that the settings name, if they do.
    pub store_type: Option<String>,
}

impl StoreFile {
    /// What keeps Java from the store, of all that keeps it from one whose type is not named.
    pub fn obstacles(&self, mut found: Vec<Obstacle>) -> Vec<Obstacle> {
        let is_named = |kind: &String| kind.eq_ignore_ascii_case("jceks");
        if self.store_type.as_ref().is_some_and(is_named) {
            found.retain(|one| !matches!(one.reason, Reason::Jceks));
        }
        found
    }
}

impl ContextKind {
    /// All of them.
    pub const ALL: [Self; 4] =
        [Self::Transport, Self::RemoteClusterServer, Self::RemoteClusterClient, Self::Http];

    /// What the names of its settings begin with.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Transport => "xpack.security.transport.ssl.",
            Self::RemoteClusterServer => "xpack.security.remote_cluster_server.ssl.",
            Self::RemoteClusterClient => "xpack.security.remote_cluster_client.ssl.",
            Self::Http => "xpack.security.http.ssl.",
        }
    }
}

/// The context, if the node uses it.
pub(super) fn read(kind: ContextKind, subject: &Subject<'_>) -> Option<TlsContext> {
    if !is_used(kind, subject) {
        return None;
    }
    let fields = subject.list(kind, "trust_restrictions.x509_fields");
    let fields: Vec<X509Field> = fields.iter().filter_map(|field| field.parse().ok()).collect();
    let mode = subject.text(kind, "verification_mode").and_then(|mode| mode.parse().ok());
    Some(TlsContext {
        kind,
        identity: identity(kind, subject),
        trust: trust(kind, subject),
        restrictions: named(kind, subject, "trust_restrictions.path"),
        fields: if fields.is_empty() { X509Field::DEFAULT.to_vec() } else { fields },
        mode: mode.unwrap_or_default(),
        cipher_suites: subject.list(kind, "cipher_suites"),
    })
}

/// A server of remote clusters must be switched on; the others are in use where they are set.
pub(crate) fn is_used(kind: ContextKind, subject: &Subject<'_>) -> bool {
    if subject.text(kind, "enabled").is_some_and(|enabled| enabled == "false") {
        return false;
    }
    match kind {
        ContextKind::RemoteClusterServer => {
            let switch = subject.file.get("remote_cluster_server.enabled");
            switch.is_some_and(|switch| switch.value.text == "true")
        }
        ContextKind::Http => subject.text(kind, "enabled").is_some_and(|enabled| enabled == "true"),
        _ => subject.settings_of(kind).next().is_some(),
    }
}

fn identity(kind: ContextKind, subject: &Subject<'_>) -> Option<IdentityFiles> {
    if let Some(store) = store(kind, subject, "keystore") {
        return Some(IdentityFiles::KeyStore(store));
    }
    let certificate = named(kind, subject, "certificate")?;
    let key = named(kind, subject, "key")?;
    let passphrase = password(kind, subject, "key_passphrase");
    Some(IdentityFiles::Pem { certificate, key, passphrase })
}

fn trust(kind: ContextKind, subject: &Subject<'_>) -> TrustFiles {
    if let Some(store) = store(kind, subject, "truststore") {
        return TrustFiles::Store(Box::new(store));
    }
    let Some(setting) = subject.setting(kind, "certificate_authorities") else {
        return TrustFiles::Unsaid;
    };
    let files = setting.items.iter().filter_map(|item| {
        let path = subject.filled_in(&item.text).ok().filter(|path| !path.is_empty())?;
        Some(NamedFile { path, setting: setting.key.clone(), place: item.place })
    });
    TrustFiles::Authorities(files.collect())
}

fn store(kind: ContextKind, subject: &Subject<'_>, name: &str) -> Option<StoreFile> {
    let file = named(kind, subject, &format!("{name}.path"))?;
    let key_password = password(kind, subject, &format!("{name}.key_password"));
    let password = password(kind, subject, &format!("{name}.password"));
    let store_type = subject.text(kind, &format!("{name}.type"));
    Some(StoreFile { file, password, key_password, store_type })
}

fn password(kind: ContextKind, subject: &Subject<'_>, name: &str) -> Option<ClearPassword> {
    let setting = subject.setting(kind, name)?;
    let password = Password::new(subject.text(kind, name)?);
    Some(ClearPassword { password, setting: setting.key.clone(), place: setting.value.place })
}

fn named(kind: ContextKind, subject: &Subject<'_>, name: &str) -> Option<NamedFile> {
    let setting = subject.setting(kind, name)?;
    let path = subject.text(kind, name).filter(|path| !path.is_empty())?;
    Some(NamedFile { path, setting: setting.key.clone(), place: setting.value.place })
}
