//! What one side's Elasticsearch is configured to accept.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use crosstrust_keystore::java::Obstacle;
use crosstrust_restrictions::{Restrictions, X509Field};
use crosstrust_x509::{Certificate, Timestamp};

use crate::trust_list::TrustList;

/// One side's TLS settings, as far as they decide whom it accepts.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `certificate_authorities`, or the trust store.
    pub trust: TrustList,
    /// `trust_restrictions.path`.
    pub restrictions: Option<RestrictionsFile>,
    /// `trust_restrictions.x509_fields`.
    pub fields: Vec<X509Field>,
    /// `verification_mode`.
    pub mode: VerificationMode,
}

/// A trust restrictions file and its name.
#[derive(Clone, Debug)]
pub struct RestrictionsFile {
    /// The file as the user named it.
    pub path: String,
    /// What it says.
    pub restrictions: Restrictions,
}

/// How much of a peer is verified.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum VerificationMode {
    /// The certification path.
    Certificate,
    /// The path, and the host name of connections that are opened.
    #[default]
    Full,
    /// Nothing, although trust restrictions still apply.
    None,
}

/// A value that `verification_mode` does not have.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("`{value}` is not a verification mode; known are `full`, `certificate` and `none`")]
pub struct UnknownMode {
    /// The value.
    pub value: String,
}

/// How the clusters are to trust each other.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub enum SecurityModel {
    /// By an API key at the remote cluster server, usually port 9443: only the server presents a
    /// certificate.
    ApiKey,
    /// By the certificates of both at the transport port, usually 9300.
    #[default]
    Tls,
}

/// A word that names no security model.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("`{value}` is not a security model; known are `tls` and `api-key`")]
pub struct UnknownModel {
    /// The word.
    pub value: String,
}

/// How nodes are checked: who will judge them, and when.
#[derive(Clone, Debug)]
pub struct Policy {
    /// The settings of the cluster that the nodes connect with.
    pub remote: Settings,
    /// The settings of the nodes' own cluster, whose nodes connect with each other.
    pub own: Option<Settings>,
    /// Whether `remote` is the own cluster itself.
    pub is_own_cluster: bool,
    /// How the clusters trust each other: by API key only the server presents a certificate.
    pub model: SecurityModel,
    /// The `server_name` that the remote cluster sends (proxy mode).
    pub server_name: Option<String>,
    /// Expiry within so many days is a warning.
    pub warn_days: u32,
    /// The time for which the verdict holds.
    pub now: Timestamp,
}

impl Settings {
    /// Elasticsearch's defaults with a list of trusted certificates: no restrictions, full mode.
    pub fn new(trust: TrustList) -> Self {
        Self {
            trust,
            restrictions: None,
            fields: X509Field::DEFAULT.to_vec(),
            mode: VerificationMode::default(),
        }
    }

    /// In what two sides differ that may make them accept others: certificates, restrictions, fields or mode, wherever
    /// their files are; nothing if they accept the same.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Option<&'static str> {
        let anchors = |settings: &Self| -> BTreeSet<(bool, Vec<u8>)> {
            let listed = |(of_key, one): (bool, &Certificate)| (of_key, one.der().to_vec());
            let files = settings.trust.files().iter();
            let all = files.flat_map(|file| {
                let trusted = file.certificates.iter().map(|one| (false, one));
                trusted.chain(file.key_entries.iter().map(|one| (true, one)))
            });
            all.map(listed).collect()
        };
        let obstacles = |settings: &Self| -> Vec<Vec<Obstacle>> {
            settings.trust.files().iter().map(|file| file.obstacles.clone()).collect()
        };
        let text = |settings: &Self| {
            settings.restrictions.as_ref().map(|file| file.restrictions.text().to_owned())
        };
        match () {
            () if self.mode != other.mode => Some("verification modes"),
            () if self.fields != other.fields => Some("x509_fields"),
            () if text(self) != text(other) => Some("trust restrictions"),
            () if anchors(self) != anchors(other) => Some("trusted certificates"),
            () if obstacles(self) != obstacles(other) => Some("files of trusted certificates"),
            () => None,
        }
    }
}

impl RestrictionsFile {
    /// Which pattern comes nearest to names, and where it parts from them, as the end of a sentence;
    /// nothing for long files, where that would take long.
    pub(crate) fn nearest(&self, names: &[String]) -> String {
        let items = self.restrictions.items();
        if items.is_empty() {
            return "; it trusts nobody".to_owned();
        }
        if items.len().saturating_mul(names.len()) > MOST_COMPARISONS {
            return String::new();
        }
        let Some(nearest) = self.restrictions.nearest(names) else { return String::new() };
        let pattern = items.get(nearest.pattern).map(|item| item.text.as_str()).unwrap_or_default();
        let difference = match nearest.fragment.as_str() {
            _ if nearest.only_case_differs => " but for letter case".to_owned(),
            "" => " but for its end".to_owned(),
            fragment => format!(" but for `{fragment}`"),
        };
        format!("; `{pattern}` comes nearest to `{}`{difference}", nearest.name)
    }
}

impl Policy {
    /// Judged by one cluster alone, with a warning for certificates that expire within 30 days.
    pub fn new(remote: Settings, now: Timestamp) -> Self {
        Self {
            remote,
            own: None,
            is_own_cluster: false,
            model: SecurityModel::default(),
            server_name: None,
            warn_days: 30,
            now,
        }
    }
}

/// Ignores case, as Elasticsearch does.
impl FromStr for VerificationMode {
    type Err = UnknownMode;

    fn from_str(value: &str) -> Result<Self, Self::Err> {
        match value.to_ascii_lowercase().as_str() {
            "certificate" => Ok(Self::Certificate),
            "full" => Ok(Self::Full),
            "none" => Ok(Self::None),
            _ => Err(UnknownMode { value: value.to_owned() }),
        }
    }
}

impl fmt::Display for VerificationMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Certificate => "certificate",
            Self::Full => "full",
            Self::None => "none",
        })
    }
}

impl FromStr for SecurityModel {
    type Err = UnknownModel;

    fn from_str(value: &str) -> Result<Self, Self::Err> {
        match value {
            "api-key" => Ok(Self::ApiKey),
            "tls" => Ok(Self::Tls),
            _ => Err(UnknownModel { value: value.to_owned() }),
        }
    }
}

impl fmt::Display for SecurityModel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ApiKey => "api-key",
            Self::Tls => "tls",
        })
    }
}

/// How many patterns and names are compared to find the nearest.
const MOST_COMPARISONS: usize = 256;
