//! A TLS context: what a node presents there, and whom it accepts.

use crosstrust_keystore::Password;
use crosstrust_keystore::java::StoreType;
use crosstrust_restrictions::X509Field;

use super::context_name::{ContextKind, ContextName};
use super::file::{ClearPassword, NamedFile};
use super::key;
use super::subject::Subject;
use crate::settings::VerificationMode;

/// A TLS context, as its settings have it.
#[derive(Clone)]
pub struct TlsContext {
    /// Which of them.
    pub kind: ContextKind,
    /// Whether connections are made by it: the files of one that is switched off are read as well.
    pub is_in_use: bool,
    /// Whether all variables of its settings are set here: where one is not, it is not known whom it trusts.
    pub is_known: bool,
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
    /// `supported_protocols`; empty where Elasticsearch's own apply.
    pub protocols: Vec<String>,
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
    /// Not read, since everybody is trusted (`verification_mode: none`).
    Everybody,
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
    /// As what Java reads it; nothing where the settings name a type that Java does not have.
    pub store_type: Option<StoreType>,
    /// Its password, if it is there in clear text.
    pub password: Option<ClearPassword>,
    /// The password of its keys, if that is there in clear text.
    pub key_password: Option<ClearPassword>,
    /// Whether Java's newer key manager reads it (`algorithm: PKIX`): it opens a key when that is needed, and
    /// chooses among several by rules of its own.
    pub opens_late: bool,
}

impl TlsContext {
    /// The files of certificates and keys that it names.
    pub fn files(&self) -> Vec<&NamedFile> {
        let mut files = self.certificate_files();
        if let Some(IdentityFiles::Pem { key, .. }) = &self.identity {
            files.push(key);
        }
        files
    }

    /// The key stores and files of certificates that it names.
    pub fn certificate_files(&self) -> Vec<&NamedFile> {
        let identity = match &self.identity {
            None => Vec::new(),
            Some(IdentityFiles::KeyStore(store)) => vec![&store.file],
            Some(IdentityFiles::Pem { certificate, .. }) => vec![certificate],
        };
        let trust = match &self.trust {
            TrustFiles::Authorities(files) => files.iter().collect(),
            TrustFiles::Store(store) => vec![&store.file],
            TrustFiles::Everybody | TrustFiles::Unsaid => Vec::new(),
        };
        [identity, trust].concat()
    }
}

/// The context, if the node reads its settings.
pub(super) fn read(context: &ContextName, subject: &Subject<'_>) -> Option<TlsContext> {
    if !subject.is_loaded(context) {
        return None;
    }
    let fields = subject.list(context, "trust_restrictions.x509_fields");
    let fields: Vec<X509Field> = fields.iter().filter_map(|field| field.parse().ok()).collect();
    let mode = subject.text(context, "verification_mode").and_then(|mode| mode.parse().ok());
    Some(TlsContext {
        kind: context.kind,
        is_in_use: subject.is_in_use(context),
        is_known: !subject.settings_of(context).any(|(_, setting)| subject.needs_variable(setting)),
        identity: identity(context, subject),
        trust: trust(context, subject),
        restrictions: named(context, subject, "trust_restrictions.path"),
        fields: if fields.is_empty() { X509Field::DEFAULT.to_vec() } else { fields },
        mode: mode.unwrap_or_default(),
        cipher_suites: subject.list(context, "cipher_suites"),
        protocols: subject.list(context, "supported_protocols"),
    })
}

fn identity(context: &ContextName, subject: &Subject<'_>) -> Option<IdentityFiles> {
    if let Some(store) = store(context, subject, "keystore") {
        return Some(IdentityFiles::KeyStore(store));
    }
    let certificate = named(context, subject, "certificate")?;
    let key = named(context, subject, "key")?;
    let passphrase = password(context, subject, "key_passphrase");
    Some(IdentityFiles::Pem { certificate, key, passphrase })
}

fn trust(context: &ContextName, subject: &Subject<'_>) -> TrustFiles {
    if !subject.verifies(context) {
        return TrustFiles::Everybody;
    }
    if let Some(store) = store(context, subject, "truststore") {
        return TrustFiles::Store(Box::new(store));
    }
    let Some(setting) = subject.setting(context, "certificate_authorities") else {
        return TrustFiles::Unsaid;
    };
    let files = setting.items.iter().filter_map(|item| {
        let path = subject.filled_in(&item.text).ok().filter(|path| !path.is_empty())?;
        Some(NamedFile { path, setting: setting.key.clone(), place: item.place })
    });
    TrustFiles::Authorities(files.collect())
}

fn store(context: &ContextName, subject: &Subject<'_>, name: &str) -> Option<StoreFile> {
    let file = named(context, subject, &format!("{name}.path"))?;
    let key_password = password(context, subject, &format!("{name}.key_password"));
    let password = password(context, subject, &format!("{name}.password"));
    let store_type = match subject.text(context, &format!("{name}.type")) {
        Some(named) => StoreType::of(&named),
        None => Some(StoreType::Dual),
    };
    let algorithm = subject.text(context, &format!("{name}.algorithm")).unwrap_or_default();
    let opens_late = NEWER_KEY_MANAGERS.contains(&algorithm.to_ascii_lowercase().as_str());
    Some(StoreFile { file, store_type, password, key_password, opens_late })
}

fn password(context: &ContextName, subject: &Subject<'_>, name: &str) -> Option<ClearPassword> {
    key::find(context.kind, name)?;
    let setting = subject.file.get(&format!("{}{name}", context.prefix))?;
    let text = subject.filled_in(&setting.value.text).ok()?;
    // That of a store or key is the empty one then; that of a store's keys is not set.
    if text.is_empty() && name.ends_with("key_password") {
        return None;
    }
    let password = Password::new(text);
    Some(ClearPassword { password, setting: setting.key.clone(), place: setting.value.place })
}

fn named(context: &ContextName, subject: &Subject<'_>, name: &str) -> Option<NamedFile> {
    let setting = subject.setting(context, name)?;
    let path = subject.text(context, name)?;
    Some(NamedFile { path, setting: setting.key.clone(), place: setting.value.place })
}

/// The names of the key manager that is not Elasticsearch's default.
const NEWER_KEY_MANAGERS: [&str; 2] = ["newsunx509", "pkix"];
