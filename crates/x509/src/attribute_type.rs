//! The attribute types of names: object identifiers and their short names.

/// A row of the table of attribute types.
pub(crate) struct AttributeType {
    /// Dotted object identifier.
    pub(crate) oid: &'static str,
    /// The name in RFC 4514 text; registered as an LDAP descriptor.
    pub(crate) descriptor: &'static str,
    /// The names that Java's `X500Principal` takes, in upper case.
    pub(crate) keywords: &'static [&'static str],
}

/// The row of an object identifier.
pub(crate) fn by_oid(oid: &str) -> Option<&'static AttributeType> {
    TABLE.iter().find(|row| row.oid == oid)
}

/// The row of a keyword, in whatever case.
pub(crate) fn by_keyword(keyword: &str) -> Option<&'static AttributeType> {
    TABLE.iter().find(|row| row.keywords.iter().any(|known| known.eq_ignore_ascii_case(keyword)))
}

pub(crate) const COMMON_NAME: &str = "2.5.4.3";
pub(crate) const DOMAIN_COMPONENT: &str = "0.9.2342.19200300.100.1.25";
pub(crate) const EMAIL_ADDRESS: &str = "1.2.840.113549.1.9.1";

#[rustfmt::skip]
const TABLE: [AttributeType; 17] = [
    AttributeType { oid: COMMON_NAME, descriptor: "CN", keywords: &["CN"] },
    AttributeType { oid: "2.5.4.4", descriptor: "sn", keywords: &["SURNAME"] },
    AttributeType { oid: "2.5.4.5", descriptor: "serialNumber", keywords: &["SERIALNUMBER"] },
    AttributeType { oid: "2.5.4.6", descriptor: "C", keywords: &["C"] },
    AttributeType { oid: "2.5.4.7", descriptor: "L", keywords: &["L"] },
    AttributeType { oid: "2.5.4.8", descriptor: "ST", keywords: &["ST", "S"] },
    AttributeType { oid: "2.5.4.9", descriptor: "STREET", keywords: &["STREET"] },
    AttributeType { oid: "2.5.4.10", descriptor: "O", keywords: &["O"] },
    AttributeType { oid: "2.5.4.11", descriptor: "OU", keywords: &["OU"] },
    AttributeType { oid: "2.5.4.12", descriptor: "title", keywords: &["T"] },
    AttributeType { oid: "2.5.4.42", descriptor: "givenName", keywords: &["GIVENNAME"] },
    AttributeType { oid: "2.5.4.43", descriptor: "initials", keywords: &["INITIALS"] },
    AttributeType { oid: "2.5.4.44", descriptor: "generationQualifier", keywords: &["GENERATION"] },
    AttributeType { oid: "2.5.4.46", descriptor: "dnQualifier", keywords: &["DNQ", "DNQUALIFIER"] },
    AttributeType { oid: "0.9.2342.19200300.100.1.1", descriptor: "UID", keywords: &["UID"] },
    AttributeType { oid: DOMAIN_COMPONENT, descriptor: "DC", keywords: &["DC"] },
    AttributeType { oid: EMAIL_ADDRESS, descriptor: "emailAddress", keywords: &["EMAILADDRESS"] },
];
