//! Certification requests (RFC 2986): ours, for somebody else's authority to sign, and those of
//! others, for an authority of ours.

use crosstrust_keystore::{KeyType, PrivateKey};
use crosstrust_x509::{
    Certificate, CertificateRequest, GeneralName, Name, PublicKey, SignatureCheck, Timestamp,
};
use rayon::prelude::*;
use rcgen::CertificateParams;

use crate::authority::{Authority, public_key};
use crate::error::Error;
use crate::extensions::{self, CertificateKind, Names, Purpose};
use crate::instance::Instance;
use crate::signing::Signing;
use crate::to_be_signed::{Contents, Recorder, Refused, placeholder, sign, splice};
use crate::validity::{Clamped, Validity};

/// A request and the key that it is about.
pub struct Requested {
    /// Whom it is for.
    pub instance: Instance,
    /// Its private key.
    pub key: PrivateKey,
    /// The request.
    pub request: CertificateRequest,
}

/// A certificate made from a request, and what goes with it.
pub struct Signed {
    /// The certificate.
    pub certificate: Certificate,
    /// What is presented after it: the intermediate authorities.
    pub intermediates: Vec<Certificate>,
    /// The certificate that others must trust.
    pub anchor: Certificate,
    /// Set if its validity was cut to the authority's.
    pub clamped: Option<Clamped>,
}

/// Makes a request with a given key. It asks for subject alternative names, and for usages,
/// only where there are any.
pub fn request(
    instance: &Instance,
    key: PrivateKey,
    purpose: &Purpose,
) -> Result<Requested, Error> {
    let request = request_signed_by(instance, &public_key(&key)?, &key.signer()?, purpose)?;
    Ok(Requested { instance: instance.clone(), key, request })
}

/// Makes a request for a key that is elsewhere: its public half, and what signs with it.
pub fn request_signed_by(
    instance: &Instance,
    public_key: &PublicKey,
    signer: &dyn Signing,
    purpose: &Purpose,
) -> Result<CertificateRequest, Error> {
    let unencodable =
        |detail: String| Error::Unencodable { subject: instance.subject.to_string(), detail };
    let recorder = Recorder::new(public_key, signer.scheme())?;
    encode(instance, purpose, &recorder).map_err(|error| match error {
        Refused::Encoder(error) => unencodable(error.to_string()),
        Refused::Other(error) => error,
    })?;
    let information = splice(&recorder.recorded(), &[(SUBJECT, &instance.subject)])
        .ok_or_else(|| unencodable("not a SEQUENCE".to_owned()))?;
    let der = sign(&information, signer)?;
    let request =
        CertificateRequest::from_der(&der).map_err(|error| unencodable(error.to_string()))?;
    let as_asked = request.subject().der() == instance.subject.der()
        && request.check_signature() == SignatureCheck::Valid;
    if !as_asked {
        return Err(unencodable("it does not verify with its own key".to_owned()));
    }
    Ok(request)
}

/// Makes keys and requests for all instances on all cores, and hands each to `each`. Results come
/// in the order of the instances; the first error ends the work.
pub fn request_all<T: Send>(
    instances: &[Instance],
    key_type: KeyType,
    purpose: &Purpose,
    each: impl Fn(&Requested) -> Result<T, Error> + Sync,
) -> Result<Vec<T>, Error> {
    Instance::check_filenames(instances)?;
    instances
        .par_iter()
        .map(|instance| each(&request(instance, PrivateKey::generate(key_type)?, purpose)?))
        .collect()
}

/// The differences between what a request asks for and an instance, in words; none if they agree.
/// The order of names makes no difference.
pub fn differences(request: &CertificateRequest, instance: &Instance) -> Vec<String> {
    let mut found = Vec::new();
    if !request.subject().matches(&instance.subject) {
        found.push(format!(
            "the request asks for the subject `{}`, the instance has `{}`",
            request.subject(),
            instance.subject
        ));
    }
    let asked: Vec<String> = request
        .subject_alt_names()
        .map_or_else(Vec::new, |names| names.names().iter().map(spelled).collect());
    let listed = listed(instance);
    let beyond = asked.iter().filter(|name| !listed.contains(name));
    found.extend(beyond.map(|name| format!("the request asks for {name}, the instance does not")));
    let missing = listed.iter().filter(|name| !asked.contains(name));
    found.extend(missing.map(|name| format!("the instance has {name}, the request does not")));
    found
}

impl Authority {
    /// Signs what a request asks for: its subject, its key and, byte for byte, its subject
    /// alternative names. Nothing else is taken from it, so that nobody becomes an authority by
    /// asking. The request must be signed with its own key.
    pub fn sign_request(
        &self,
        request: &CertificateRequest,
        days: u32,
        now: Timestamp,
    ) -> Result<Signed, Error> {
        self.answer(request, days, now, |contents| self.certify(contents))
    }

    /// What [`Self::sign_request`] would make, without its signature: nothing is signed. It is for looking
    /// at alone.
    pub fn draft_of_request(
        &self,
        request: &CertificateRequest,
        days: u32,
        now: Timestamp,
    ) -> Result<Signed, Error> {
        self.answer(request, days, now, |contents| self.draft(contents))
    }

    fn answer(
        &self,
        request: &CertificateRequest,
        days: u32,
        now: Timestamp,
        certify: impl FnOnce(&Contents<'_>) -> Result<Certificate, Error>,
    ) -> Result<Signed, Error> {
        check(request)?;
        let asked = Validity::starting(now, days)?;
        let (validity, clamped) = asked.within(self.certificate(), now)?;
        let (names, purpose) = (Names::Copied(request.subject_alt_names()), &Purpose::default());
        let kind = CertificateKind::Node { names, purpose };
        let (subject, public_key): (&Name, &PublicKey) = (request.subject(), request.public_key());
        let contents = Contents { subject, public_key, validity, kind };
        Ok(Signed {
            certificate: certify(&contents)?,
            intermediates: self.intermediates().cloned().collect(),
            anchor: self.anchor().clone(),
            clamped,
        })
    }
}

fn check(request: &CertificateRequest) -> Result<(), Error> {
    let subject = request.subject().to_string();
    match request.check_signature() {
        SignatureCheck::Valid => Ok(()),
        SignatureCheck::Invalid | SignatureCheck::Mismatch => Err(Error::RequestForged { subject }),
        SignatureCheck::Unsupported
        | SignatureCheck::UnknownAlgorithm
        | SignatureCheck::UnknownParameters => {
            let algorithm = request.signature_algorithm().to_string();
            Err(Error::RequestUnchecked { subject, algorithm })
        }
    }
}

/// Lets the encoder write the request; what it would sign is in the recorder then.
fn encode(instance: &Instance, purpose: &Purpose, recorder: &Recorder) -> Result<(), Refused> {
    let mut parameters = CertificateParams::default();
    parameters.distinguished_name = placeholder(&instance.subject);
    extensions::set_names(&mut parameters, Names::Of(instance))?;
    extensions::set_purpose(&mut parameters, purpose);
    parameters.serialize_request(recorder)?;
    Ok(())
}

/// A name of a request as [`listed`] writes it.
fn spelled(name: &GeneralName) -> String {
    let common_name = match name {
        GeneralName::Other(other) => match other.reading() {
            crosstrust_x509::Reading::Everywhere(text) => Some(text),
            _ => None,
        },
        _ => None,
    };
    match common_name {
        Some(text) => format!("the otherName common name `{text}`"),
        None => format!("`{name}`"),
    }
}

/// The names of an instance.
fn listed(instance: &Instance) -> Vec<String> {
    let ip = instance.ip.iter().map(|ip| spelled(&GeneralName::Ip(*ip)));
    let dns = instance.dns.iter().map(|dns| spelled(&GeneralName::Dns(dns.clone())));
    let names = instance.common_names.iter();
    let names = names.map(|name| format!("the otherName common name `{name}`"));
    ip.chain(dns).chain(names).collect()
}

/// The position of the subject in a `CertificationRequestInfo`.
const SUBJECT: usize = 1;
