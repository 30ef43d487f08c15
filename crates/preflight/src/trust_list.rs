//! A list of trusted certificates, as `certificate_authorities` or a trust store gives it.

use std::collections::{BTreeMap, BTreeSet};

use crosstrust_x509::{Certificate, PublicKey};

use crate::chain::{Identity, Link};
use crate::java_name::JavaName;

/// The certificates that one side trusts, by subject. Every listed certificate is an anchor, an
/// intermediate or a node's own certificate included.
#[derive(Clone, Debug, Default)]
pub struct TrustList {
    files: Vec<TrustFile>,
    anchors: Vec<Anchor>,
    by_subject: BTreeMap<JavaName, Vec<usize>>,
    fingerprints: BTreeSet<String>,
}

/// A file of such a list, as far as it matters here.
#[derive(Clone, Debug, Default)]
pub struct TrustFile {
    /// The file as the user named it.
    pub path: String,
    /// Its certificates, in its order.
    pub certificates: Vec<Certificate>,
    /// How many private keys it also holds.
    pub private_keys: usize,
}

#[derive(Clone, Debug)]
struct Anchor {
    certificate: Certificate,
    identity: Identity,
}

impl TrustList {
    /// From certificates that have no file. Duplicates count once.
    pub fn new(certificates: impl IntoIterator<Item = Certificate>) -> Self {
        let certificates = certificates.into_iter().collect();
        let mut list = Self::default();
        list.extend(certificates);
        list
    }

    /// From files, whose names then appear in findings.
    pub fn from_files(files: impl IntoIterator<Item = TrustFile>) -> Self {
        let mut list = Self { files: files.into_iter().collect(), ..Self::default() };
        let certificates = list.files.iter().flat_map(|file| file.certificates.clone()).collect();
        list.extend(certificates);
        list
    }

    fn extend(&mut self, certificates: Vec<Certificate>) {
        for certificate in certificates {
            let identity = Identity::new(&certificate);
            if self.fingerprints.insert(identity.fingerprint.clone()) {
                let index = self.anchors.len();
                self.by_subject.entry(identity.subject.clone()).or_default().push(index);
                self.anchors.push(Anchor { certificate, identity });
            }
        }
    }

    /// The files it was made from.
    pub fn files(&self) -> &[TrustFile] {
        &self.files
    }

    /// The certificates, each once, in the order given.
    pub fn certificates(&self) -> impl Iterator<Item = &Certificate> {
        self.anchors.iter().map(|anchor| &anchor.certificate)
    }

    /// Whether nothing is trusted.
    pub fn is_empty(&self) -> bool {
        self.anchors.is_empty()
    }

    /// How many certificates are trusted.
    pub fn len(&self) -> usize {
        self.anchors.len()
    }

    /// The file a trusted certificate came from.
    pub(crate) fn file_of(&self, certificate: &Certificate) -> Option<&str> {
        let holds = |file: &&TrustFile| file.certificates.contains(certificate);
        self.files.iter().find(holds).map(|file| file.path.as_str())
    }

    pub(crate) fn links(&self) -> impl Iterator<Item = Link<'_>> {
        self.anchors.iter().map(Anchor::link)
    }

    /// Whether exactly this certificate is listed.
    pub(crate) fn contains(&self, link: Link<'_>) -> bool {
        self.fingerprints.contains(&link.identity.fingerprint)
    }

    /// The trusted certificates of a subject, in the order given.
    pub(crate) fn with_subject(&self, subject: &JavaName) -> impl Iterator<Item = Link<'_>> {
        let indices = self.by_subject.get(subject).into_iter().flatten();
        indices.filter_map(|index| self.anchors.get(*index)).map(Anchor::link)
    }

    /// Whether a certificate with this subject is listed.
    pub(crate) fn knows(&self, subject: &JavaName) -> bool {
        self.by_subject.contains_key(subject)
    }

    /// Whether a certificate with this subject and key is listed.
    pub(crate) fn knows_key(&self, subject: &JavaName, key: &PublicKey) -> bool {
        self.with_subject(subject).any(|anchor| anchor.certificate.public_key() == key)
    }
}

impl Anchor {
    fn link(&self) -> Link<'_> {
        Link { certificate: &self.certificate, identity: &self.identity }
    }
}
