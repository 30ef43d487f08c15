//! What a certificate is to be, and what is wrong with one that is there.

use crosstrust_issue::{Authority, Instance, instance};
use crosstrust_keystore::{KeyType, PrivateKey};
use crosstrust_x509::{Certificate, Name, PublicKey, SubjectAltNames};

/// What a certificate is to be, its validity aside.
#[derive(Clone, Copy)]
pub(crate) struct Wanted<'a> {
    /// Its subject.
    pub(crate) subject: &'a Name,
    /// Whom it is for.
    pub(crate) names: Names<'a>,
    /// Who signs it.
    pub(crate) signer: Signer<'a>,
    /// Its key.
    pub(crate) key: Key<'a>,
}

/// Whom a certificate is for.
#[derive(Clone, Copy)]
pub(crate) enum Names<'a> {
    /// An authority.
    Authority,
    /// A node with these names, byte for byte.
    Copied(Option<&'a SubjectAltNames>),
    /// A node with the names of an instance, in whatever order.
    Of(&'a Instance),
}

/// Who signs a certificate.
#[derive(Clone, Copy)]
pub(crate) enum Signer<'a> {
    /// An authority, whose certificates follow.
    Authority(&'a Authority),
    /// Its own key.
    Own,
    /// Somebody whom the run does not know.
    Unknown,
}

impl<'a> Signer<'a> {
    /// An authority, or the certificate's own key.
    pub(crate) fn of(authority: Option<&'a Authority>) -> Self {
        authority.map_or(Self::Own, Self::Authority)
    }

    /// The certificates that come with what it signs.
    pub(crate) fn path(self) -> Vec<&'a Certificate> {
        let authority = match self {
            Self::Authority(authority) => Some(authority),
            Self::Own | Self::Unknown => None,
        };
        authority.into_iter().flat_map(Authority::path).collect()
    }
}

/// The key of a certificate.
#[derive(Clone, Copy)]
pub(crate) enum Key<'a> {
    /// One that is there, of this kind if that is asked for.
    Private(Option<KeyType>),
    /// One of which the public half is known.
    Public(&'a PublicKey),
}

/// A certificate that is there, and its key.
pub(crate) struct Found {
    /// The certificate.
    pub(crate) certificate: Certificate,
    /// The certificates after it.
    pub(crate) chain: Vec<Certificate>,
    /// The key; nothing where the file has none.
    pub(crate) key: Option<PrivateKey>,
    /// Whether the key's file is not encrypted, though a password is given for it.
    pub(crate) is_plain: bool,
    /// What else its file holds, in words.
    pub(crate) others: Vec<String>,
}

impl Found {
    /// Whether its key is of a kind.
    pub(crate) fn is_of_kind(&self, kind: KeyType) -> bool {
        self.certificate.public_key().kind().to_string() == kind.to_string()
    }
}

/// What is not as it should be.
pub(crate) struct Fault(pub(crate) String);

impl Wanted<'_> {
    /// What is not as it should be, if something is. A file that is to hold a key must.
    pub(crate) fn fault(&self, found: &Found, has_key: bool) -> Option<Fault> {
        let certificate = &found.certificate;
        let fault = self
            .subject(certificate)
            .or_else(|| self.names.fault(certificate))
            .or_else(|| self.signer.fault(found))
            .or_else(|| self.key.fault(found, has_key));
        fault.map(Fault)
    }

    fn subject(&self, found: &Certificate) -> Option<String> {
        let (is, wanted) = (found.subject(), self.subject);
        (!is.matches(wanted)).then(|| format!("its subject is `{is}`, not `{wanted}`"))
    }
}

impl Names<'_> {
    fn fault(&self, found: &Certificate) -> Option<String> {
        let is_authority = matches!(self, Self::Authority);
        if found.is_ca() != is_authority {
            let what = if found.is_ca() { "a CA" } else { "no CA" };
            return Some(format!("it is {what}"));
        }
        let der = |names: Option<&SubjectAltNames>| names.map(|names| names.der().to_vec());
        match self {
            Self::Authority => None,
            Self::Copied(wanted) => (der(*wanted) != der(found.subject_alt_names()))
                .then(|| "its names are others than those asked for".to_owned()),
            Self::Of(wanted) => difference(&names(&instance(found, "")), &names(wanted)),
        }
    }
}

impl Signer<'_> {
    fn fault(&self, found: &Found) -> Option<String> {
        let certificate = &found.certificate;
        match self {
            Self::Authority(authority) if !certificate.is_signed_by(authority.certificate()) => {
                let signer = authority.certificate().subject();
                Some(format!("it is not signed by `{signer}`, the CA that is given"))
            }
            Self::Authority(authority) => {
                let missing = authority.intermediates().find(|one| !found.chain.contains(one))?;
                Some(format!("its chain lacks `{}`", missing.subject()))
            }
            Self::Own if !certificate.is_self_signed() => Some("it is signed by a CA".to_owned()),
            Self::Own | Self::Unknown => None,
        }
    }
}

impl Key<'_> {
    fn fault(&self, found: &Found, has_key: bool) -> Option<String> {
        let certificate = &found.certificate;
        match (self, &found.key) {
            (Self::Public(wanted), _) => {
                let is = certificate.public_key();
                let same = is.kind() == wanted.kind() && is.key_bits() == wanted.key_bits();
                (!same).then(|| "its key is another one than the request's".to_owned())
            }
            (Self::Private(_), None) if has_key => Some("its key is not there".to_owned()),
            (Self::Private(_), Some(key)) if !key.belongs_to(certificate) => {
                Some("the key beside it is another one".to_owned())
            }
            (Self::Private(_), Some(_)) if found.is_plain => Some(PLAIN.to_owned()),
            (Self::Private(Some(wanted)), _) => {
                let is = certificate.public_key().kind();
                (!found.is_of_kind(*wanted)).then(|| format!("its key is {is}, not {wanted}"))
            }
            (Self::Private(None), _) => None,
        }
    }
}

/// Which names one list lacks, and which it has beyond the other.
fn difference(is: &[String], wanted: &[String]) -> Option<String> {
    let beyond = |one: &[String], other: &[String]| {
        let names = one.iter().filter(|name| !other.contains(name));
        names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
    };
    let told = match (beyond(wanted, is), beyond(is, wanted)) {
        (lacks, has) if lacks.is_empty() && has.is_empty() => return None,
        (lacks, has) if has.is_empty() => format!("it lacks {lacks}"),
        (lacks, has) if lacks.is_empty() => format!("it has {has} beside them"),
        (lacks, has) => format!("it lacks {lacks} and has {has}"),
    };
    Some(format!("its names are others: {told}"))
}

/// The names of a node.
fn names(instance: &Instance) -> Vec<String> {
    let addresses = instance.ip.iter().map(|ip| format!("IP:{ip}"));
    let dns = instance.dns.iter().map(|name| format!("DNS:{name}"));
    let common_names = instance.common_names.iter().map(|name| format!("otherName:{name}"));
    addresses.chain(dns).chain(common_names).collect()
}

/// What is said of a key that is not encrypted, though a password is given for it.
pub(crate) const PLAIN: &str = "its key is not encrypted, and a password is given";
