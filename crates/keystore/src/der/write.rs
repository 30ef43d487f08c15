//! A writer of DER: each function gives one complete element.
//!
//! The buffers are allocated once and at their final size, so that wiping the result leaves no
//! copy of a secret behind.

use super::oid;
use super::tag;

/// An element with this identifier octet and the parts, one after the other, as its content.
pub(crate) fn element(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let length = parts.iter().map(|part| part.len()).sum::<usize>();
    let length_octets = length_octets(length);
    let mut bytes = Vec::with_capacity(1 + length_octets.len() + length);
    bytes.push(tag);
    bytes.extend(length_octets);
    for part in parts {
        bytes.extend_from_slice(part);
    }
    bytes
}

/// A SEQUENCE of complete elements.
pub(crate) fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    element(tag::SEQUENCE, parts)
}

/// A SET of complete elements, in the order given.
pub(crate) fn set(parts: &[&[u8]]) -> Vec<u8> {
    element(tag::SET, parts)
}

/// `[number]` around complete elements.
pub(crate) fn context(number: u8, parts: &[&[u8]]) -> Vec<u8> {
    element(tag::context(number), parts)
}

/// An OCTET STRING.
pub(crate) fn octet_string(content: &[u8]) -> Vec<u8> {
    element(tag::OCTET_STRING, &[content])
}

/// A BIT STRING of whole octets.
pub(crate) fn bit_string(content: &[u8]) -> Vec<u8> {
    element(tag::BIT_STRING, &[&[0], content])
}

/// NULL.
pub(crate) fn null() -> Vec<u8> {
    element(tag::NULL, &[])
}

/// An OBJECT IDENTIFIER, from its dotted form.
pub(crate) fn object_identifier(dotted: &str) -> Vec<u8> {
    element(tag::OBJECT_IDENTIFIER, &[&oid::from_dotted(dotted)])
}

/// An INTEGER of this value.
pub(crate) fn integer(value: u64) -> Vec<u8> {
    unsigned(&value.to_be_bytes())
}

/// An INTEGER that is not negative, from its big-endian octets.
pub(crate) fn unsigned(big_endian: &[u8]) -> Vec<u8> {
    let digits = big_endian.iter().position(|octet| *octet != 0).unwrap_or(big_endian.len());
    let digits = big_endian.get(digits..).unwrap_or_default();
    // A set top bit, or no digit at all, asks for a zero in front.
    let zero: &[u8] = if digits.first().is_none_or(|octet| octet & 0x80 != 0) { &[0] } else { &[] };
    element(tag::INTEGER, &[zero, digits])
}

fn length_octets(length: usize) -> Vec<u8> {
    if let Some(short) = u8::try_from(length).ok().filter(|length| *length < 0x80) {
        return vec![short];
    }
    let octets = length.to_be_bytes();
    let digits = octets.iter().skip_while(|octet| **octet == 0);
    let count = u8::try_from(digits.clone().count()).unwrap_or_default();
    std::iter::once(0x80 | count).chain(digits.copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_minimal_and_never_negative() {
        // X.690, section 8.3; the bytes are those of `openssl asn1parse -genstr INTEGER:…`.
        assert_eq!(integer(0), [2, 1, 0]);
        assert_eq!(integer(127), [2, 1, 127]);
        assert_eq!(integer(128), [2, 2, 0, 128]);
        assert_eq!(integer(10_000), [2, 2, 0x27, 0x10]);
        assert_eq!(unsigned(&[0, 0, 0x80]), [2, 2, 0, 0x80]);
        assert_eq!(unsigned(&[]), [2, 1, 0]);
    }

    #[test]
    fn lengths_from_128_on_take_the_long_form() {
        assert_eq!(octet_string(&[7; 127]).get(..2), Some(&[4, 127][..]));
        assert_eq!(octet_string(&[7; 128]).get(..3), Some(&[4, 0x81, 128][..]));
        assert_eq!(octet_string(&[7; 256]).get(..4), Some(&[4, 0x82, 1, 0][..]));
    }
}
