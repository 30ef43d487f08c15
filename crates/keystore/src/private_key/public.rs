//! The public half of a key, computed by the crypto library or read off.

use aws_lc_rs::agreement;
use aws_lc_rs::signature::Ed25519KeyPair;
use aws_lc_rs::signature::KeyPair;
use crosstrust_x509::Curve;
use crosstrust_x509::PublicKey;
use zeroize::Zeroizing;

use super::ED448;
use super::ED25519;
use super::RSA_ENCRYPTION;
use crate::der;
use crate::der::Reader;

/// The SubjectPublicKeyInfo of an RSA key (RFC 3279, section 2.3.1).
pub(super) fn rsa(modulus: &[u8], exponent: &[u8]) -> Option<PublicKey> {
    if modulus.is_empty() || exponent.is_empty() {
        return None;
    }
    let algorithm = der::sequence(&[&der::object_identifier(RSA_ENCRYPTION), &der::null()]);
    let key = der::sequence(&[&der::unsigned(modulus), &der::unsigned(exponent)]);
    info(&algorithm, &key)
}

/// The SubjectPublicKeyInfo of an Ed25519 key (RFC 8410, section 4).
pub(super) fn ed25519(seed: &[u8]) -> Option<PublicKey> {
    let pair = Ed25519KeyPair::from_seed_unchecked(seed).ok()?;
    let algorithm = der::sequence(&[&der::object_identifier(ED25519)]);
    info(&algorithm, pair.public_key().as_ref())
}

/// The SubjectPublicKeyInfo of an Ed448 key, whose seed is in an OCTET STRING (RFC 8410, sections 4 and 7).
pub(super) fn ed448(key: &[u8]) -> Option<PublicKey> {
    let seed =
        Zeroizing::new(Reader::new(key, "Ed448 private key").octet_string().ok()?.into_owned());
    let pair = ed448_goldilocks::SigningKey::try_from(seed.as_slice()).ok()?;
    let algorithm = der::sequence(&[&der::object_identifier(ED448)]);
    info(&algorithm, &pair.verifying_key().to_bytes())
}

/// The SubjectPublicKeyInfo of this AlgorithmIdentifier and key.
pub(super) fn info(algorithm: &[u8], key: &[u8]) -> Option<PublicKey> {
    PublicKey::from_der(&der::sequence(&[algorithm, &der::bit_string(key)]))
}

/// The curve that DER `ECParameters` name (RFC 5480, section 2.1.1.1).
pub(super) fn curve(parameters: &[u8]) -> Curve {
    let oid = Reader::new(parameters, "curve").object_identifier();
    match oid.as_deref() {
        Ok("1.3.132.0.33") => Curve::P224,
        Ok("1.2.840.10045.3.1.7") => Curve::P256,
        Ok("1.3.132.0.34") => Curve::P384,
        Ok("1.3.132.0.35") => Curve::P521,
        Ok(oid) => Curve::Other { oid: oid.to_owned() },
        Err(_) => Curve::Explicit,
    }
}

/// A scalar with as many octets as RFC 5915 asks for; nothing when it has too many digits.
pub(super) fn fixed_length(scalar: &[u8], curve: &Curve) -> Option<Zeroizing<Vec<u8>>> {
    let length = match curve {
        Curve::P224 => 28,
        Curve::P256 => 32,
        Curve::P384 => 48,
        Curve::P521 => 66,
        _ => scalar.len(),
    };
    let zeros = scalar.len().saturating_sub(length);
    let (dropped, digits) = scalar.split_at_checked(zeros)?;
    if dropped.iter().any(|octet| *octet != 0) {
        return None;
    }
    let mut fixed = Zeroizing::new(vec![0; length]);
    fixed.iter_mut().rev().zip(digits.iter().rev()).for_each(|(octet, digit)| *octet = *digit);
    Some(fixed)
}

/// The point of a scalar, uncompressed; nothing for curves that the crypto library lacks, an error
/// for a scalar out of the range of its curve.
pub(super) fn point(scalar: &[u8], curve: &Curve) -> Option<Result<Vec<u8>, ()>> {
    let algorithm = match curve {
        Curve::P256 => &agreement::ECDH_P256,
        Curve::P384 => &agreement::ECDH_P384,
        Curve::P521 => &agreement::ECDH_P521,
        _ => return None,
    };
    let point = agreement::PrivateKey::from_private_key(algorithm, scalar)
        .map_err(|_| ())
        .and_then(|key| key.compute_public_key().map_err(|_| ()))
        .map(|public| public.as_ref().to_vec());
    Some(point)
}

/// The bits of a number without leading zero octets.
pub(super) fn bits(number: &[u8]) -> usize {
    let unused = number.first().map_or(0, |octet| octet.leading_zeros());
    number.len() * 8 - usize::try_from(unused).unwrap_or_default()
}
