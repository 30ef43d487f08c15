//! The public half of a key of a token.

use crosstrust_x509::{PublicKey, der};
use cryptoki::object::{Attribute, AttributeType, ObjectClass, ObjectHandle};
use cryptoki::session::Session;

use super::key::Key;
use super::words::Trouble;

/// The public key that belongs to a private one, as far as the token shows it: as an object with the same
/// id, or else label (with both, where several have the id), or as attributes of the private key itself.
pub(super) fn of(session: &Session, key: &Key) -> Result<Option<PublicKey>, Trouble> {
    let name = match (key.id.is_empty(), key.label.is_empty()) {
        (false, _) => Some(Attribute::Id(key.id.clone())),
        (true, false) => Some(Attribute::Label(key.label.clone())),
        (true, true) => None,
    };
    let mut handles = Vec::new();
    if let Some(name) = name {
        let mut template = vec![Attribute::Class(ObjectClass::PUBLIC_KEY), name];
        template.extend(key.kind.map(Attribute::KeyType));
        handles = session.find_objects(&template)?;
        if handles.len() > 1 && !key.label.is_empty() {
            template.push(Attribute::Label(key.label.clone()));
            handles = session.find_objects(&template)?;
        }
        // Of several, none is known to be it.
        if handles.len() > 1 {
            handles.clear();
        }
    }
    handles.push(key.handle);
    Ok(handles.into_iter().find_map(|handle| read(session, handle)))
}

/// The public key of an object.
pub(super) fn read(session: &Session, handle: ObjectHandle) -> Option<PublicKey> {
    let asked = [
        AttributeType::Modulus,
        AttributeType::PublicExponent,
        AttributeType::EcParams,
        AttributeType::EcPoint,
    ];
    let (mut modulus, mut exponent, mut curve, mut point) = (None, None, None, None);
    for attribute in session.get_attributes(handle, &asked).ok()? {
        match attribute {
            Attribute::Modulus(value) => modulus = Some(value),
            Attribute::PublicExponent(value) => exponent = Some(value),
            Attribute::EcParams(value) => curve = Some(value),
            Attribute::EcPoint(value) => point = Some(value),
            _ => {}
        }
    }
    let info = match (modulus, exponent, curve, point) {
        (Some(modulus), Some(exponent), _, _) => rsa(&modulus, &exponent),
        (_, _, Some(curve), Some(point)) => ec(&curve, &point),
        _ => return None,
    };
    PublicKey::from_der(&info)
}

/// RFC 8017, appendix A.1.1, in RFC 5280's SubjectPublicKeyInfo.
fn rsa(modulus: &[u8], exponent: &[u8]) -> Vec<u8> {
    let key = [unsigned(modulus), unsigned(exponent)].concat();
    info(RSA_ENCRYPTION, &der::encode(der::SEQUENCE, &key))
}

/// RFC 5480: the curve as the token names it, and the point.
fn ec(curve: &[u8], point: &[u8]) -> Vec<u8> {
    // The standard wraps the point into an OCTET STRING, and some tokens do not; both begin with 4.
    let wrapped = der::read_one(point, OCTET_STRING).map(|element| element.contents);
    let point = wrapped.filter(|inner| inner.first() == Some(&4)).unwrap_or(point);
    info(&[EC_PUBLIC_KEY, curve].concat(), point)
}

fn info(algorithm: &[u8], key: &[u8]) -> Vec<u8> {
    let bits = der::encode(BIT_STRING, &[&[0], key].concat());
    der::encode(der::SEQUENCE, &[der::encode(der::SEQUENCE, algorithm), bits].concat())
}

/// An INTEGER of a number without sign.
pub(super) fn unsigned(number: &[u8]) -> Vec<u8> {
    let first = number.iter().position(|byte| *byte != 0).unwrap_or(number.len());
    let mut digits = number.get(first..).unwrap_or_default().to_vec();
    if digits.first().is_none_or(|byte| *byte >= 0x80) {
        digits.insert(0, 0);
    }
    der::encode(INTEGER, &digits)
}

const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const OCTET_STRING: u8 = 0x04;
const RSA_ENCRYPTION: &[u8] = &[6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1, 5, 0];
const EC_PUBLIC_KEY: &[u8] = &[6, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_neither_negative_nor_padded() {
        for (number, expected) in [
            (&[0u8, 0, 1][..], &[2u8, 1, 1][..]),
            (&[0x80], &[2, 2, 0, 0x80]),
            (&[0x7f, 0], &[2, 2, 0x7f, 0]),
            (&[0, 0], &[2, 1, 0]),
            (&[], &[2, 1, 0]),
        ] {
            assert_eq!(unsigned(number), expected, "{number:?}");
        }
    }
}
