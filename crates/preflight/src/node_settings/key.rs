//! The settings that a TLS context has: a row each.

use crosstrust_restrictions::X509Field;

use super::ContextKind;
use crate::settings::VerificationMode;

/// A setting below the prefix of a context.
pub(crate) struct Key {
    pub(crate) name: &'static str,
    pub(crate) value: ValueKind,
    contexts: &'static [ContextKind],
}

/// What a setting takes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum ValueKind {
    /// Any text.
    Any,
    Boolean,
    /// A password in clear text, which is deprecated.
    ClearPassword,
    ClientAuthentication,
    Fields,
    Mode,
    /// A file.
    Path,
    /// A list of files.
    Paths,
    Protocols,
    /// A password that only Elasticsearch's own keystore may hold.
    SecurePassword,
}

/// The setting of a name, if a context has it.
pub(crate) fn find(kind: ContextKind, name: &str) -> Option<&'static Key> {
    all(kind).find(|key| key.name == name)
}

/// The settings of a context.
pub(crate) fn all(kind: ContextKind) -> impl Iterator<Item = &'static Key> {
    KEYS.iter().filter(move |key| key.contexts.contains(&kind))
}

impl ValueKind {
    /// Why Elasticsearch refuses a value, if it does. Lists are asked item by item.
    pub(crate) fn problem(self, value: &str) -> Option<String> {
        let lower = value.to_ascii_lowercase();
        match self {
            Self::Any | Self::ClearPassword | Self::SecurePassword => None,
            Self::Boolean => one_of(value, &["true", "false"]),
            Self::ClientAuthentication => one_of(&lower, &["required", "optional", "none"]),
            Self::Fields => value.parse::<X509Field>().err().map(|error| error.to_string()),
            Self::Mode => value.parse::<VerificationMode>().err().map(|error| error.to_string()),
            Self::Path | Self::Paths => value.is_empty().then(|| "no file is named".to_owned()),
            Self::Protocols => one_of(value, PROTOCOLS),
        }
    }

    /// Whether the setting takes a list.
    pub(crate) fn is_list(self) -> bool {
        matches!(self, Self::Fields | Self::Paths | Self::Protocols)
    }
}

fn one_of(value: &str, known: &[&str]) -> Option<String> {
    let list = || known.iter().map(|known| format!("`{known}`")).collect::<Vec<_>>().join(", ");
    (!known.contains(&value)).then(|| format!("`{value}` is none of {}", list()))
}

const fn key(name: &'static str, value: ValueKind) -> Key {
    Key { name, value, contexts: &ContextKind::ALL }
}

/// A setting of the transport layer and of HTTP alone.
const fn of_old_layers(name: &'static str, value: ValueKind) -> Key {
    Key { name, value, contexts: &[ContextKind::Transport, ContextKind::Http] }
}

/// The protocols that Java knows by name.
const PROTOCOLS: &[&str] = &["TLSv1.3", "TLSv1.2", "TLSv1.1", "TLSv1", "SSLv3", "SSLv2Hello"];

/// Those of them that Java 17 to 25 speaks; the others it has disabled.
pub(crate) const SPOKEN_PROTOCOLS: [&str; 2] = ["TLSv1.3", "TLSv1.2"];

const KEYS: &[Key] = &[
    key("certificate", ValueKind::Path),
    key("certificate_authorities", ValueKind::Paths),
    key("cipher_suites", ValueKind::Any),
    Key {
        name: "client_authentication",
        value: ValueKind::ClientAuthentication,
        contexts: &[ContextKind::Transport, ContextKind::RemoteClusterServer, ContextKind::Http],
    },
    key("enabled", ValueKind::Boolean),
    key("handshake_timeout", ValueKind::Any),
    key("key", ValueKind::Path),
    of_old_layers("key_passphrase", ValueKind::ClearPassword),
    key("keystore.algorithm", ValueKind::Any),
    of_old_layers("keystore.key_password", ValueKind::ClearPassword),
    of_old_layers("keystore.password", ValueKind::ClearPassword),
    key("keystore.path", ValueKind::Path),
    key("keystore.secure_key_password", ValueKind::SecurePassword),
    key("keystore.secure_password", ValueKind::SecurePassword),
    key("keystore.type", ValueKind::Any),
    key("secure_key_passphrase", ValueKind::SecurePassword),
    key("supported_protocols", ValueKind::Protocols),
    key("trust_restrictions.path", ValueKind::Path),
    key("trust_restrictions.x509_fields", ValueKind::Fields),
    key("truststore.algorithm", ValueKind::Any),
    of_old_layers("truststore.password", ValueKind::ClearPassword),
    key("truststore.path", ValueKind::Path),
    key("truststore.secure_password", ValueKind::SecurePassword),
    key("truststore.type", ValueKind::Any),
    key("verification_mode", ValueKind::Mode),
];
