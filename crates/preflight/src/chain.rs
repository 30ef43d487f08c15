//! Certificates in the order in which they are presented, and what is computed of each just once.

use crosstrust_x509::Certificate;

use crate::java_name::JavaName;

/// What a TLS peer presents: its own certificate first, then whatever else it sends.
#[derive(Clone, Debug, Default)]
pub struct Chain {
    certificates: Vec<Certificate>,
    identities: Vec<Identity>,
}

/// A certificate's names as Java compares them, and its digest.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    pub(crate) subject: JavaName,
    pub(crate) issuer: JavaName,
    pub(crate) fingerprint: String,
}

/// A certificate and its identity.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Link<'a> {
    pub(crate) certificate: &'a Certificate,
    pub(crate) identity: &'a Identity,
}

impl Chain {
    /// From certificates, the peer's own one first.
    pub fn new(certificates: Vec<Certificate>) -> Self {
        let identities = certificates.iter().map(Identity::new).collect();
        Self { certificates, identities }
    }

    /// The certificates.
    pub fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }

    /// The peer's own certificate.
    pub fn leaf(&self) -> Option<&Certificate> {
        self.certificates.first()
    }

    pub(crate) fn links(&self) -> Vec<Link<'_>> {
        let pairs = self.certificates.iter().zip(&self.identities);
        pairs.map(|(certificate, identity)| Link { certificate, identity }).collect()
    }
}

impl Identity {
    pub(crate) fn new(certificate: &Certificate) -> Self {
        Self {
            subject: JavaName::new(certificate.subject()),
            issuer: JavaName::new(certificate.issuer()),
            fingerprint: certificate.fingerprint_sha256(),
        }
    }
}

impl Link<'_> {
    /// Whether subject and issuer are the same name to Java.
    pub(crate) fn is_self_issued(&self) -> bool {
        self.identity.subject == self.identity.issuer
    }

    /// The subject as text; the serial number where it is empty.
    pub(crate) fn subject(&self) -> String {
        let subject = self.certificate.subject();
        if subject.is_empty() {
            return format!("serial number {}", self.certificate.serial_hex());
        }
        subject.to_string()
    }

    /// The issuer as text.
    pub(crate) fn issuer(&self) -> String {
        self.certificate.issuer().to_string()
    }
}

impl PartialEq for Link<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.identity.fingerprint == other.identity.fingerprint
    }
}
