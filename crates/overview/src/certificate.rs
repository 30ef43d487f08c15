//! The certificates of clusters: each once, with all places that it is used in.

use std::collections::BTreeMap;

use crosstrust_preflight::Cluster;
use crosstrust_x509::{Certificate, Timestamp};

/// A certificate, and where it is used.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ListedCertificate {
    /// The subject, RFC 4514.
    pub subject: String,
    /// The issuer, RFC 4514.
    pub issuer: String,
    /// The serial number, lower-case hexadecimal.
    pub serial: String,
    /// The first second.
    pub not_before: Timestamp,
    /// The last second.
    pub not_after: Timestamp,
    /// Whether it is of an authority.
    pub is_ca: bool,
    /// SHA-256 of the certificate, lower-case hexadecimal.
    pub fingerprint_sha256: String,
    /// Every subject alternative name, with its form.
    pub names: Vec<String>,
    /// Whole days until it expires; negative once it has.
    pub days_left: i64,
    /// How it stands at the time of the overview.
    pub state: ValidityState,
    /// Where it is used, by cluster.
    pub uses: Vec<Use>,
}

/// How a certificate stands.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum ValidityState {
    /// Its validity is over.
    Expired,
    /// Its validity has not begun.
    NotYet,
    /// It is valid, and will not be for long.
    Soon,
    /// It is valid.
    Valid,
}

/// What a cluster uses a certificate for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Use {
    /// The position of the cluster.
    pub cluster: usize,
    /// What for.
    pub kind: UseKind,
    /// The node or the file; for several of them the first.
    pub path: Option<String>,
    /// How many nodes use it so.
    pub count: usize,
}

/// What a certificate is used for.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum UseKind {
    /// It is a node's own.
    Node,
    /// Nodes present it after their own.
    Presented,
    /// The cluster trusts it.
    Trusted,
}

impl ValidityState {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Expired => "expired",
            Self::NotYet => "not_yet",
            Self::Soon => "soon",
            Self::Valid => "valid",
        }
    }

    fn of(certificate: &Certificate, now: Timestamp, warn_days: u32) -> Self {
        if certificate.not_after() < now {
            return Self::Expired;
        }
        if certificate.not_before() > now {
            return Self::NotYet;
        }
        let limit = now.plus_days(i64::from(warn_days));
        if certificate.not_after() < limit { Self::Soon } else { Self::Valid }
    }
}

impl UseKind {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Node => "node",
            Self::Presented => "presented",
            Self::Trusted => "trusted",
        }
    }
}

/// The certificates of clusters, the first to expire first.
pub(crate) fn list(
    clusters: &[&Cluster],
    now: Timestamp,
    warn_days: u32,
) -> Vec<ListedCertificate> {
    let mut found: BTreeMap<String, Found<'_>> = BTreeMap::new();
    let mut add = |certificate, cluster, kind, path: Option<&str>| {
        let entry = found
            .entry(Certificate::fingerprint_sha256(certificate))
            .or_insert_with(|| Found { certificate, uses: BTreeMap::new() });
        let (_, count) = entry.uses.entry((cluster, kind)).or_insert((path.map(str::to_owned), 0));
        *count = count.saturating_add(1);
    };
    for (index, cluster) in clusters.iter().enumerate() {
        for node in &cluster.nodes {
            for (position, certificate) in node.chain().certificates().iter().enumerate() {
                let kind = if position == 0 { UseKind::Node } else { UseKind::Presented };
                add(certificate, index, kind, Some(node.path()));
            }
        }
        let trust = &cluster.settings.trust;
        for file in trust.files() {
            for certificate in &file.certificates {
                add(certificate, index, UseKind::Trusted, Some(&file.path));
            }
        }
        if trust.files().is_empty() {
            trust.certificates().for_each(|one| add(one, index, UseKind::Trusted, None));
        }
    }
    let listed =
        found.into_iter().map(|(fingerprint, found)| found.listed(fingerprint, now, warn_days));
    let mut listed = listed.collect::<Vec<_>>();
    listed.sort_by(|one, other| {
        let key = |c: &ListedCertificate| (c.not_after, !c.is_ca);
        key(one).cmp(&key(other)).then_with(|| one.subject.cmp(&other.subject))
    });
    listed
}

/// A certificate, and by cluster and use the first path and how many there are.
struct Found<'a> {
    certificate: &'a Certificate,
    uses: BTreeMap<(usize, UseKind), (Option<String>, usize)>,
}

impl Found<'_> {
    fn listed(
        self,
        fingerprint_sha256: String,
        now: Timestamp,
        warn_days: u32,
    ) -> ListedCertificate {
        let Self { certificate, uses } = self;
        let names = certificate.subject_alt_names();
        let subject = match certificate.subject() {
            subject if subject.is_empty() => format!("serial number {}", certificate.serial_hex()),
            subject => subject.to_string(),
        };
        let uses = uses.into_iter().map(|((cluster, kind), (path, count))| Use {
            cluster,
            kind,
            path,
            count,
        });
        ListedCertificate {
            subject,
            issuer: certificate.issuer().to_string(),
            serial: certificate.serial_hex(),
            not_before: certificate.not_before(),
            not_after: certificate.not_after(),
            is_ca: certificate.is_ca(),
            fingerprint_sha256,
            names: names.map_or_else(Vec::new, |names| {
                names.names().iter().map(ToString::to_string).collect()
            }),
            days_left: now.days_until(certificate.not_after()),
            state: ValidityState::of(certificate, now, warn_days),
            uses: uses.collect(),
        }
    }
}
