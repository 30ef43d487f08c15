//! Why a node is refused, whatever stage of the handshake it fails at.

use crosstrust_keystore::java::Obstacle;
use crosstrust_report::Rule;
use crosstrust_restrictions::X509Field;
use crosstrust_x509::{KeyKind, UnreadableNames};

use crate::error::PathError;
use crate::host_name::HostNameError;
use crate::wording::{no_name, quoted};

/// The first thing that makes the other side refuse a node.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// The node does not start: its own stores, keys or settings do not load.
    #[error("the node does not start: {message}")]
    DoesNotStart {
        /// The rule that explains it.
        rule: &'static Rule,
        /// What does not load.
        message: String,
        /// What to do, where the rule does not say it.
        help: Option<String>,
    },
    /// The node starts, and no handshake is made with its certificate and key.
    #[error("every handshake fails: {message}")]
    FailsHandshakes {
        /// The rule that explains it.
        rule: &'static Rule,
        /// What is wrong with certificate and key.
        message: String,
    },
    /// The host name does not fit (`verification_mode: full`).
    #[error(transparent)]
    HostName(HostNameError),
    /// The pattern of an API key does not match the distinguished name.
    #[error("`{pattern}` does not match `{name}`")]
    Identity {
        /// The pattern, `certificate_identity`.
        pattern: String,
        /// The name as Java writes it.
        name: String,
    },
    /// The certificate has no name in the fields that restrictions compare.
    #[error("{}, and only that is compared with `{restrictions}`", no_name(.fields, .unreadable.as_ref()))]
    NoName {
        /// The fields.
        fields: Vec<X509Field>,
        /// Why Java reads no name at all, where that is so.
        unreadable: Option<UnreadableNames>,
        /// The restrictions file.
        restrictions: String,
    },
    /// No pattern matches one of its names.
    #[error("no pattern of `{restrictions}` matches {}", quoted(.names))]
    NotAdmitted {
        /// Its names.
        names: Vec<String>,
        /// The restrictions file.
        restrictions: String,
    },
    /// It connects without a certificate, since what the other side asks for does not lead to its own.
    #[error("the node connects without its certificate: {message}")]
    NotPresented {
        /// What is asked for.
        message: String,
    },
    /// Its own cluster does not let it in.
    #[error("{message}")]
    OwnCluster {
        /// The rule that explains it.
        rule: &'static Rule,
        /// Why.
        message: String,
    },
    /// No certification path is accepted.
    #[error(transparent)]
    Path(PathError),
    /// The node speaks no TLS.
    #[error("the node speaks no TLS: {message}")]
    SwitchedOff {
        /// What is switched off.
        message: String,
    },
    /// Elasticsearch signs requests with RSA and EC keys only, and Java with few curves.
    #[error(
        "requests are signed with RSA keys and with EC keys on P-256, P-384 and P-521 only, and this key is {key}"
    )]
    SigningKey {
        /// The key.
        key: KeyKind,
    },
    /// The node does not start: Java does not open one of its files.
    #[error("the node does not start: {obstacle}")]
    Unopened {
        /// What keeps Java from it.
        obstacle: Obstacle,
        /// What to do.
        help: String,
    },
}

impl Refusal {
    /// What to do, where the rule does not say it.
    pub fn help(&self) -> Option<&str> {
        match self {
            Self::DoesNotStart { help, .. } => help.as_deref(),
            Self::Unopened { help, .. } => Some(help),
            _ => None,
        }
    }
}
