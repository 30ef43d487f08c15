//! Subject alternative names (RFC 5280, section 4.2.1.6).

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::der;
use crate::name::Name;
use crate::other_name::{OtherName, Reading};

/// One name of a subjectAltName extension.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum GeneralName {
    /// `directoryName`.
    Directory(Name),
    /// `dNSName`, as it is written: no lower-casing, wildcards are text.
    Dns(String),
    /// `rfc822Name`.
    Email(String),
    /// `iPAddress` of 4 or 16 octets.
    Ip(IpAddr),
    /// `iPAddress` of 8 or 32 octets: an address and a mask, as in name constraints.
    Network {
        /// The address.
        address: IpAddr,
        /// The mask.
        mask: IpAddr,
    },
    /// `otherName`.
    Other(OtherName),
    /// `registeredID`, dotted.
    RegisteredId(String),
    /// `uniformResourceIdentifier`.
    Uri(String),
    /// Any other form, or an address of another length: its DER bytes.
    Unreadable(Vec<u8>),
}

/// The subjectAltName extension.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SubjectAltNames {
    critical: bool,
    der: Vec<u8>,
    names: Vec<GeneralName>,
}

impl SubjectAltNames {
    pub(crate) fn from_extension(critical: bool, value: &[u8]) -> Option<Self> {
        let elements = der::read_all(der::read_one(value, der::SEQUENCE)?.contents)?;
        let names = elements.iter().map(GeneralName::from_element).collect();
        Some(Self { critical, der: value.to_vec(), names })
    }

    /// From the value of an extension that is not critical: a SEQUENCE of names. Nothing if it is
    /// malformed.
    pub fn from_der(value: &[u8]) -> Option<Self> {
        Self::from_extension(false, value)
    }

    /// Whether the extension is marked critical.
    pub fn is_critical(&self) -> bool {
        self.critical
    }

    /// The extension's value as encoded: a SEQUENCE of names.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The names, in the certificate's order.
    pub fn names(&self) -> &[GeneralName] {
        &self.names
    }

    /// The `dNSName`s.
    pub fn dns(&self) -> impl Iterator<Item = &str> {
        self.names.iter().filter_map(|name| match name {
            GeneralName::Dns(dns) => Some(dns.as_str()),
            _ => None,
        })
    }

    /// The `iPAddress`es.
    pub fn ip(&self) -> impl Iterator<Item = IpAddr> {
        self.names.iter().filter_map(|name| match name {
            GeneralName::Ip(ip) => Some(*ip),
            _ => None,
        })
    }

    /// The `otherName`s of whatever type.
    pub fn other_names(&self) -> impl Iterator<Item = &OtherName> {
        self.names.iter().filter_map(|name| match name {
            GeneralName::Other(other) => Some(other),
            _ => None,
        })
    }

    /// The names that Elasticsearch compares by default: otherNames of type-id 2.5.4.3 that every
    /// supported Java reads.
    pub fn other_name_common_names(&self) -> impl Iterator<Item = String> {
        self.other_names().filter_map(|other| match other.reading() {
            Reading::Everywhere(name) | Reading::OlderJavaOnly(name) => Some(name),
            _ => None,
        })
    }
}

impl GeneralName {
    fn from_element(element: &der::Element<'_>) -> Self {
        Self::read(element).unwrap_or_else(|| Self::Unreadable(element.bytes.to_vec()))
    }

    fn read(element: &der::Element<'_>) -> Option<Self> {
        let contents = element.contents;
        match element.tag {
            0xa0 => OtherName::from_contents(contents).map(Self::Other),
            0x81 => Some(Self::Email(octets_as_text(contents))),
            0x82 => Some(Self::Dns(octets_as_text(contents))),
            0xa4 => Name::from_der(contents).map(Self::Directory),
            0x86 => Some(Self::Uri(octets_as_text(contents))),
            0x87 => ip(contents).map(Self::Ip).or_else(|| network(contents)),
            0x88 => der::object_identifier(contents).map(Self::RegisteredId),
            _ => None,
        }
    }
}

/// The form and the name, as OpenSSL writes them: `DNS:node1`, `IP:::1`, `otherName:2.5.4.3=node1`.
impl fmt::Display for GeneralName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Directory(name) => write!(f, "DirName:{name}"),
            Self::Dns(dns) => write!(f, "DNS:{dns}"),
            Self::Email(email) => write!(f, "email:{email}"),
            Self::Ip(ip) => write!(f, "IP:{ip}"),
            Self::Network { address, mask } => write!(f, "IP:{address}/{mask}"),
            Self::Other(other) => write!(f, "otherName:{other}"),
            Self::RegisteredId(oid) => write!(f, "RID:{oid}"),
            Self::Uri(uri) => write!(f, "URI:{uri}"),
            Self::Unreadable(der) => write!(f, "unreadable name of {} bytes", der.len()),
        }
    }
}

/// An IA5String as Java reads it: an octet beyond ASCII is U+FFFD.
fn octets_as_text(contents: &[u8]) -> String {
    let character = |octet: u8| if octet.is_ascii() { char::from(octet) } else { '\u{fffd}' };
    contents.iter().copied().map(character).collect()
}

fn network(contents: &[u8]) -> Option<GeneralName> {
    let (address, mask) = contents.split_at_checked(contents.len() / 2)?;
    Some(GeneralName::Network { address: ip(address)?, mask: ip(mask)? })
}

fn ip(contents: &[u8]) -> Option<IpAddr> {
    if let Ok(octets) = <[u8; 4]>::try_from(contents) {
        return Some(Ipv4Addr::from(octets).into());
    }
    <[u8; 16]>::try_from(contents).ok().map(|octets| Ipv6Addr::from(octets).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_named() {
        let names = [
            der::encode(0x82, b"node1.example"),
            der::encode(0x87, &[192, 0, 2, 1]),
            der::encode(0x87, &[192, 0, 2]),
            der::encode(0x87, &[192, 0, 2, 0, 255, 255, 255, 0]),
            der::encode(0x81, b"a@b"),
            der::encode(0x86, b"https://x"),
            der::encode(0x88, &[0x55, 4, 3]),
            der::encode(0xa4, &der::encode(0x30, &[])),
        ]
        .concat();
        let names = SubjectAltNames::from_extension(false, &der::encode(0x30, &names)).unwrap();
        let shown = names.names().iter().map(ToString::to_string).collect::<Vec<_>>();
        let expected = [
            "DNS:node1.example",
            "IP:192.0.2.1",
            "unreadable name of 5 bytes",
            "IP:192.0.2.0/255.255.255.0",
            "email:a@b",
            "URI:https://x",
            "RID:2.5.4.3",
            "DirName:",
        ];
        assert_eq!(shown, expected);
    }

    #[test]
    fn bytes_that_are_no_sequence_of_names_are_refused() {
        assert_eq!(SubjectAltNames::from_extension(false, &[0x30, 5, 0x82]), None);
        assert_eq!(SubjectAltNames::from_extension(false, b""), None);
    }
}
