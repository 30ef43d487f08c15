//! Renewal: a node's certificate issued again by another CA, and a CA that stands in for one whose key is
//! elsewhere.

use crosstrust_keystore::{KeyType, PrivateKey};
use crosstrust_x509::{
    COMMON_NAME_OID, Certificate, GeneralName, KeyUsageBit, SubjectAltNames, Timestamp,
};

use crate::authority::{Authority, public_key};
use crate::error::Error;
use crate::extensions::{CertificateKind, Constraints, Names, Purpose};
use crate::instance::Instance;
use crate::issued::{Issued, Issuer, Profile, certify_node};
use crate::to_be_signed::{Contents, SignedBy, certify};
use crate::validity::Validity;

/// Issues a node's certificate anew: the subject and every subject alternative name byte for byte. `name`
/// is what its files are called, without folders and extension.
pub fn renew(
    old: &Certificate,
    name: &str,
    key: PrivateKey,
    authority: &Authority,
    profile: &Profile,
) -> Result<Issued, Error> {
    let names = Names::Copied(old.subject_alt_names());
    let kind = CertificateKind::Node { names, purpose: &Purpose::default() };
    certify_node(&instance(old, name), kind, key, Issuer::Authority(authority), profile)
}

/// A node as an instance: what an instances file would say of its certificate. Names of other forms than
/// DNS, address and otherName common name have no place there.
pub fn instance(old: &Certificate, name: &str) -> Instance {
    let names = old.subject_alt_names();
    Instance {
        name: name.to_owned(),
        filename: name.to_owned(),
        subject: old.subject().clone(),
        ip: names.map_or_else(Vec::new, |names| names.ip().collect()),
        dns: names.map_or_else(Vec::new, |names| names.dns().map(str::to_owned).collect()),
        common_names: names.map_or_else(Vec::new, |n| n.other_name_common_names().collect()),
    }
}

/// The names of a certificate that [`instance`] leaves out, such as `email:a@b`.
pub fn names_without_place(old: &Certificate) -> Vec<String> {
    let has_place = |name: &&GeneralName| match name {
        GeneralName::Dns(_) | GeneralName::Ip(_) => true,
        GeneralName::Other(other) => other.type_id() == COMMON_NAME_OID,
        _ => false,
    };
    let names = old.subject_alt_names().map_or(&[][..], SubjectAltNames::names);
    names.iter().filter(|name| !has_place(name)).map(ToString::to_string).collect()
}

impl Authority {
    /// An authority with the name, the usages and the path length of this one, and with a new key: for
    /// trying what certificates of the real one would be worth. It is valid from `now` for a day, so what
    /// it signs is of no use to anybody else.
    pub fn stand_in(real: &Certificate, now: Timestamp) -> Result<Self, Error> {
        let key = PrivateKey::generate(KeyType::EcP256)?;
        let signer = key.signer()?;
        let public_key = public_key(&key)?;
        let usages = [KeyUsageBit::KeyCertSign, KeyUsageBit::CrlSign];
        let allowed = |bit: &KeyUsageBit| real.key_usage().is_none_or(|usage| usage.allows(*bit));
        let path_len = real.basic_constraints().and_then(|constraints| constraints.path_len);
        let constraints = Constraints {
            path_len: path_len.map(|length| u8::try_from(length).unwrap_or(u8::MAX)),
            key_usage: usages.into_iter().filter(allowed).collect(),
        };
        let contents = Contents {
            subject: real.subject(),
            public_key: &public_key,
            validity: Validity::starting(now, 1)?,
            kind: CertificateKind::Authority(&constraints),
        };
        let by = SignedBy::own(real.subject(), &public_key, &signer);
        Self::assemble(certify(&contents, &by)?, Vec::new(), key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        AuthorityRequest, Instance, InstanceText, Issuer, Naming, NamingValues, ReissuePlan, issue,
    };

    fn now() -> Timestamp {
        Timestamp::from_unix(1_800_000_000)
    }

    fn authority(subject: &str) -> Authority {
        let request =
            AuthorityRequest { subject: subject.to_owned(), days: 100, key_type: KeyType::EcP256 };
        Authority::generate(&request, now()).unwrap()
    }

    #[test]
    fn a_renewed_certificate_keeps_its_names_byte_for_byte() {
        let (old, new) = (authority("CN=Old"), authority("CN=New"));
        let text = InstanceText {
            name: "node1".to_owned(),
            dns: vec!["node1.example".to_owned()],
            cn: vec!["node1.node.c.cluster.s.account".to_owned()],
            ..InstanceText::default()
        };
        let instance = Instance::from_text(&text).unwrap();
        let profile = Profile { key_type: KeyType::EcP256, days: 10, now: now() };
        let key = || PrivateKey::generate(KeyType::EcP256).unwrap();
        let before = issue(&instance, key(), Issuer::Authority(&old), &profile).unwrap();
        let after = renew(&before.certificate, "node1", key(), &new, &profile).unwrap();
        let names = |c: &Certificate| c.subject_alt_names().map(|names| names.der().to_vec());
        assert_eq!(names(&after.certificate), names(&before.certificate));
        assert_eq!(after.certificate.subject().der(), before.certificate.subject().der());
        assert!(after.certificate.is_signed_by(new.certificate()));
        assert_eq!(after.instance, instance);
    }

    #[test]
    fn a_stand_in_has_the_name_and_another_key() {
        let real = authority("CN=Real,O=Example");
        let stand_in = Authority::stand_in(real.certificate(), now()).unwrap();
        let (real, stand_in) = (real.certificate(), stand_in.certificate());
        assert_eq!(stand_in.subject().der(), real.subject().der());
        assert_ne!(stand_in.public_key(), real.public_key());
        assert!(stand_in.is_ca());
        assert_eq!(now().days_until(stand_in.not_after()), 0);
    }

    #[test]
    fn a_name_that_is_no_file_name_leads_out_of_no_folder() {
        let authority = authority("CN=CA");
        let text = InstanceText { name: "node1".to_owned(), ..InstanceText::default() };
        let mut instance = Instance::from_text(&text).unwrap();
        instance.subject = crosstrust_x509::Name::parse("CN=..").unwrap();
        let profile = Profile { key_type: KeyType::EcP256, days: 10, now: now() };
        let key = PrivateKey::generate(KeyType::EcP256).unwrap();
        let old = issue(&instance, key, Issuer::Authority(&authority), &profile).unwrap();
        let naming = Naming::new("{node}.example", NamingValues::default()).unwrap();
        let plan = ReissuePlan::new(&old.certificate, "file", &naming, Some(&authority));
        assert_eq!(plan.instance(&old.certificate).filename, "node");
    }
}
