//! What stands between TLS and its verdicts: it accepts every certificate and writes down what it
//! was shown and asked. Judging is done afterwards, by the rules of Java.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crosstrust_x509::{Certificate, KeyKind, Name, der};
use rustls::client::ResolvesClientCert;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::WebPkiSupportedAlgorithms;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::sign::CertifiedKey;
use rustls::{CertificateError, DigitallySignedStruct, Error, SignatureScheme};

use super::identity::ClientIdentity;
use super::observation::{CertificateRequest, Reply};

/// Sees one handshake.
#[derive(Debug)]
pub(super) struct Witness {
    identity: Option<ClientIdentity>,
    algorithms: WebPkiSupportedAlgorithms,
    seen: Mutex<Seen>,
}

/// What it has seen.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    /// The certificates of the server in DER, as it sent them.
    pub(super) chain: Option<Vec<Vec<u8>>>,
    /// Whether the signature of the handshake was verified by the key of its certificate.
    pub(super) is_proven: bool,
    /// What the server asked for, and what it was given.
    pub(super) request: Option<CertificateRequest>,
}

impl Witness {
    pub(super) fn new(
        identity: Option<&ClientIdentity>,
        algorithms: WebPkiSupportedAlgorithms,
    ) -> Arc<Self> {
        let seen = Mutex::default();
        Arc::new(Self { identity: identity.cloned(), algorithms, seen })
    }

    pub(super) fn seen(&self) -> Seen {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Checks that the server holds the key of its certificate, as far as that can be done here:
    /// Java takes keys that this crate's TLS library has no algorithm for.
    fn verify(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let Ok(certificate) = Certificate::from_der(certificate) else {
            return Ok(HandshakeSignatureValid::assertion());
        };
        let key = certificate.public_key();
        let mapping = self.algorithms.mapping.iter();
        let algorithms = mapping.filter(|(scheme, _)| *scheme == signed.scheme);
        let mut candidates = algorithms.flat_map(|(_, algorithms)| *algorithms).filter(|one| {
            algorithm_identifier(key.der()).is_some_and(|id| id == one.public_key_alg_id().as_ref())
        });
        let weak = matches!(key.kind(), KeyKind::Rsa { bits } if *bits < LEAST_RSA_BITS);
        let mut tried = false;
        let fits = candidates.any(|algorithm| {
            tried = true;
            let verdict = algorithm.verify_signature(key.key_bits(), message, signed.signature());
            verdict.is_ok()
        });
        self.lock().is_proven = fits;
        if fits || weak || !tried {
            return Ok(HandshakeSignatureValid::assertion());
        }
        Err(Error::InvalidCertificate(CertificateError::BadSignature))
    }
}

/// The contents of the AlgorithmIdentifier in a SubjectPublicKeyInfo.
fn algorithm_identifier(key: &[u8]) -> Option<&[u8]> {
    let (algorithm, _) = der::read(der::read_one(key, der::SEQUENCE)?.contents)?;
    Some(algorithm.contents)
}

impl ServerCertVerifier for Witness {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let sent = std::iter::once(end_entity).chain(intermediates);
        self.lock().chain = Some(sent.map(|one| one.to_vec()).collect());
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.verify(message, certificate, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.verify(message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}

impl ResolvesClientCert for Witness {
    fn resolve(
        &self,
        authorities: &[&[u8]],
        _schemes: &[SignatureScheme],
    ) -> Option<Arc<CertifiedKey>> {
        let authorities: Vec<Name> =
            authorities.iter().filter_map(|name| Name::from_der(name)).collect();
        let reply = match &self.identity {
            None => Reply::NothingToSend,
            Some(identity) if identity.answers(&authorities) => Reply::Certificate,
            Some(_) => Reply::Withheld,
        };
        let key = self.identity.as_ref().filter(|_| reply == Reply::Certificate);
        let key = key.map(ClientIdentity::certified_key);
        self.lock().request = Some(CertificateRequest { authorities, reply });
        key
    }

    fn has_certs(&self) -> bool {
        self.identity.is_some()
    }
}

/// Below this the TLS library does not verify, and Java does.
const LEAST_RSA_BITS: usize = 2048;
