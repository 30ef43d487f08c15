//! A list of trusted certificates, as `certificate_authorities` or a trust store gives it.

use std::collections::BTreeMap;

use crosstrust_keystore::java::Obstacle;
use crosstrust_x509::{Certificate, KeyUsageBit, PublicKey};

use crate::chain::{Identity, Link};
use crate::error::PathError;
use crate::java_name::JavaName;
use crate::obstacle;
use crate::path::{loads, may_not_load};
use crate::unjudged::Unjudged;

/// The certificates that one side trusts, by subject. Every listed certificate is an anchor, an
/// intermediate or a node's own certificate included.
#[derive(Clone, Debug, Default)]
pub struct TrustList {
    files: Vec<TrustFile>,
    anchors: Vec<Anchor>,
    by_subject: BTreeMap<JavaName, Vec<usize>>,
    /// By fingerprint, the position of the file.
    fingerprints: BTreeMap<String, Option<usize>>,
    any_unfit: bool,
    unreadable: Option<PathError>,
    doubtful: Option<Unjudged>,
    /// Whether the JDK's own CAs are trusted, too, of which nothing else is known.
    has_those_of_java: bool,
}

/// A file of such a list, as far as it matters here.
#[derive(Clone, Debug, Default)]
pub struct TrustFile {
    /// The file as the user named it.
    pub path: String,
    /// Its certificates, in its order.
    pub certificates: Vec<Certificate>,
    /// The first certificates of its key entries, which Java trusts as well.
    pub key_entries: Vec<Certificate>,
    /// How many private keys it also holds.
    pub private_keys: usize,
    /// What keeps Java from it.
    pub obstacles: Vec<Obstacle>,
}

/// See [`TrustList::bearing`].
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Bearing {
    any_unfit: bool,
    unreadable: Option<PathError>,
    doubtful: Option<Unjudged>,
    has_those_of_java: bool,
    is_empty: bool,
}

#[derive(Clone, Debug)]
struct Anchor {
    certificate: Certificate,
    identity: Identity,
    /// Whether it is trusted only because its key is in the file.
    of_key: bool,
}

impl TrustList {
    /// From certificates that have no file. Duplicates count once.
    pub fn new(certificates: impl IntoIterator<Item = Certificate>) -> Self {
        let mut list = Self::default();
        for certificate in certificates {
            list.add(certificate, None, false);
        }
        list
    }

    /// Whatever is listed, nobody is judged by it: not all of what decides is known. Says what is not.
    #[must_use]
    pub fn with_doubt(mut self, what: impl Into<String>) -> Self {
        self.doubtful.get_or_insert(Unjudged::NotLookedAt { what: what.into() });
        self
    }

    /// With what is not known of another list, which this one is to replace.
    #[must_use]
    pub fn with_doubt_of(mut self, other: &Self) -> Self {
        self.doubtful = self.doubtful.or_else(|| other.doubtful.clone());
        self
    }

    /// From files, whose names then appear in findings.
    pub fn from_files(files: impl IntoIterator<Item = TrustFile>) -> Self {
        let mut list = Self { files: files.into_iter().collect(), ..Self::default() };
        for (position, file) in list.files.clone().into_iter().enumerate() {
            file.obstacles.iter().for_each(|one| list.take_obstacle(&file.path, one));
            for certificate in file.certificates {
                list.add(certificate, Some(position), false);
            }
        }
        for (position, file) in list.files.clone().into_iter().enumerate() {
            for certificate in file.key_entries {
                list.add(certificate, Some(position), true);
            }
        }
        list
    }

    /// The same list, perhaps with the JDK's own CAs beside it: Elasticsearch trusts them where no setting says
    /// whom.
    #[must_use]
    pub fn with_those_of_java(self, has_those_of_java: bool) -> Self {
        Self { has_those_of_java, ..self }
    }

    /// Whether the JDK's own CAs are trusted, too.
    pub(crate) fn has_those_of_java(&self) -> bool {
        self.has_those_of_java
    }

    fn add(&mut self, certificate: Certificate, file: Option<usize>, of_key: bool) {
        let identity = Identity::new(&certificate);
        if self.fingerprints.contains_key(&identity.fingerprint) {
            return;
        }
        let link = Link { certificate: &certificate, identity: &identity };
        self.any_unfit |= anchor_may_sign(link).is_err();
        if self.unreadable.is_none() {
            self.unreadable = loads(link).err();
        }
        if self.doubtful.is_none() {
            self.doubtful = may_not_load(link);
        }
        self.fingerprints.insert(identity.fingerprint.clone(), file);
        self.by_subject.entry(identity.subject.clone()).or_default().push(self.anchors.len());
        self.anchors.push(Anchor { certificate, identity, of_key });
    }

    /// A file that no Java opens keeps the list from being loaded; of one that some open it is not known.
    fn take_obstacle(&mut self, file: &str, obstacle: &Obstacle) {
        let error = PathError::UnopenedList { file: file.to_owned(), obstacle: obstacle.clone() };
        if obstacle.refused_by.is_final() {
            self.unreadable.get_or_insert(error);
        } else {
            self.doubtful.get_or_insert(Unjudged::NotLookedAt { what: error.to_string() });
        }
    }

    /// What a verdict depends on beside the certificates that have a name of the chain: whatever else a
    /// judgement comes to ask of a list belongs here.
    pub(crate) fn bearing(&self) -> Bearing {
        // Without `..`, so that a new field asks to be thought of here.
        let Self {
            files: _,
            anchors,
            by_subject: _,
            fingerprints: _,
            any_unfit,
            unreadable,
            doubtful,
            has_those_of_java,
        } = self;
        Bearing {
            any_unfit: *any_unfit,
            unreadable: unreadable.clone(),
            doubtful: doubtful.clone(),
            has_those_of_java: *has_those_of_java,
            is_empty: anchors.is_empty(),
        }
    }

    /// What to do where a file of the list does not load.
    pub(crate) fn remedy(&self) -> Option<String> {
        self.files.iter().find_map(|file| {
            let mut final_ones = file.obstacles.iter().filter(|one| one.refused_by.is_final());
            final_ones.next().map(|one| obstacle::remedy(one, &file.path))
        })
    }

    /// The files it was made from.
    pub fn files(&self) -> &[TrustFile] {
        &self.files
    }

    /// The certificates, each once, in the order given.
    pub fn certificates(&self) -> impl Iterator<Item = &Certificate> {
        self.anchors.iter().map(|anchor| &anchor.certificate)
    }

    /// Whether a certificate is trusted only because its key is in the file, too.
    pub(crate) fn is_of_key(&self, certificate: &Certificate) -> bool {
        self.anchors.iter().any(|anchor| anchor.of_key && anchor.certificate == *certificate)
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
        let position = *self.fingerprints.get(&certificate.fingerprint_sha256())?;
        Some(self.files.get(position?)?.path.as_str())
    }

    /// The subjects of its certificates, if they are few enough to read, as the end of a sentence.
    pub(crate) fn listing(&self) -> String {
        let shown = self.certificates().take(MOST_SHOWN).map(|ca| format!("`{}`", ca.subject()));
        let shown = shown.collect::<Vec<_>>().join(", ");
        match self.len() {
            0 => "; the list is empty".to_owned(),
            count if count > MOST_SHOWN => {
                format!("; the list has {count} certificates: {shown}, …")
            }
            _ => format!("; the list has {shown}"),
        }
    }

    pub(crate) fn links(&self) -> impl Iterator<Item = Link<'_>> {
        self.anchors.iter().map(Anchor::link)
    }

    /// Whether exactly this certificate is listed.
    pub(crate) fn contains(&self, link: Link<'_>) -> bool {
        self.fingerprints.contains_key(&link.identity.fingerprint)
    }

    /// Whether each listed certificate is one whose issue Java accepts.
    pub(crate) fn all_may_sign(&self) -> bool {
        !self.any_unfit
    }

    /// Why Java loads no list with such a certificate in it, if one of them is of that kind: then
    /// whoever has the list does not start.
    pub(crate) fn loads(&self) -> Result<(), PathError> {
        self.unreadable.clone().map_or(Ok(()), Err)
    }

    /// Why nobody is judged by this list, where that is so: something of it, or of what goes with it, was not read.
    pub fn reason_for_doubt(&self) -> Option<String> {
        self.doubtful.as_ref().map(ToString::to_string)
    }

    /// The same as a verdict.
    pub(crate) fn doubtful(&self) -> Option<Unjudged> {
        self.doubtful.clone()
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

/// An anchor must be an authority and, if it has a keyUsage, one that may sign certificates. Version
/// 1 certificates, which cannot say so, are believed.
pub(crate) fn anchor_may_sign(anchor: Link<'_>) -> Result<(), PathError> {
    let certificate = anchor.certificate;
    if certificate.version() < 3 {
        return Ok(());
    }
    if !certificate.basic_constraints().is_some_and(|constraints| constraints.ca) {
        return Err(PathError::AnchorNotCa { anchor: anchor.subject() });
    }
    match certificate.key_usage() {
        Some(usage) if !usage.allows(KeyUsageBit::KeyCertSign) => {
            let (anchor, usage) = (anchor.subject(), usage.to_string());
            Err(PathError::AnchorWithoutKeyCertSign { anchor, usage })
        }
        _ => Ok(()),
    }
}

/// How many certificates of a list are named.
const MOST_SHOWN: usize = 4;
