//! Issues certificates: generates keys in parallel, and signs.

use crosstrust_keystore::{KeyType, PrivateKey};
use crosstrust_x509::{Certificate, Timestamp};
use rayon::prelude::*;

use crate::authority::{Authority, public_key};
use crate::error::Error;
use crate::extensions::{CertificateKind, Names, Purpose};
use crate::instance::Instance;
use crate::to_be_signed::{Contents, SignedBy, certify};
use crate::validity::{Clamped, Validity};

/// How certificates are made.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Profile {
    /// The kind of key.
    pub key_type: KeyType,
    /// Days of 24 hours.
    pub days: u32,
    /// The time of issue.
    pub now: Timestamp,
}

/// Who signs.
#[derive(Clone, Copy)]
pub enum Issuer<'a> {
    /// An authority.
    Authority(&'a Authority),
    /// Each certificate's own key.
    SelfSigned,
}

/// A new certificate with its key and the certificates that go with it.
pub struct Issued {
    /// Whom it is for.
    pub instance: Instance,
    /// Its private key.
    pub key: PrivateKey,
    /// The certificate.
    pub certificate: Certificate,
    /// What is presented after it: the intermediate authorities.
    pub intermediates: Vec<Certificate>,
    /// The certificate that others must trust; none if it is self-signed.
    pub anchor: Option<Certificate>,
    /// Set if its validity was cut to the authority's.
    pub clamped: Option<Clamped>,
}

/// Makes a certificate for an instance with a given key, for the transport layer.
pub fn issue(
    instance: &Instance,
    key: PrivateKey,
    issuer: Issuer<'_>,
    profile: &Profile,
) -> Result<Issued, Error> {
    issue_for(instance, key, issuer, profile, &Purpose::default())
}

/// Makes a certificate for an instance with a given key, for a purpose.
pub fn issue_for(
    instance: &Instance,
    key: PrivateKey,
    issuer: Issuer<'_>,
    profile: &Profile,
    purpose: &Purpose,
) -> Result<Issued, Error> {
    let kind = CertificateKind::Node { names: Names::Of(instance), purpose };
    certify_node(instance, kind, key, issuer, profile)
}

/// Makes keys and certificates for all instances on all cores, and hands each to `each`, such as a
/// function that packs it into a key store. Results come in the order of the instances; the first
/// error ends the work.
pub fn issue_all<T: Send>(
    instances: &[Instance],
    issuer: Issuer<'_>,
    profile: &Profile,
    each: impl Fn(&Issued) -> Result<T, Error> + Sync,
) -> Result<Vec<T>, Error> {
    Instance::check_filenames(instances)?;
    instances
        .par_iter()
        .map(|instance| {
            let key = PrivateKey::generate(profile.key_type)?;
            each(&issue(instance, key, issuer, profile)?)
        })
        .collect()
}

/// Makes a node's certificate: the subject of the instance, and what the kind says.
pub(crate) fn certify_node(
    instance: &Instance,
    kind: CertificateKind<'_>,
    key: PrivateKey,
    issuer: Issuer<'_>,
    profile: &Profile,
) -> Result<Issued, Error> {
    let asked = Validity::starting(profile.now, profile.days)?;
    let (validity, clamped) = match issuer {
        Issuer::Authority(authority) => asked.within(authority.certificate(), profile.now)?,
        Issuer::SelfSigned => (asked, None),
    };
    let public_key = public_key(&key)?;
    let contents = Contents { subject: &instance.subject, public_key: &public_key, validity, kind };
    let (certificate, intermediates, anchor) = match issuer {
        Issuer::Authority(authority) => {
            let intermediates = authority.intermediates().cloned().collect();
            (authority.certify(&contents)?, intermediates, Some(authority.anchor().clone()))
        }
        Issuer::SelfSigned => (self_signed(&contents, &key)?, Vec::new(), None),
    };
    let instance = instance.clone();
    Ok(Issued { instance, key, certificate, intermediates, anchor, clamped })
}

fn self_signed(contents: &Contents<'_>, key: &PrivateKey) -> Result<Certificate, Error> {
    let signer = key.signer()?;
    let by = SignedBy::own(contents.subject, contents.public_key, &signer);
    certify(contents, &by)
}
