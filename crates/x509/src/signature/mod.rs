//! Signatures of certificates: their algorithm, and whether they verify.

use std::fmt;

use aws_lc_rs::signature as algorithms;
use aws_lc_rs::signature::{UnparsedPublicKey, VerificationAlgorithm};

use crate::der;
use crate::public_key::{Curve, KeyKind, PublicKey};

/// A signature algorithm as an AlgorithmIdentifier names it. Prints as its usual name, such as
/// `sha256WithRSAEncryption`, or the object identifier where it has none.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SignatureAlgorithm {
    oid: String,
    parameters: Vec<u8>,
}

/// Whether a signature verifies.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SignatureCheck {
    /// It does not.
    Invalid,
    /// The algorithm is not one that can be checked here (MD2, MD5, DSA, curves beside the NIST
    /// ones, RSA below 1024 bits).
    Unsupported,
    /// It does.
    Valid,
}

impl SignatureAlgorithm {
    /// From the contents of an AlgorithmIdentifier.
    pub(crate) fn from_contents(contents: &[u8]) -> Option<Self> {
        let (oid, parameters) = der::read(contents)?;
        (oid.tag == der::OBJECT_IDENTIFIER).then_some(())?;
        let oid = der::object_identifier(oid.contents)?;
        Some(Self { oid, parameters: parameters.to_vec() })
    }

    /// The dotted object identifier.
    pub fn oid(&self) -> &str {
        &self.oid
    }

    /// The digest that is signed: `md5`, `sha1`, `sha256`…; nothing where the algorithm is unknown
    /// or names none.
    pub fn digest(&self) -> Option<&'static str> {
        if self.oid == RSASSA_PSS {
            return Some(self.pss_digest());
        }
        NAMES.iter().find(|row| row.0 == self.oid).map(|row| row.2).filter(|d| !d.is_empty())
    }

    /// The digest of RSASSA-PSS parameters (RFC 8017, appendix A.2.3); SHA-1 unless said otherwise.
    fn pss_digest(&self) -> &'static str {
        let digest = || {
            let (sequence, _) = der::read(&self.parameters)?;
            let tagged = der::read(sequence.contents).filter(|(e, _)| e.tag == 0xa0)?.0;
            let (identifier, _) = der::read(tagged.contents)?;
            der::object_identifier(der::read(identifier.contents)?.0.contents)
        };
        match digest().as_deref() {
            Some("2.16.840.1.101.3.4.2.1") => "sha256",
            Some("2.16.840.1.101.3.4.2.2") => "sha384",
            Some("2.16.840.1.101.3.4.2.3") => "sha512",
            _ => "sha1",
        }
    }

    /// Whether `signature` over `message` was made with the private key of `key`.
    pub(crate) fn check(
        &self,
        key: &PublicKey,
        message: &[u8],
        signature: &[u8],
    ) -> SignatureCheck {
        let Some(algorithm) = self.verifier(key.kind()) else { return SignatureCheck::Unsupported };
        match UnparsedPublicKey::new(algorithm, key.key_bits()).verify(message, signature) {
            Ok(()) => SignatureCheck::Valid,
            Err(_) => SignatureCheck::Invalid,
        }
    }

    /// The verifier of this algorithm for a kind of key. A kind of key that cannot have made the
    /// signature gets one all the same, so that the answer is "invalid" and not "unsupported".
    fn verifier(&self, key: &KeyKind) -> Option<&'static dyn VerificationAlgorithm> {
        let digest = self.digest();
        match self.oid.as_str() {
            "1.3.101.112" => Some(&algorithms::ED25519),
            RSASSA_PSS => match digest? {
                "sha256" => Some(&algorithms::RSA_PSS_2048_8192_SHA256),
                "sha384" => Some(&algorithms::RSA_PSS_2048_8192_SHA384),
                "sha512" => Some(&algorithms::RSA_PSS_2048_8192_SHA512),
                _ => None,
            },
            oid if oid.starts_with("1.2.840.113549.1.1.") => rsa(key, digest?),
            oid if oid.starts_with("1.2.840.10045.4.") => ecdsa(key, digest?),
            _ => None,
        }
    }
}

impl fmt::Display for SignatureAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = NAMES.iter().find(|row| row.0 == self.oid).map(|row| row.1);
        f.write_str(name.unwrap_or(&self.oid))
    }
}

fn rsa(key: &KeyKind, digest: &str) -> Option<&'static dyn VerificationAlgorithm> {
    if matches!(key, KeyKind::Rsa { bits } if *bits < 1024) {
        return None;
    }
    Some(match digest {
        "sha1" => &algorithms::RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY,
        "sha256" => &algorithms::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY,
        "sha384" => &algorithms::RSA_PKCS1_2048_8192_SHA384,
        "sha512" => &algorithms::RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY,
        _ => return None,
    })
}

fn ecdsa(key: &KeyKind, digest: &str) -> Option<&'static dyn VerificationAlgorithm> {
    let curve = match key {
        KeyKind::Ec { curve } => curve,
        _ => &Curve::P256,
    };
    Some(match (curve, digest) {
        (Curve::P256, "sha256") => &algorithms::ECDSA_P256_SHA256_ASN1,
        (Curve::P256, "sha384") => &algorithms::ECDSA_P256_SHA384_ASN1,
        (Curve::P256, "sha512") => &algorithms::ECDSA_P256_SHA512_ASN1,
        (Curve::P384, "sha256") => &algorithms::ECDSA_P384_SHA256_ASN1,
        (Curve::P384, "sha384") => &algorithms::ECDSA_P384_SHA384_ASN1,
        (Curve::P384, "sha512") => &algorithms::ECDSA_P384_SHA512_ASN1,
        (Curve::P521, "sha1") => &algorithms::ECDSA_P521_SHA1_ASN1,
        (Curve::P521, "sha224") => &algorithms::ECDSA_P521_SHA224_ASN1,
        (Curve::P521, "sha256") => &algorithms::ECDSA_P521_SHA256_ASN1,
        (Curve::P521, "sha384") => &algorithms::ECDSA_P521_SHA384_ASN1,
        (Curve::P521, "sha512") => &algorithms::ECDSA_P521_SHA512_ASN1,
        _ => return None,
    })
}

const RSASSA_PSS: &str = "1.2.840.113549.1.1.10";

/// Object identifier, name, digest.
const NAMES: [(&str, &str, &str); 18] = [
    ("1.2.840.113549.1.1.2", "md2WithRSAEncryption", "md2"),
    ("1.2.840.113549.1.1.4", "md5WithRSAEncryption", "md5"),
    ("1.2.840.113549.1.1.5", "sha1WithRSAEncryption", "sha1"),
    (RSASSA_PSS, "rsassaPss", ""),
    ("1.2.840.113549.1.1.11", "sha256WithRSAEncryption", "sha256"),
    ("1.2.840.113549.1.1.12", "sha384WithRSAEncryption", "sha384"),
    ("1.2.840.113549.1.1.13", "sha512WithRSAEncryption", "sha512"),
    ("1.2.840.113549.1.1.14", "sha224WithRSAEncryption", "sha224"),
    ("1.2.840.10045.4.1", "ecdsa-with-SHA1", "sha1"),
    ("1.2.840.10045.4.3.1", "ecdsa-with-SHA224", "sha224"),
    ("1.2.840.10045.4.3.2", "ecdsa-with-SHA256", "sha256"),
    ("1.2.840.10045.4.3.3", "ecdsa-with-SHA384", "sha384"),
    ("1.2.840.10045.4.3.4", "ecdsa-with-SHA512", "sha512"),
    ("1.2.840.10040.4.3", "dsa-with-SHA1", "sha1"),
    ("2.16.840.1.101.3.4.3.1", "dsa-with-SHA224", "sha224"),
    ("2.16.840.1.101.3.4.3.2", "dsa-with-SHA256", "sha256"),
    ("1.3.101.112", "Ed25519", ""),
    ("1.3.101.113", "Ed448", ""),
];
