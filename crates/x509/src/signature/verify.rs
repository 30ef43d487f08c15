//! Whether a signature verifies: with aws-lc-rs where it knows the algorithm, else with crates that do
//! nothing else here. None of them signs, or has a secret: docs/dependencies.md.

use aws_lc_rs::signature as algorithms;
use aws_lc_rs::signature::{UnparsedPublicKey, VerificationAlgorithm};
use ed448_goldilocks as ed448;
use p256::ecdsa::signature::Verifier as _;
use p256::ecdsa::signature::hazmat::PrehashVerifier as _;
use rsa::BoxedUint;
use rsa::traits::{PublicKeyParts as _, SignatureScheme as _};
use rsa::{Pkcs1v15Sign, RsaPublicKey};

use super::SignatureCheck;
use super::digest::Digest;
use super::pss::Parameters;
use crate::der;
use crate::public_key::{Curve, KeyKind, PublicKey};

/// What was signed, and the signature.
#[derive(Clone, Copy)]
pub(super) struct Signed<'a> {
    pub(super) message: &'a [u8],
    pub(super) signature: &'a [u8],
}

impl Signed<'_> {
    fn with_library(
        self,
        algorithm: &'static dyn VerificationAlgorithm,
        key: &PublicKey,
    ) -> SignatureCheck {
        let key = UnparsedPublicKey::new(algorithm, key.key_bits());
        valid_if(key.verify(self.message, self.signature).is_ok())
    }

    /// RSASSA-PKCS1-v1_5.
    pub(super) fn pkcs1(self, key: &PublicKey, digest: Digest) -> SignatureCheck {
        if let Some(algorithm) = library_rsa(key, digest) {
            return self.with_library(algorithm, key);
        }
        let Some(oid) = der::encode_object_identifier(digest.oid()) else {
            return SignatureCheck::Unsupported;
        };
        let hashed = digest.of(&[self.message]);
        let info = digest_info(&oid, &hashed);
        let prefix = info.get(..info.len().saturating_sub(hashed.len())).unwrap_or_default();
        let scheme = Pkcs1v15Sign { hash_len: Some(hashed.len()), prefix: prefix.into() };
        match rsa_key(key) {
            Some(key) => valid_if(scheme.verify(&key, &hashed, self.signature).is_ok()),
            None => SignatureCheck::Invalid,
        }
    }

    /// RSASSA-PSS.
    pub(super) fn pss(self, key: &PublicKey, parameters: &Parameters) -> SignatureCheck {
        let Some(public) = rsa_key(key) else { return SignatureCheck::Invalid };
        let size = public.size();
        if self.signature.len() != size {
            return SignatureCheck::Invalid;
        }
        let number = BoxedUint::from_be_slice(self.signature, public.n_bits_precision());
        let Some(number) = number.ok().filter(|number| number < public.n().as_ref()) else {
            return SignatureCheck::Invalid;
        };
        let Ok(encoded) = rsa::hazmat::rsa_encrypt(&public, &number) else {
            return SignatureCheck::Invalid;
        };
        let encoded = encoded.to_be_bytes();
        let surplus = encoded.len().saturating_sub(size);
        let encoded = encoded.get(surplus..).unwrap_or_default();
        let bits = usize::try_from(public.n().bits_vartime()).unwrap_or(0);
        valid_if(parameters.verify(self.message, encoded, bits))
    }

    /// ECDSA, on the curves that Java has.
    pub(super) fn ecdsa(self, key: &PublicKey, digest: Digest) -> SignatureCheck {
        let KeyKind::Ec { curve } = key.kind() else { return SignatureCheck::Invalid };
        if let Some(algorithm) = library_ecdsa(curve, digest) {
            return self.with_library(algorithm, key);
        }
        let (key, signature) = (key.key_bits(), self.signature);
        let hashed = digest.of(&[self.message]);
        let fits = match curve {
            Curve::P256 => p256::ecdsa::VerifyingKey::from_sec1_bytes(key)
                .ok()
                .zip(p256::ecdsa::Signature::from_der(signature).ok())
                .map(|(key, signature)| {
                    key.verify_prehash(&filled(&hashed, 32), &signature).is_ok()
                }),
            Curve::P384 => p384::ecdsa::VerifyingKey::from_sec1_bytes(key)
                .ok()
                .zip(p384::ecdsa::Signature::from_der(signature).ok())
                .map(|(key, signature)| {
                    key.verify_prehash(&filled(&hashed, 48), &signature).is_ok()
                }),
            Curve::P521 => p521::ecdsa::VerifyingKey::from_sec1_bytes(key)
                .ok()
                .zip(p521::ecdsa::Signature::from_der(signature).ok())
                .map(|(key, signature)| {
                    key.verify_prehash(&filled(&hashed, 66), &signature).is_ok()
                }),
            _ => return SignatureCheck::Unsupported,
        };
        valid_if(fits.unwrap_or(false))
    }

    /// DSA, of the sizes that FIPS 186-4 has.
    pub(super) fn dsa(self, key: &PublicKey, digest: Digest) -> SignatureCheck {
        let KeyKind::Dsa { bits } = key.kind() else { return SignatureCheck::Invalid };
        // Java does not take parameters that are inherited from the issuer.
        if *bits == 0 {
            return SignatureCheck::Invalid;
        }
        let Some(key) = dsa_key(key) else { return SignatureCheck::Unsupported };
        let signature = || {
            let [r, s] = numbers(self.signature)?;
            dsa::Signature::from_components(r, s)
        };
        let Some(signature) = signature() else { return SignatureCheck::Invalid };
        valid_if(key.verify_prehash(&digest.of(&[self.message]), &signature).is_ok())
    }

    /// Ed25519 (RFC 8410).
    pub(super) fn ed25519(self, key: &PublicKey) -> SignatureCheck {
        match key.kind() {
            KeyKind::Ed25519 => self.with_library(&algorithms::ED25519, key),
            _ => SignatureCheck::Invalid,
        }
    }

    /// Ed448 (RFC 8410).
    pub(super) fn ed448(self, key: &PublicKey) -> SignatureCheck {
        let verified = || {
            matches!(key.kind(), KeyKind::Ed448).then_some(())?;
            let octets = <[u8; 57]>::try_from(key.key_bits()).ok()?;
            let key = ed448::VerifyingKey::from_bytes(&octets).ok()?;
            let signature = ed448::Signature::try_from(self.signature).ok()?;
            key.verify(self.message, &signature).ok()
        };
        valid_if(verified().is_some())
    }
}

fn valid_if(verified: bool) -> SignatureCheck {
    if verified { SignatureCheck::Valid } else { SignatureCheck::Invalid }
}

/// A digest with zeros before it, up to the size of the curve's field: the same number.
fn filled(hashed: &[u8], size: usize) -> Vec<u8> {
    let zeros = size.saturating_sub(hashed.len());
    std::iter::repeat_n(0, zeros).chain(hashed.iter().copied()).collect()
}

/// `DigestInfo` (RFC 8017, section 9.2).
fn digest_info(oid: &[u8], hashed: &[u8]) -> Vec<u8> {
    let oid = der::encode(der::OBJECT_IDENTIFIER, oid);
    let algorithm = der::encode(der::SEQUENCE, &[oid, der::encode(NULL, &[])].concat());
    let hashed = der::encode(der::OCTET_STRING, hashed);
    der::encode(der::SEQUENCE, &[algorithm, hashed].concat())
}

/// An RSA key of a size and exponent that Java takes.
fn rsa_key(key: &PublicKey) -> Option<RsaPublicKey> {
    matches!(key.kind(), KeyKind::Rsa { .. } | KeyKind::RsaPss { .. }).then_some(())?;
    let [modulus, exponent] = numbers(key.key_bits())?;
    let bits = modulus.bits_vartime();
    let is_known = bits <= LARGEST_RSA
        && (bits <= LARGEST_WITH_ANY_EXPONENT || exponent.bits_vartime() <= LARGEST_EXPONENT);
    let is_odd = |number: &BoxedUint| number.bit_vartime(0);
    let is_sound = is_odd(&modulus) && is_odd(&exponent) && exponent < modulus;
    let is_sound = is_sound && exponent.bits_vartime() > 1;
    (is_known && is_sound).then(|| RsaPublicKey::new_unchecked(modulus, exponent))
}

fn dsa_key(key: &PublicKey) -> Option<dsa::VerifyingKey> {
    let (algorithm, _) = der::read(der::read_one(key.der(), der::SEQUENCE)?.contents)?;
    let (_, parameters) = der::read(algorithm.contents)?;
    let [p, q, g] = numbers(parameters)?;
    let y = unsigned(der::read_one(key.key_bits(), der::INTEGER)?.contents)?;
    if y >= p || q >= p {
        return None;
    }
    let y = BoxedUint::from_be_slice(&y.to_be_bytes_trimmed_vartime(), p.bits_precision()).ok()?;
    let group = dsa::Components::from_components(p, q, g).ok()?;
    dsa::VerifyingKey::from_components(group, y).ok()
}

/// The positive integers that a SEQUENCE begins with.
fn numbers<const COUNT: usize>(bytes: &[u8]) -> Option<[BoxedUint; COUNT]> {
    let fields = der::read_all(der::read_one(bytes, der::SEQUENCE)?.contents)?;
    let fields = fields.iter().filter(|field| field.tag == der::INTEGER);
    let found = fields.map(|field| unsigned(field.contents)).collect::<Option<Vec<_>>>()?;
    found.try_into().ok()
}

fn unsigned(contents: &[u8]) -> Option<BoxedUint> {
    let is_positive = contents.first()? & 0x80 == 0 && contents.len() <= LARGEST_NUMBER;
    let zeros = contents.iter().take_while(|octet| **octet == 0).count();
    let digits = contents.get(zeros..)?;
    is_positive.then(|| BoxedUint::from_be_slice_vartime(digits))
}

/// What the library verifies with RSA: from 2048 bits, and with usual exponents.
fn library_rsa(key: &PublicKey, digest: Digest) -> Option<&'static dyn VerificationAlgorithm> {
    let KeyKind::Rsa { bits: 2048..=8192 } = key.kind() else { return None };
    key.rsa_exponent().filter(|exponent| exponent.len() <= 4)?;
    Some(match digest {
        Digest::Sha1 => &algorithms::RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY,
        Digest::Sha256 => &algorithms::RSA_PKCS1_2048_8192_SHA256,
        Digest::Sha384 => &algorithms::RSA_PKCS1_2048_8192_SHA384,
        Digest::Sha512 => &algorithms::RSA_PKCS1_2048_8192_SHA512,
        _ => return None,
    })
}

fn library_ecdsa(curve: &Curve, digest: Digest) -> Option<&'static dyn VerificationAlgorithm> {
    Some(match (curve, digest) {
        (Curve::P256, Digest::Sha256) => &algorithms::ECDSA_P256_SHA256_ASN1,
        (Curve::P256, Digest::Sha384) => &algorithms::ECDSA_P256_SHA384_ASN1,
        (Curve::P256, Digest::Sha512) => &algorithms::ECDSA_P256_SHA512_ASN1,
        (Curve::P384, Digest::Sha256) => &algorithms::ECDSA_P384_SHA256_ASN1,
        (Curve::P384, Digest::Sha384) => &algorithms::ECDSA_P384_SHA384_ASN1,
        (Curve::P384, Digest::Sha512) => &algorithms::ECDSA_P384_SHA512_ASN1,
        (Curve::P521, Digest::Sha1) => &algorithms::ECDSA_P521_SHA1_ASN1,
        (Curve::P521, Digest::Sha224) => &algorithms::ECDSA_P521_SHA224_ASN1,
        (Curve::P521, Digest::Sha256) => &algorithms::ECDSA_P521_SHA256_ASN1,
        (Curve::P521, Digest::Sha384) => &algorithms::ECDSA_P521_SHA384_ASN1,
        (Curve::P521, Digest::Sha512) => &algorithms::ECDSA_P521_SHA512_ASN1,
        _ => return None,
    })
}

const NULL: u8 = 0x05;
/// Bits of the largest modulus that Java's `RSAKeyFactory` takes; above the second, an exponent has at
/// most as many bits as the third says.
const LARGEST_RSA: u32 = 16384;
const LARGEST_WITH_ANY_EXPONENT: u32 = 3072;
const LARGEST_EXPONENT: u32 = 64;
/// Octets of a number that is looked at: a modulus of 16384 bits and its sign.
const LARGEST_NUMBER: usize = 2049;
