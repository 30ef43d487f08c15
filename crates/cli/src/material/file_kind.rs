//! What a file is that was given where another kind of file is expected.

use std::fmt;

use crosstrust_keystore::Entry;
use crosstrust_keystore::open::{self, Contents, Format};
use crosstrust_settings::SettingsFile;
use crosstrust_settings::tree::{self, Value};

use crate::failure::{Failure, Message};
use crate::password::asks_for_password;

/// A kind of file that one command or another reads.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum FileKind {
    /// Certificates and no private key.
    Certificates,
    /// A connection file of `remote`.
    Connection,
    /// A file of instances.
    Instances,
    /// An inventory of clusters.
    Inventory,
    /// A key store.
    KeyStore(Format),
    /// A private key and no certificate.
    PrivateKey,
    /// A trust restrictions file.
    Restrictions,
    /// An elasticsearch.yml, and the restrictions file that it names.
    Settings(Option<String>),
}

impl FileKind {
    /// What the bytes of a file are, where that is plain.
    fn of(bytes: &[u8]) -> Option<Self> {
        match open::open(bytes, &[]) {
            Ok(contents) if contents.format.is_key_store() => Some(Self::KeyStore(contents.format)),
            Ok(contents) => {
                let has_key = contents.entries.iter().any(|entry| matches!(entry, Entry::Key(_)));
                let has_certificate = !contents.certificates().is_empty();
                match (has_certificate, has_key) {
                    (true, false) => Some(Self::Certificates),
                    (false, true) => Some(Self::PrivateKey),
                    _ => None,
                }
            }
            Err(error) if asks_for_password(&error) => match bytes.first() {
                Some(b'-') => Some(Self::PrivateKey),
                Some(0x30) => Some(Self::KeyStore(Format::Pkcs12)),
                _ => Some(Self::KeyStore(Format::Jks)),
            },
            Err(_) => Self::of_text(bytes),
        }
    }

    /// The same of YAML.
    fn of_text(bytes: &[u8]) -> Option<Self> {
        let file = SettingsFile::parse(bytes).ok();
        let top = top_keys(bytes);
        // Settings have no lists of mappings, which other files have.
        let keys = || {
            let settings = file.iter().flat_map(SettingsFile::settings);
            settings.map(|setting| setting.key.as_str()).chain(top.iter().map(String::as_str))
        };
        let has =
            |part: &str| keys().any(|key| key == part || key.starts_with(&format!("{part}.")));
        if keys().any(|key| key.contains("subject_name")) {
            return Some(Self::Restrictions);
        }
        // Of Kubernetes, which has words of its own for what is in it.
        if has("apiVersion") {
            return None;
        }
        if has("instances") {
            return Some(Self::Instances);
        }
        if has("alias") && has("model") {
            return Some(Self::Connection);
        }
        if has("clusters") {
            return Some(Self::Inventory);
        }
        if SETTINGS.iter().any(|part| has(part)) {
            let path = "xpack.security.transport.ssl.trust_restrictions.path";
            let named = file.as_ref().and_then(|file| file.get(path));
            return Some(Self::Settings(named.map(|named| named.value.text.clone())));
        }
        None
    }

    /// Refuses a file that is plainly another one than is expected.
    pub(crate) fn refuse_others(path: &str, bytes: &[u8], wanted: &Wanted) -> Result<(), Failure> {
        let Wanted { words, is_it } = wanted;
        match Self::of(bytes).filter(|kind| !is_it(kind)) {
            Some(kind) => Err(kind.misplaced(path, words).into()),
            None => Ok(()),
        }
    }

    /// Why a file does not read: that it is plainly another one, else the failure itself.
    pub(crate) fn explain(path: &str, bytes: &[u8], wanted: &Wanted, failure: Failure) -> Failure {
        Self::refuse_others(path, bytes, wanted).err().unwrap_or(failure)
    }

    /// That a file is of this kind, and what takes it.
    fn misplaced(&self, path: &str, expected: &str) -> Message {
        let message = Message::new(format!("is {self}, and {expected} is expected here")).at(path);
        match self {
            Self::Certificates | Self::KeyStore(_) | Self::PrivateKey => {
                message.hint(format!("`crosstrust inspect {path}` shows what is in it"))
            }
            Self::Connection => message.hint(format!("`crosstrust remote check {path}` checks it")),
            Self::Instances => {
                message.hint(format!("`crosstrust cert --in {path}` issues what it lists"))
            }
            Self::Inventory => {
                message.hint(format!("`crosstrust inventory check --inventory {path}` checks it"))
            }
            Self::Restrictions => {
                message.hint(format!("`crosstrust restrictions lint {path}` checks it"))
            }
            Self::Settings(named) => {
                let named = named
                    .as_ref()
                    .map(|named| format!("; it names `{named}` as its restrictions file"));
                let named = named.unwrap_or_default();
                message
                    .hint(format!("`crosstrust preflight node --config {path}` checks it{named}"))
            }
        }
    }
}

/// What is expected.
pub(crate) struct Wanted {
    /// In words.
    words: &'static str,
    is_it: fn(&FileKind) -> bool,
}

impl Wanted {
    /// Certificates, keys and stores of them.
    pub(crate) const CERTIFICATES: Self = Self {
        words: "a file of certificates or a key store",
        is_it: |kind| {
            use FileKind::{Certificates, KeyStore, PrivateKey};
            matches!(kind, Certificates | KeyStore(_) | PrivateKey)
        },
    };
    /// A connection file.
    pub(crate) const CONNECTION: Self =
        Self { words: "a connection file", is_it: |kind| *kind == FileKind::Connection };
    /// A file of instances.
    pub(crate) const INSTANCES: Self =
        Self { words: "a file of instances", is_it: |kind| *kind == FileKind::Instances };
    /// A restrictions file.
    pub(crate) const RESTRICTIONS: Self =
        Self { words: "a trust restrictions file", is_it: |kind| *kind == FileKind::Restrictions };
    /// A settings file.
    pub(crate) const SETTINGS: Self =
        Self { words: "an elasticsearch.yml", is_it: |kind| matches!(kind, FileKind::Settings(_)) };
}

/// With its article.
impl fmt::Display for FileKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Certificates => f.write_str("a certificate file"),
            Self::Connection => f.write_str("a connection file of `crosstrust remote`"),
            Self::Instances => f.write_str("a file of instances"),
            Self::Inventory => f.write_str("an inventory of clusters"),
            Self::KeyStore(format) => write!(f, "a key store ({format})"),
            Self::PrivateKey => f.write_str("a private key"),
            Self::Restrictions => f.write_str("a trust restrictions file"),
            Self::Settings(_) => f.write_str("a settings file of Elasticsearch"),
        }
    }
}

/// The keys at the top of YAML.
fn top_keys(bytes: &[u8]) -> Vec<String> {
    let text = str::from_utf8(bytes).unwrap_or_default();
    let root = tree::documents(text, 1).unwrap_or_default().pop();
    match root.map(|root| root.value) {
        Some(Value::Mapping(pairs)) => {
            pairs.iter().filter_map(|(key, _)| key.text().map(str::to_owned)).collect()
        }
        _ => Vec::new(),
    }
}

/// That a file has no certificate, and whether it has a key instead.
pub(crate) fn no_certificate(path: &str, contents: &Contents) -> Message {
    let has_key = contents.keys().next().is_some();
    let instead = if has_key { ", but a private key" } else { "" };
    Message::new(format!("holds no certificate{instead}")).at(path)
}

/// That a file has no private key, and whether it has a certificate instead.
pub(crate) fn no_key(path: &str, contents: &Contents) -> Message {
    let instead = if contents.certificates().is_empty() { "" } else { ", but a certificate" };
    Message::new(format!("holds no private key{instead}")).at(path)
}

/// What keys of an elasticsearch.yml begin with.
const SETTINGS: [&str; 10] = [
    "xpack.security",
    "xpack",
    "cluster",
    "node",
    "path",
    "network",
    "http",
    "transport",
    "discovery",
    "remote_cluster_server",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_by_what_is_in_them() {
        #[track_caller]
        fn check(text: &str, expected: Option<&FileKind>) {
            assert_eq!(FileKind::of(text.as_bytes()).as_ref(), expected, "{text:?}");
        }

        check("cluster.name: a\n", Some(&FileKind::Settings(None)));
        check(
            "xpack:\n  security.transport.ssl.trust_restrictions.path: t.yml\n",
            Some(&FileKind::Settings(Some("t.yml".to_owned()))),
        );
        check("trust.subject_name: ['a']\ncluster.name: a\n", Some(&FileKind::Restrictions));
        check("instances:\n  - name: a\n", Some(&FileKind::Instances));
        check("alias: a\nmodel: tls\n", Some(&FileKind::Connection));
        check("clusters:\n  a: {nodes: b}\n", Some(&FileKind::Inventory));
        check("trust: {}\n", None);
        check("", None);
        check("- *: [}", None);
    }
}
