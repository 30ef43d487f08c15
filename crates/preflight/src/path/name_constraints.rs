//! Name constraints of intermediates (RFC 5280, section 4.2.1.10), as Java applies them.

use std::net::IpAddr;

use crosstrust_x509::{Certificate, GeneralName, Name, der};

use crate::host_name;
use crate::java_name::JavaName;

/// The nameConstraints extension: what may be certified below it, and what not.
#[derive(Clone, Debug, Default)]
pub(super) struct NameConstraints {
    permitted: Vec<Subtree>,
    excluded: Vec<Subtree>,
    /// There is something in it that Java refuses to apply to any certificate.
    unusable: bool,
}

/// A set of names, given by what they have in common.
#[derive(Clone, Debug)]
enum Subtree {
    Directory(JavaName),
    Dns(String),
    Email(String),
    /// Address and mask.
    Ip(Vec<u8>),
    /// A form that Java cannot compare: a certificate with a name of that form fails.
    Incomparable(Form),
    Uri(String),
}

/// A name of a certificate, and how it is shown.
struct Subject {
    value: Value,
    shown: String,
}

enum Value {
    Directory(JavaName),
    Dns(String),
    Email(String),
    Ip(IpAddr),
    Other,
    RegisteredId,
    Uri(String),
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Form {
    Other,
    RegisteredId,
}

enum Relation {
    /// Another form of name, which the subtree says nothing about.
    Apart,
    /// The same form, and outside of the subtree.
    Outside,
    Within,
}

impl NameConstraints {
    /// The constraints of an authority. Nothing if it has none.
    pub(super) fn of(certificate: &Certificate) -> Option<Self> {
        let extension = certificate.extensions().iter().find(|e| e.oid == NAME_CONSTRAINTS)?;
        let unusable = Self { unusable: true, ..Self::default() };
        Some(Self::read(&extension.value).unwrap_or(unusable))
    }

    fn read(value: &[u8]) -> Option<Self> {
        let mut constraints = Self::default();
        for field in der::read_all(der::read_one(value, der::SEQUENCE)?.contents)? {
            let subtrees = match field.tag {
                0xa0 => &mut constraints.permitted,
                0xa1 => &mut constraints.excluded,
                _ => return None,
            };
            for subtree in der::read_all(field.contents)? {
                let (base, distances) = der::read(subtree.contents)?;
                constraints.unusable |= der::read_all(distances)?.iter().any(is_a_distance);
                subtrees.extend(Subtree::read(&base));
            }
        }
        Some(constraints)
    }

    /// Checks subject and alternative names. The error is the name that breaks the constraints.
    pub(super) fn check(&self, certificate: &Certificate) -> Result<(), String> {
        let names = names(certificate);
        match names.iter().find(|name| self.unusable || !self.admits(&name.value)) {
            Some(name) => Err(name.shown.clone()),
            None => Ok(()),
        }
    }

    fn admits(&self, name: &Value) -> bool {
        if self.excluded.iter().any(|subtree| {
            !matches!(subtree.relation(name), Some(Relation::Apart | Relation::Outside))
        }) {
            return false;
        }
        let mut same_form = false;
        for subtree in &self.permitted {
            match subtree.relation(name) {
                None => return false,
                Some(Relation::Within) => return true,
                Some(Relation::Outside) => same_form = true,
                Some(Relation::Apart) => {}
            }
        }
        !same_form
    }
}

impl Subtree {
    fn read(base: &der::Element<'_>) -> Option<Self> {
        let text = || base.contents.iter().copied().map(char::from).collect::<String>();
        match base.tag {
            0xa0 => Some(Self::Incomparable(Form::Other)),
            0x81 => Some(Self::Email(text().to_ascii_lowercase())),
            0x82 => Some(Self::Dns(text().to_ascii_lowercase())),
            0xa4 => Name::from_der(base.contents).map(|name| Self::Directory(JavaName::new(&name))),
            0x86 => Some(Self::Uri(text().to_ascii_lowercase())),
            0x87 => Some(Self::Ip(base.contents.to_vec())),
            0x88 => Some(Self::Incomparable(Form::RegisteredId)),
            _ => None,
        }
    }

    /// How a name lies to this subtree. Nothing where Java gives up.
    fn relation(&self, name: &Value) -> Option<Relation> {
        let within = match (self, name) {
            (Self::Directory(base), Value::Directory(name)) => name.is_within(base),
            (Self::Dns(base), Value::Dns(name)) if base.is_empty() => {
                return name.is_empty().then_some(Relation::Within);
            }
            (Self::Dns(base), Value::Dns(name)) => is_in_domain(name, base),
            (Self::Email(base), Value::Email(name)) => is_in_mail_domain(name, base),
            (Self::Ip(base), Value::Ip(name)) => is_in_network(*name, base),
            (Self::Uri(base), Value::Uri(host)) => is_host_of(host, base),
            (Self::Incomparable(Form::Other), Value::Other)
            | (Self::Incomparable(Form::RegisteredId), Value::RegisteredId) => return None,
            _ => return Some(Relation::Apart),
        };
        Some(if within { Relation::Within } else { Relation::Outside })
    }
}

/// A base distance is `[0]` minimum or `[1]` maximum; Java knows only minimum 0 and no maximum.
fn is_a_distance(field: &der::Element<'_>) -> bool {
    field.tag != 0x80 || field.contents.iter().any(|byte| *byte != 0)
}

/// The subject, unless it is empty, and the alternative names; an address or DNS name in the common
/// name counts where there is no alternative name of that form, a mail address in the subject where
/// there is no alternative name at all.
fn names(certificate: &Certificate) -> Vec<Subject> {
    let subject = certificate.subject();
    let mut names = Vec::new();
    if !subject.is_empty() {
        let shown = format!("`{subject}`");
        names.push(Subject { value: Value::Directory(JavaName::new(subject)), shown });
    }
    match certificate.subject_alt_names() {
        Some(alternatives) => names.extend(alternatives.names().iter().filter_map(alternative)),
        None => names.extend(mail_addresses(subject).into_iter().map(|mail| Subject {
            shown: format!("`{mail}`"),
            value: Value::Email(mail.to_ascii_lowercase()),
        })),
    }
    names.extend(subject.common_name().and_then(|name| common_name(name, &names)));
    names
}

fn alternative(name: &GeneralName) -> Option<Subject> {
    let value = match name {
        GeneralName::Directory(name) => Value::Directory(JavaName::new(name)),
        GeneralName::Dns(name) => Value::Dns(name.to_ascii_lowercase()),
        GeneralName::Email(name) => Value::Email(name.to_ascii_lowercase()),
        GeneralName::Ip(ip) => Value::Ip(*ip),
        GeneralName::Other(_) => Value::Other,
        GeneralName::RegisteredId(_) => Value::RegisteredId,
        GeneralName::Uri(uri) => Value::Uri(host_of(uri)?.to_ascii_lowercase()),
        _ => return None,
    };
    Some(Subject { value, shown: format!("`{name}`") })
}

fn common_name(name: &str, others: &[Subject]) -> Option<Subject> {
    let value = match host_name::address(name) {
        Some(ip) => Value::Ip(ip),
        None if is_dns_name(name) => Value::Dns(name.to_ascii_lowercase()),
        None => return None,
    };
    let same = |other: &Subject| {
        matches!(
            (&other.value, &value),
            (Value::Ip(_), Value::Ip(_)) | (Value::Dns(_), Value::Dns(_))
        )
    };
    (!others.iter().any(same)).then(|| Subject { value, shown: format!("`CN={name}`") })
}

/// The values of `emailAddress` attributes.
fn mail_addresses(subject: &Name) -> Vec<String> {
    let read = || {
        let sets = der::read_all(der::read_one(subject.der(), der::SEQUENCE)?.contents)?;
        let pairs = sets.iter().filter_map(|set| der::read_all(set.contents)).flatten();
        Some(
            pairs
                .filter_map(|pair| {
                    let (oid, rest) = der::read(pair.contents)?;
                    let value = der::read(rest)?.0.contents;
                    let oid = der::object_identifier(oid.contents)?;
                    (oid == EMAIL_ADDRESS).then(|| value.iter().copied().map(char::from).collect())
                })
                .collect(),
        )
    };
    read().unwrap_or_default()
}

/// Labels of letters, digits and hyphens, the first character no hyphen.
fn is_dns_name(name: &str) -> bool {
    name.split('.').all(|label| {
        label.starts_with(|first: char| first.is_ascii_alphanumeric())
            && label.chars().all(|character| character.is_ascii_alphanumeric() || character == '-')
    })
}

/// Equal, or below: `a.example` is in `example` and in `.example`.
fn is_in_domain(name: &str, base: &str) -> bool {
    match name.strip_suffix(base) {
        Some("") => true,
        Some(above) => above.ends_with('.') != base.starts_with('.'),
        None => false,
    }
}

/// A mailbox, a host (`example.org`) or a domain (`.example.org`).
fn is_in_mail_domain(name: &str, base: &str) -> bool {
    match name.strip_suffix(base) {
        Some("") => true,
        Some(_) if base.contains('@') => false,
        Some(above) => base.starts_with('.') || above.ends_with('@'),
        None => false,
    }
}

fn is_in_network(ip: IpAddr, base: &[u8]) -> bool {
    let octets = match ip {
        IpAddr::V4(ip) => ip.octets().to_vec(),
        IpAddr::V6(ip) => ip.octets().to_vec(),
    };
    if base.len() != octets.len() * 2 {
        return base == octets;
    }
    let (network, mask) = base.split_at(octets.len());
    octets.iter().zip(network).zip(mask).all(|((octet, network), mask)| octet & mask == *network)
}

/// A host name, or a domain that begins with a period and does not contain itself.
fn is_host_of(host: &str, base: &str) -> bool {
    host == base || (base.starts_with('.') && host.ends_with(base))
}

/// The host of a URI.
fn host_of(uri: &str) -> Option<&str> {
    let authority = uri.split_once("://")?.1.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?;
    Some(host.split(':').next().unwrap_or(host))
}

const NAME_CONSTRAINTS: &str = "2.5.29.30";
const EMAIL_ADDRESS: &str = "1.2.840.113549.1.9.1";
