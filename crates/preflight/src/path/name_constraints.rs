//! Name constraints of intermediates (RFC 5280, section 4.2.1.10), as Java applies them.

use std::net::IpAddr;

use crosstrust_x509::{Certificate, Extension, ExtensionReading, GeneralName, Name, der, uri_host};

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
    /// The host, if there is one.
    Uri(Option<String>),
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Form {
    Other,
    RegisteredId,
    /// `x400Address` and `ediPartyName`, which no certificate here has.
    Unknown,
}

enum Relation {
    /// Another form of name, which the subtree says nothing about.
    Apart,
    /// The same form, and outside of the subtree.
    Outside,
    Within,
}

impl NameConstraints {
    /// The constraints of an authority. Nothing if it has none, or none that can be read: to Java a
    /// malformed extension that is not critical is as good as absent.
    pub(super) fn of(certificate: &Certificate) -> Option<Self> {
        let read = |one: &&Extension| one.reading() != ExtensionReading::Unread;
        extension(certificate).filter(read).and_then(|extension| Self::read(&extension.value))
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
                subtrees.push(Subtree::read(&base)?);
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
            0xa0 => {
                let (oid, value) = der::read(base.contents)?;
                let is_whole = oid.tag == der::OBJECT_IDENTIFIER && der::read(value).is_some();
                is_whole.then_some(Self::Incomparable(Form::Other))
            }
            0x81 => Some(Self::Email(text().to_ascii_lowercase())),
            0x82 => Some(Self::Dns(text().to_ascii_lowercase())),
            0xa4 => Name::from_der(base.contents).map(|name| Self::Directory(JavaName::new(&name))),
            0x86 => Some(Self::Uri(text().to_ascii_lowercase())),
            0x87 => Some(Self::Ip(base.contents.to_vec())),
            0x88 => Some(Self::Incomparable(Form::RegisteredId)),
            0xa3 | 0xa5 => Some(Self::Incomparable(Form::Unknown)),
            _ => None,
        }
    }

    /// How a name lies to this subtree. Nothing where Java gives up.
    fn relation(&self, name: &Value) -> Option<Relation> {
        let within = match (self, name) {
            (Self::Directory(base), Value::Directory(name)) => name.is_within(base),
            (Self::Dns(base), Value::Dns(name)) if base.is_empty() || name.is_empty() => {
                return (base == name).then_some(Relation::Within);
            }
            (Self::Dns(base), Value::Dns(name)) => is_in_domain(name, base),
            (Self::Email(base), Value::Email(name)) => is_in_mail_domain(name, base),
            (Self::Ip(base), Value::Ip(name)) => is_in_network(*name, base),
            (Self::Uri(base), Value::Uri(host)) => is_host_of(host.as_deref()?, base),
            (Self::Incomparable(Form::Other), Value::Other)
            | (Self::Incomparable(Form::RegisteredId), Value::RegisteredId) => return None,
            _ => return Some(Relation::Apart),
        };
        Some(if within { Relation::Within } else { Relation::Outside })
    }
}

fn extension(certificate: &Certificate) -> Option<&Extension> {
    certificate.extensions().iter().find(|extension| extension.oid == NAME_CONSTRAINTS)
}

/// A base distance is `[0]` minimum or `[1]` maximum; Java knows only minimum 0 and no maximum, which is
/// minus one to it.
fn is_a_distance(field: &der::Element<'_>) -> bool {
    let absent = if field.tag == 0x80 { 0 } else { -1 };
    der::small_integer(field.contents) != Some(absent)
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
    // What Java cannot read is absent to it.
    match certificate.subject_alt_names().filter(|names| names.unreadable().is_none()) {
        Some(alternatives) => names.extend(alternatives.names().iter().flat_map(alternative)),
        None => names.extend(mail_addresses(subject).into_iter().map(|mail| Subject {
            shown: format!("`{mail}`"),
            value: Value::Email(mail.to_ascii_lowercase()),
        })),
    }
    names.extend(subject.common_name().and_then(|name| common_name(name, &names)));
    names
}

/// A name as it is compared; both ends of a network.
fn alternative(name: &GeneralName) -> Vec<Subject> {
    let shown = format!("`{name}`");
    let subject = |value| Subject { value, shown: shown.clone() };
    match name {
        GeneralName::Network { address, mask } => {
            let ends = [*address, last_address(*address, *mask)];
            ends.into_iter().map(Value::Ip).map(subject).collect()
        }
        _ => value(name).map(subject).into_iter().collect(),
    }
}

fn value(name: &GeneralName) -> Option<Value> {
    Some(match name {
        GeneralName::Directory(name) => Value::Directory(JavaName::new(name)),
        GeneralName::Dns(name) => Value::Dns(name.to_ascii_lowercase()),
        GeneralName::Email(name) => Value::Email(name.to_ascii_lowercase()),
        GeneralName::Ip(ip) => Value::Ip(*ip),
        GeneralName::Other(_) => Value::Other,
        GeneralName::RegisteredId(_) => Value::RegisteredId,
        GeneralName::Uri(uri) => Value::Uri(uri_host(uri).map(str::to_ascii_lowercase)),
        _ => return None,
    })
}

fn last_address(address: IpAddr, mask: IpAddr) -> IpAddr {
    match (address, mask) {
        (IpAddr::V4(address), IpAddr::V4(mask)) => (address | !mask).into(),
        (IpAddr::V6(address), IpAddr::V6(mask)) => (address | !mask).into(),
        _ => address,
    }
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

const NAME_CONSTRAINTS: &str = "2.5.29.30";
const EMAIL_ADDRESS: &str = "1.2.840.113549.1.9.1";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::certificate;

    /// Each outcome is that of Java's `NameConstraintsExtension.verify`, releases 17 and 25.
    #[test]
    fn names_are_within_subtrees_where_java_says_so() {
        #[track_caller]
        fn check(tag: u8, base: &[u8], names: &str, expected: bool) {
            let subtree = der::encode(der::SEQUENCE, &der::encode(tag, base));
            let value = der::encode(der::SEQUENCE, &der::encode(0xa0, &subtree));
            let constraints = NameConstraints::read(&value).unwrap();
            assert_eq!(constraints.check(&certificate(names)).is_ok(), expected, "{names}");
        }

        check(0x82, b"example.com", "CN:x DNS:example.com", true);
        check(0x82, b"example.com", "CN:x DNS:Node1.Example.COM", true);
        check(0x82, b"example.com", "CN:x DNS:node1example.com", false);
        check(0x82, b".example.com", "CN:x DNS:node1.example.com", true);
        check(0x82, b".example.com", "CN:x DNS:example.com", false);
        check(0x82, b"example.com", "CN:x DNS:a.example.com DNS:a.example.org", false);
        check(0x82, b"example.com", "CN:node1 IP:192.0.2.1", false);
        check(0x82, b"example.com", "CN:node_1 IP:192.0.2.1", true);
        check(0x82, b"example.com", "CN:node1 DNS:node1.example.com IP:192.0.2.1", true);
        check(0x87, &[10, 0, 0, 0, 255, 0, 0, 0], "CN:x DNS:x IP:10.1.2.3", true);
        check(0x87, &[10, 0, 0, 0, 255, 0, 0, 0], "CN:x DNS:x IP:11.1.2.3", false);
        check(0x87, &[10, 0, 0, 0, 255, 0, 0, 0], "CN:x DNS:x", true);
        check(0x87, &[10, 0, 0, 0, 255, 0, 0, 0], "CN:x NETWORK:10.1.0.0/255.255.0.0", true);
        check(0x87, &[10, 0, 0, 0, 255, 0, 0, 0], "CN:x NETWORK:11.1.0.0/255.255.0.0", false);
        // Over the URI Java reads no alternative name, so the common name takes their place.
        check(0x82, b"example.com", "CN:x DNS:n1.example.com URI:node1", false);
        check(0x82, b"example.com", "CN:n1.example.com DNS:n1.example.org URI:node1", true);
        check(0xa0, &[6, 3, 0x55, 4, 3, 0xa0, 3, 12, 1, 120], "CN:x DNS:x", true);
        check(0xa0, &[6, 3, 0x55, 4, 3, 0xa0, 3, 12, 1, 120], "CN:x DNS:x OTHER:x", false);
    }
}
