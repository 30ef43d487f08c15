//! Our own certificate and key, as a node would present them to an endpoint.

use std::fmt;
use std::sync::Arc;

use crosstrust_keystore::PrivateKey;
use crosstrust_x509::{Certificate, Name};
use rustls::crypto::aws_lc_rs::sign::any_supported_type;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::sign::CertifiedKey;

use crate::chain::Chain;
use crate::java_name::JavaName;

/// A certificate with its chain and private key. Has no form that prints the key.
#[derive(Clone)]
pub struct ClientIdentity {
    chain: Chain,
    key: Arc<CertifiedKey>,
}

/// Why a certificate and key cannot be presented.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum IdentityError {
    /// The key is of another pair.
    #[error("the private key does not belong to the certificate `{subject}`")]
    KeyMismatch {
        /// The certificate.
        subject: String,
    },
    /// There is no certificate.
    #[error("no certificate is there to present")]
    NoCertificate,
    /// No TLS signature can be made with such a key here.
    #[error("a key of kind {kind} cannot be used for TLS here")]
    UnusableKey {
        /// The kind of key.
        kind: String,
    },
}

impl ClientIdentity {
    /// From the certificates that a node sends, its own one first, and its private key.
    pub fn new(certificates: Vec<Certificate>, key: &PrivateKey) -> Result<Self, IdentityError> {
        let leaf = certificates.first().ok_or(IdentityError::NoCertificate)?;
        let pkcs8 = key.to_pkcs8_der();
        let der = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(pkcs8.as_bytes()));
        let signer = any_supported_type(&der)
            .map_err(|_| IdentityError::UnusableKey { kind: key.kind().to_string() })?;
        if !key.belongs_to(leaf) {
            let subject = leaf.subject().to_string();
            return Err(IdentityError::KeyMismatch { subject });
        }
        let sent = certificates.iter().map(|one| CertificateDer::from(one.der().to_vec()));
        let key = Arc::new(CertifiedKey::new(sent.collect(), signer));
        Ok(Self { chain: Chain::new(certificates), key })
    }

    /// The certificates, the own one first.
    pub fn certificates(&self) -> &[Certificate] {
        self.chain.certificates()
    }

    /// The own certificate.
    pub fn leaf(&self) -> Option<&Certificate> {
        self.chain.leaf()
    }

    /// Whether Java would present this certificate to somebody who asks for those of these
    /// authorities: one of its certificates is issued by one of them, or nobody is named.
    pub(super) fn answers(&self, authorities: &[Name]) -> bool {
        let asked = authorities.iter().map(JavaName::new).collect::<Vec<_>>();
        let links = self.chain.links();
        asked.is_empty() || links.iter().any(|link| asked.contains(&link.identity.issuer))
    }

    pub(super) fn certified_key(&self) -> Arc<CertifiedKey> {
        Arc::clone(&self.key)
    }
}

/// Shows the certificates alone.
impl fmt::Debug for ClientIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientIdentity").field("certificates", &self.chain).finish_non_exhaustive()
    }
}
