//! Signing on another machine: what is to be signed goes there, and certificates come back.
//!
//! Nothing that comes from elsewhere is trusted. The machine with the CA's key signs what it would have made
//! itself, byte for byte, and the other one takes what it has asked for.

mod exchange;
#[cfg(test)]
mod tests;

use aws_lc_rs::rsa::PublicEncryptingKey;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1, ECDSA_P384_SHA384_ASN1, ParsedPublicKey};
use crosstrust_keystore::PrivateKey;
use crosstrust_x509::{
    Certificate, Curve, KeyKind, PublicKey, SignatureCheck, Timestamp, der, fingerprint_sha256,
};

use crate::authority::{Authority, public_key};
use crate::error::Error;
use crate::extensions::{self, CertificateKind, Names, Purpose};
use crate::instance::Instance;
use crate::issued::{Issued, Profile};
use crate::renewal;
use crate::to_be_signed::{Contents, join};
use crate::validity::{Clamped, Validity};

pub use self::exchange::{Exchange, Member};

/// A certificate of a node that waits for its signature.
#[derive(Clone, Debug)]
pub struct Draft {
    /// With an empty signature.
    certificate: Certificate,
}

impl Draft {
    /// Reads what is to be signed: a `TBSCertificate` and nothing else (RFC 5280, section 4.1.1.1).
    pub fn from_der(to_be_signed: &[u8]) -> Option<Self> {
        let fields = der::read_all(der::read_one(to_be_signed, der::SEQUENCE)?.contents)?;
        let algorithm = fields.get(ALGORITHM)?;
        let unsigned = join(to_be_signed, algorithm.bytes, &[]);
        let certificate = Certificate::from_der(&unsigned).ok()?;
        (certificate.to_be_signed() == to_be_signed).then_some(Self { certificate })
    }

    /// What is to be signed.
    pub fn der(&self) -> &[u8] {
        self.certificate.to_be_signed()
    }

    /// The certificate without its signature: for looking at.
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// The SHA-256 digest of what is to be signed, in lower-case hexadecimal.
    pub fn fingerprint_sha256(&self) -> String {
        fingerprint_sha256(self.der())
    }

    fn refused(&self, detail: impl Into<String>) -> Error {
        let subject = self.certificate.subject().to_string();
        Error::Draft { subject, detail: detail.into() }
    }

    /// Refuses a certificate that is not this one, signed by an authority.
    fn check_signed(&self, signed: &Certificate, authority: &Certificate) -> Result<(), Error> {
        if signed.to_be_signed() != self.der() {
            return Err(self.refused("what was signed is not what was asked for"));
        }
        if signed.check_signature(authority) != SignatureCheck::Valid {
            return Err(self.refused("it is not signed with the key of the CA certificate"));
        }
        let algorithm = der::read_one(self.der(), der::SEQUENCE)
            .and_then(|one| Some(der::read_all(one.contents)?.get(ALGORITHM)?.bytes.to_vec()));
        let encoded = algorithm.map(|algorithm| join(self.der(), &algorithm, signed.signature()));
        if encoded.as_deref() != Some(signed.der()) {
            return Err(self.refused("it is not encoded in DER"));
        }
        Ok(())
    }
}

impl Authority {
    /// What this authority would sign for an instance with a key.
    pub fn draft_for(
        &self,
        instance: &Instance,
        key: &PrivateKey,
        profile: &Profile,
    ) -> Result<(Draft, Option<Clamped>), Error> {
        let asked = Validity::starting(profile.now, profile.days)?;
        let (validity, clamped) = asked.within(self.certificate(), profile.now)?;
        let (names, purpose) = (Names::Of(instance), &Purpose::default());
        let kind = CertificateKind::Node { names, purpose };
        let public_key = public_key(key)?;
        let subject = &instance.subject;
        let certificate =
            self.draft(&Contents { subject, public_key: &public_key, validity, kind })?;
        Ok((Draft { certificate }, clamped))
    }

    /// Signs a draft that is what this authority makes for a node, and nothing else.
    pub fn sign_draft(&self, draft: &Draft, now: Timestamp) -> Result<Certificate, Error> {
        self.check_draft(draft, now)?;
        let scheme = self.signer().scheme();
        let signature = self.signer().sign(draft.der())?;
        let der = join(draft.der(), scheme.algorithm_identifier_der(), &signature);
        let subject = draft.certificate.subject().to_string();
        let certificate =
            Certificate::from_der(&der).map_err(|_| self.signer().refused(&subject))?;
        if certificate.check_signature(self.certificate()) != SignatureCheck::Valid {
            return Err(self.signer().refused(&subject));
        }
        Ok(certificate)
    }

    /// Refuses what this authority would not sign for a node.
    pub fn check_draft(&self, draft: &Draft, now: Timestamp) -> Result<(), Error> {
        let (found, own) = (&draft.certificate, self.certificate());
        if found.issuer().der() != own.subject().der() {
            let (is, wanted) = (found.issuer(), own.subject());
            return Err(draft.refused(format!("its issuer is `{is}`, and the CA is `{wanted}`")));
        }
        if found.is_ca() {
            return Err(draft.refused("it is a CA, and only certificates of nodes are signed here"));
        }
        if found.subject().matches(own.subject()) {
            return Err(draft.refused("its subject is that of the CA"));
        }
        if found.public_key().key_bits() == own.public_key().key_bits() {
            return Err(draft.refused("its key is that of the CA"));
        }
        if !makes(found.public_key()) {
            let key = found.public_key();
            return Err(draft.refused(format!("its key, {key}, is not one that crosstrust makes")));
        }
        let end = found.not_after();
        Validity { not_before: found.not_before(), not_after: end }.within(own, now)?;
        if end > own.not_after() {
            let until = own.not_after();
            return Err(draft.refused(format!("it ends on {end}, after the CA does on {until}")));
        }
        if end < now || end < found.not_before() {
            return Err(draft.refused(format!("it ended on {end}")));
        }
        let begin = found.not_before();
        if begin < own.not_before() || begin.unix() > now.unix().saturating_add(CLOCKS_DIFFER) {
            return Err(
                draft.refused(format!("it begins on {begin}, before the CA or in the future"))
            );
        }
        if found.authority_key_id() != Some(&extensions::authority_key_identifier(own)) {
            return Err(draft.refused("its authorityKeyIdentifier is not that of the CA"));
        }
        if !self.would_make(draft)? {
            return Err(draft.refused(OTHERWISE));
        }
        Ok(())
    }

    /// Whether a draft is, byte for byte, what comes of its subject, key, names, validity and serial number.
    fn would_make(&self, draft: &Draft) -> Result<bool, Error> {
        let found = &draft.certificate;
        let serial = found.serial();
        if !(LEAST_SERIAL..=MOST_SERIAL).contains(&serial.len()) {
            return Ok(false);
        }
        let by = self.signed_by(self.signer());
        let instance = renewal::instance(found, "");
        let names = Names::Of(&instance);
        let contents = Contents {
            subject: found.subject(),
            public_key: found.public_key(),
            validity: Validity { not_before: found.not_before(), not_after: found.not_after() },
            kind: CertificateKind::Node { names, purpose: &Purpose::default() },
        };
        Ok(crate::to_be_signed::to_be_signed(&contents, &by, serial)? == draft.der())
    }

    /// Puts a draft's key and the certificate that came of it together; they must be those of each other.
    pub fn issued(
        &self,
        member: &Member,
        key: PrivateKey,
        certificate: Certificate,
    ) -> Result<Issued, Error> {
        member.draft.check_signed(&certificate, self.certificate())?;
        if !key.belongs_to(&certificate) {
            return Err(member.draft.refused("its key is another one"));
        }
        let instance = Instance {
            name: member.name.clone(),
            ..renewal::instance(&certificate, &member.filename)
        };
        let intermediates = self.intermediates().cloned().collect();
        let anchor = Some(self.anchor().clone());
        Ok(Issued { instance, key, certificate, intermediates, anchor, clamped: None })
    }
}

/// Whether a key is of a kind that nodes are given here, and one at all: a point on its curve, a sound exponent.
fn makes(key: &PublicKey) -> bool {
    let is_point = |algorithm| ParsedPublicKey::new(algorithm, key.key_bits()).is_ok();
    match key.kind() {
        KeyKind::Ec { curve: Curve::P256 } => is_point(&ECDSA_P256_SHA256_ASN1),
        KeyKind::Ec { curve: Curve::P384 } => is_point(&ECDSA_P384_SHA384_ASN1),
        KeyKind::Rsa { bits } if (LEAST_RSA..=MOST_RSA).contains(bits) => {
            PublicEncryptingKey::from_der(key.der()).is_ok()
        }
        _ => false,
    }
}

/// Bits of RSA keys.
const LEAST_RSA: usize = 2048;
const MOST_RSA: usize = 8192;
/// By so many seconds the clocks of two machines may differ.
const CLOCKS_DIFFER: i64 = 24 * 60 * 60;
/// Octets: half of the twenty that are drawn by chance.
const LEAST_SERIAL: usize = 10;
/// The position of the algorithm in a `TBSCertificate` with a version.
const ALGORITHM: usize = 2;
/// RFC 5280, section 4.1.2.2.
const MOST_SERIAL: usize = 20;
const OTHERWISE: &str = "it holds something else than crosstrust gives the certificate of a node";
