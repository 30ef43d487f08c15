//! The settings that a TLS context has: a row each.

use crosstrust_keystore::java::StoreType;
use crosstrust_restrictions::X509Field;

use super::ContextKind;
use super::value::time::is_time;
use crate::settings::VerificationMode;

/// A setting below the prefix of a context.
pub(crate) struct Key {
    pub(crate) name: &'static str,
    pub(crate) value: ValueKind,
    contexts: Contexts,
}

/// Whether a kind of context has a setting.
type Contexts = fn(ContextKind) -> bool;

/// What a setting takes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum ValueKind {
    /// Any text.
    Any,
    Boolean,
    CipherSuites,
    /// A password in clear text, which is deprecated.
    ClearPassword,
    ClientAuthentication,
    Fields,
    /// How Java chooses among the keys of a store.
    KeyAlgorithm,
    Mode,
    /// A file.
    Path,
    /// A list of files.
    Paths,
    Protocols,
    /// A password that only Elasticsearch's own keystore may hold.
    SecurePassword,
    StoreType,
    Time,
    /// How Java judges by the certificates of a store.
    TrustAlgorithm,
}

/// The setting of a name, if a context has it.
pub(crate) fn find(kind: ContextKind, name: &str) -> Option<&'static Key> {
    all(kind).find(|key| key.name == name)
}

/// The settings of a context.
pub(crate) fn all(kind: ContextKind) -> impl Iterator<Item = &'static Key> {
    KEYS.iter().filter(move |key| (key.contexts)(kind))
}

impl ValueKind {
    /// Why Elasticsearch refuses a value that is not empty, if it does. Lists are asked item by item.
    pub(crate) fn problem(self, value: &str) -> Option<String> {
        let lower = value.to_ascii_lowercase();
        match self {
            Self::Any
            | Self::CipherSuites
            | Self::ClearPassword
            | Self::Path
            | Self::SecurePassword => None,
            Self::Boolean => one_of(value, &["true", "false"]),
            Self::ClientAuthentication => one_of(&lower, &["required", "optional", "none"]),
            Self::Fields => value.parse::<X509Field>().err().map(|error| error.to_string()),
            Self::Mode => value.parse::<VerificationMode>().err().map(|error| error.to_string()),
            Self::KeyAlgorithm => one_of(&lower, &["sunx509", "newsunx509", "pkix"]),
            Self::Paths => value.is_empty().then(|| "no file is named".to_owned()),
            Self::Protocols => one_of(value, PROTOCOLS),
            Self::StoreType => StoreType::of(value).is_none().then(|| {
                format!(
                    "Java has no key stores of type `{value}`; it has `jks`, `pkcs12` and `jceks`"
                )
            }),
            Self::Time => (!is_time(value))
                .then(|| format!("`{value}` is no time: a number and its unit, such as `10s`")),
            Self::TrustAlgorithm => {
                one_of(&lower, &["pkix", "sunpkix", "x509", "x.509", "sunx509"])
            }
        }
    }

    /// Whether the setting takes a list.
    pub(crate) fn is_list(self) -> bool {
        matches!(self, Self::CipherSuites | Self::Fields | Self::Paths | Self::Protocols)
    }
}

fn one_of(value: &str, known: &[&str]) -> Option<String> {
    let list = || known.iter().map(|known| format!("`{known}`")).collect::<Vec<_>>().join(", ");
    (!known.contains(&value)).then(|| format!("`{value}` is not one of {}", list()))
}

const fn key(name: &'static str, value: ValueKind) -> Key {
    Key { name, value, contexts: tls }
}

const fn of(contexts: Contexts, name: &'static str, value: ValueKind) -> Key {
    Key { name, value, contexts }
}

/// The protocols that Java knows by name.
const PROTOCOLS: &[&str] = &["TLSv1.3", "TLSv1.2", "TLSv1.1", "TLSv1", "SSLv3", "SSLv2Hello"];

/// Those of them that Java 17 to 25 speaks; the others it has disabled.
pub(crate) const SPOKEN_PROTOCOLS: [&str; 2] = ["TLSv1.3", "TLSv1.2"];

/// Those of TLS connections.
fn tls(kind: ContextKind) -> bool {
    !matches!(kind, ContextKind::Signing | ContextKind::SigningTrust)
}

/// Those that can be switched off.
fn switched(kind: ContextKind) -> bool {
    matches!(
        kind,
        ContextKind::Transport
            | ContextKind::RemoteClusterServer
            | ContextKind::RemoteClusterClient
            | ContextKind::Http
    )
}

/// Those that are older than secure settings, and take passwords in clear text too.
fn old(kind: ContextKind) -> bool {
    let is_newer =
        matches!(kind, ContextKind::RemoteClusterServer | ContextKind::RemoteClusterClient);
    tls(kind) && !is_newer
}

/// Those whose handshakes Elasticsearch 9 bounds.
fn bounded(kind: ContextKind) -> bool {
    tls(kind) && kind != ContextKind::Http
}

/// Those that have a key.
fn keyed(kind: ContextKind) -> bool {
    kind != ContextKind::SigningTrust
}

/// Those that trust somebody.
fn trusting(kind: ContextKind) -> bool {
    kind != ContextKind::Signing
}

fn signing(kind: ContextKind) -> bool {
    kind == ContextKind::Signing
}

fn signing_trust(kind: ContextKind) -> bool {
    kind == ContextKind::SigningTrust
}

const KEYS: &[Key] = &[
    of(keyed, "certificate", ValueKind::Path),
    of(trusting, "certificate_authorities", ValueKind::Paths),
    key("cipher_suites", ValueKind::CipherSuites),
    key("client_authentication", ValueKind::ClientAuthentication),
    of(signing_trust, "diagnose.trust", ValueKind::Boolean),
    of(switched, "enabled", ValueKind::Boolean),
    of(bounded, "handshake_timeout", ValueKind::Time),
    of(keyed, "key", ValueKind::Path),
    of(old, "key_passphrase", ValueKind::ClearPassword),
    of(keyed, "keystore.algorithm", ValueKind::KeyAlgorithm),
    of(signing, "keystore.alias", ValueKind::Any),
    of(old, "keystore.key_password", ValueKind::ClearPassword),
    of(old, "keystore.password", ValueKind::ClearPassword),
    of(keyed, "keystore.path", ValueKind::Path),
    of(keyed, "keystore.secure_key_password", ValueKind::SecurePassword),
    of(keyed, "keystore.secure_password", ValueKind::SecurePassword),
    of(keyed, "keystore.type", ValueKind::StoreType),
    of(keyed, "secure_key_passphrase", ValueKind::SecurePassword),
    key("supported_protocols", ValueKind::Protocols),
    key("trust_restrictions.path", ValueKind::Path),
    key("trust_restrictions.x509_fields", ValueKind::Fields),
    of(trusting, "truststore.algorithm", ValueKind::TrustAlgorithm),
    of(old, "truststore.password", ValueKind::ClearPassword),
    of(trusting, "truststore.path", ValueKind::Path),
    of(trusting, "truststore.secure_password", ValueKind::SecurePassword),
    of(trusting, "truststore.type", ValueKind::StoreType),
    key("verification_mode", ValueKind::Mode),
];
