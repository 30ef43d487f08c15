//! What a key may be used for: keyUsage and extendedKeyUsage (RFC 5280, sections 4.2.1.3 and 4.2.1.12).

use std::fmt;

use crate::der;

/// The keyUsage extension: which bits are set.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct KeyUsage {
    critical: bool,
    bits: u16,
}

impl KeyUsage {
    pub(crate) fn from_extension(critical: bool, value: &[u8]) -> Option<Self> {
        let bit_string = der::read_one(value, 0x03)?;
        let (unused, bytes) = bit_string.contents.split_first()?;
        // The unused bits are not looked at, whatever they are.
        let length = bytes.len().checked_mul(8)?.checked_sub(usize::from(*unused))?;
        let all = bytes.iter().flat_map(|byte| (0..8).map(move |bit| byte & (0x80 >> bit) != 0));
        let set = (0..16).zip(all.take(length)).filter(|(_, is_set)| *is_set);
        let bits = set.fold(0, |bits, (position, _)| bits | (1 << position));
        Some(Self { critical, bits })
    }

    /// Whether the extension is marked critical.
    pub fn is_critical(&self) -> bool {
        self.critical
    }

    /// Whether a bit is set.
    pub fn allows(&self, bit: KeyUsageBit) -> bool {
        self.bits & (1 << bit.index()) != 0
    }

    /// The bits that are set, in the order of the standard.
    pub fn bits(&self) -> impl Iterator<Item = KeyUsageBit> {
        KeyUsageBit::ALL.into_iter().filter(|bit| self.allows(*bit))
    }
}

/// The names of the bits that are set, joined by commas.
impl fmt::Display for KeyUsage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.bits().map(KeyUsageBit::name).collect::<Vec<_>>();
        f.write_str(&names.join(", "))
    }
}

/// A bit of keyUsage, in the order of RFC 5280, section 4.2.1.3.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[allow(missing_docs, reason = "the names are the standard's")]
pub enum KeyUsageBit {
    DigitalSignature,
    NonRepudiation,
    KeyEncipherment,
    DataEncipherment,
    KeyAgreement,
    KeyCertSign,
    CrlSign,
    EncipherOnly,
    DecipherOnly,
}

impl KeyUsageBit {
    /// All bits, in order.
    pub const ALL: [Self; 9] = [
        Self::DigitalSignature,
        Self::NonRepudiation,
        Self::KeyEncipherment,
        Self::DataEncipherment,
        Self::KeyAgreement,
        Self::KeyCertSign,
        Self::CrlSign,
        Self::EncipherOnly,
        Self::DecipherOnly,
    ];

    /// The position of the bit in the standard's BIT STRING, from 0.
    pub fn index(self) -> u32 {
        Self::ALL
            .into_iter()
            .zip(0..)
            .find_map(|(bit, index)| (bit == self).then_some(index))
            .unwrap_or(0)
    }

    /// The name in the standard, such as `keyCertSign`.
    pub fn name(self) -> &'static str {
        match self {
            Self::DigitalSignature => "digitalSignature",
            Self::NonRepudiation => "nonRepudiation",
            Self::KeyEncipherment => "keyEncipherment",
            Self::DataEncipherment => "dataEncipherment",
            Self::KeyAgreement => "keyAgreement",
            Self::KeyCertSign => "keyCertSign",
            Self::CrlSign => "cRLSign",
            Self::EncipherOnly => "encipherOnly",
            Self::DecipherOnly => "decipherOnly",
        }
    }
}

/// The extendedKeyUsage extension: object identifiers of purposes, in the certificate's order.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ExtendedKeyUsage {
    critical: bool,
    purposes: Vec<String>,
}

impl ExtendedKeyUsage {
    pub(crate) fn from_extension(critical: bool, value: &[u8]) -> Option<Self> {
        let purposes = der::read_all(der::read_one(value, der::SEQUENCE)?.contents)?
            .into_iter()
            .map(|element| {
                (element.tag == der::OBJECT_IDENTIFIER)
                    .then(|| der::object_identifier(element.contents))
                    .flatten()
            })
            .collect::<Option<Vec<_>>>()?;
        Some(Self { critical, purposes })
    }

    /// Whether the extension is marked critical.
    pub fn is_critical(&self) -> bool {
        self.critical
    }

    /// The purposes as dotted object identifiers.
    pub fn purposes(&self) -> &[String] {
        &self.purposes
    }

    /// Whether the key may authenticate a TLS server (serverAuth or anyExtendedKeyUsage).
    pub fn allows_server_auth(&self) -> bool {
        self.has(SERVER_AUTH)
    }

    /// Whether the key may authenticate a TLS client (clientAuth or anyExtendedKeyUsage).
    pub fn allows_client_auth(&self) -> bool {
        self.has(CLIENT_AUTH)
    }

    fn has(&self, purpose: &str) -> bool {
        self.purposes.iter().any(|held| held == purpose || held == ANY)
    }
}

/// The purposes' names, or their object identifiers, joined by commas.
impl fmt::Display for ExtendedKeyUsage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.purposes.iter().map(|oid| purpose_name(oid)).collect::<Vec<_>>();
        f.write_str(&names.join(", "))
    }
}

fn purpose_name(oid: &str) -> &str {
    match oid {
        ANY => "anyExtendedKeyUsage",
        SERVER_AUTH => "serverAuth",
        CLIENT_AUTH => "clientAuth",
        "1.3.6.1.5.5.7.3.3" => "codeSigning",
        "1.3.6.1.5.5.7.3.4" => "emailProtection",
        "1.3.6.1.5.5.7.3.8" => "timeStamping",
        "1.3.6.1.5.5.7.3.9" => "OCSPSigning",
        _ => oid,
    }
}

const ANY: &str = "2.5.29.37.0";
const SERVER_AUTH: &str = "1.3.6.1.5.5.7.3.1";
const CLIENT_AUTH: &str = "1.3.6.1.5.5.7.3.2";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn key_usage_bits_are_read_from_the_left() {
        // RFC 5280, section 4.2.1.3: keyCertSign is bit 5, cRLSign bit 6, decipherOnly bit 8.
        let usage = KeyUsage::from_extension(true, &[0x03, 0x02, 0x01, 0x06]).unwrap();
        assert_eq!(usage.to_string(), "keyCertSign, cRLSign");
        let usage = KeyUsage::from_extension(false, &[0x03, 0x03, 0x07, 0x80, 0x80]).unwrap();
        assert_eq!(usage.to_string(), "digitalSignature, decipherOnly");
        // Java: of eight bits with seven unused ones only the first counts, whatever the others are.
        let usage = KeyUsage::from_extension(false, &[0x03, 0x02, 0x07, 0x86]).unwrap();
        assert_eq!(usage.to_string(), "digitalSignature");
        assert_eq!(KeyUsage::from_extension(false, &[0x03, 0x01, 0x01]), None);
    }

    #[test]
    fn any_extended_key_usage_allows_both_roles() {
        let any = [0x30, 0x06, 0x06, 0x04, 0x55, 0x1d, 0x25, 0x00];
        let usage = ExtendedKeyUsage::from_extension(false, &any).unwrap();
        assert!(usage.allows_client_auth() && usage.allows_server_auth());
        assert_eq!(usage.to_string(), "anyExtendedKeyUsage");
    }
}
