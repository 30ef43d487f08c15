//! Identifier octets of the ASN.1 types that occur in key stores (X.690, section 8.1.2).

pub(crate) const BIT_STRING: u8 = 0x03;
pub(crate) const BMP_STRING: u8 = 0x1e;
pub(crate) const INTEGER: u8 = 0x02;
pub(crate) const NULL: u8 = 0x05;
pub(crate) const OBJECT_IDENTIFIER: u8 = 0x06;
pub(crate) const OCTET_STRING: u8 = 0x04;
pub(crate) const SEQUENCE: u8 = 0x30;
pub(crate) const SET: u8 = 0x31;

/// The bit that says that the content consists of further elements.
pub(crate) const CONSTRUCTED: u8 = 0x20;

/// The identifier octet of `[number]` in its constructed form; `number` is below 31.
pub(crate) const fn context(number: u8) -> u8 {
    0xa0 | number
}

/// The identifier octet of `[number]` in its primitive form; `number` is below 31.
pub(crate) const fn context_primitive(number: u8) -> u8 {
    0x80 | number
}
