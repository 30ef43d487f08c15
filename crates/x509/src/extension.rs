//! An extension of a certificate or of a request (RFC 5280, section 4.1).

/// An extension as encoded.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Extension {
    /// Dotted object identifier.
    pub oid: String,
    /// Whether it is marked critical.
    pub critical: bool,
    /// The contents of its OCTET STRING.
    pub value: Vec<u8>,
}
