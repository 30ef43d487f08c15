//! Signatures of certificates: their algorithm, and whether they verify.

mod digest;
mod pss;
mod verify;

use std::fmt;

use crate::der;
use crate::public_key::PublicKey;
use digest::Digest;
use pss::Parameters;
use verify::Signed;

/// A signature algorithm as an AlgorithmIdentifier names it. Prints as its usual name, such as
/// `sha256WithRSAEncryption`, or the object identifier where it has none.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SignatureAlgorithm {
    oid: String,
    parameters: Vec<u8>,
}

/// Whether a signature verifies, to Java.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SignatureCheck {
    /// The key did not make it, or cannot have made it.
    Invalid,
    /// The certificate names another algorithm within than beside the signature, and Java verifies
    /// neither.
    Mismatch,
    /// No supported Java has the algorithm.
    UnknownAlgorithm,
    /// No supported Java takes these parameters of the algorithm, or not all of them do.
    UnknownParameters,
    /// Java may verify it, and this program cannot.
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
            return Parameters::from_der(&self.parameters)
                .map(|parameters| parameters.digest.name());
        }
        self.row().map(|row| row.digest).filter(|digest| !digest.is_empty())
    }

    /// Whether `signature` over `message` was made with the private key of `key`, and Java verifies it.
    pub(crate) fn check(
        &self,
        key: &PublicKey,
        message: &[u8],
        signature: &[u8],
    ) -> SignatureCheck {
        if BEYOND.contains(&self.oid.as_str()) {
            return SignatureCheck::Unsupported;
        }
        let Some(row) = self.row() else { return SignatureCheck::UnknownAlgorithm };
        if !self.has_usual_parameters(row.family) {
            return SignatureCheck::UnknownParameters;
        }
        let signed = Signed { message, signature };
        match (row.family, Digest::from_name(row.digest)) {
            (Family::Ed25519, _) => signed.ed25519(key),
            (Family::Ed448, _) => signed.ed448(key),
            (Family::Pss, _) => self.check_pss(key, signed),
            (Family::Pkcs1, Some(digest)) => match key.pss_parameters() {
                // A key for RSASSA-PSS alone.
                Some(allowed) if !allowed.is_empty() => SignatureCheck::Invalid,
                _ => signed.pkcs1(key, digest),
            },
            (Family::Ecdsa, Some(digest)) => signed.ecdsa(key, digest),
            (Family::Dsa, Some(digest)) => signed.dsa(key, digest),
            (_, None) => SignatureCheck::UnknownAlgorithm,
        }
    }

    /// Java takes none, or NULL; what it makes of others depends on the release.
    fn has_usual_parameters(&self, family: Family) -> bool {
        family == Family::Pss || self.parameters.is_empty() || self.parameters == [0x05, 0x00]
    }

    fn check_pss(&self, key: &PublicKey, signed: Signed<'_>) -> SignatureCheck {
        let Some(used) = Parameters::from_der(&self.parameters) else {
            return SignatureCheck::UnknownParameters;
        };
        let allowed = match key.pss_parameters() {
            None | Some([] | [0x05, 0x00]) => true,
            Some(allowed) => {
                Parameters::from_der(allowed).is_some_and(|allowed| allowed.allow(&used))
            }
        };
        if allowed { signed.pss(key, &used) } else { SignatureCheck::Invalid }
    }

    fn row(&self) -> Option<&'static Row> {
        ROWS.iter().find(|row| row.oid == self.oid)
    }
}

impl fmt::Display for SignatureAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.row().map(|row| row.name);
        f.write_str(name.unwrap_or(&self.oid))
    }
}

/// What kind of key makes a signature, and how.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Family {
    Dsa,
    Ecdsa,
    Ed25519,
    Ed448,
    Pkcs1,
    Pss,
}

/// A signature algorithm that Java has a name for.
struct Row {
    oid: &'static str,
    name: &'static str,
    family: Family,
    digest: &'static str,
}

const fn row(oid: &'static str, name: &'static str, family: Family, digest: &'static str) -> Row {
    Row { oid, name, family, digest }
}

const RSASSA_PSS: &str = "1.2.840.113549.1.1.10";

/// Algorithms that Java has learned after release 17 and that are not verified here: ML-DSA and
/// HSS/LMS.
const BEYOND: [&str; 4] = [
    "2.16.840.1.101.3.4.3.17",
    "2.16.840.1.101.3.4.3.18",
    "2.16.840.1.101.3.4.3.19",
    "1.2.840.113549.1.9.16.3.17",
];

/// The algorithms that Java 17 and 25 both verify, or have disabled (MD2, MD5).
static ROWS: [Row; 37] = [
    row("1.2.840.113549.1.1.2", "md2WithRSAEncryption", Family::Pkcs1, "md2"),
    row("1.2.840.113549.1.1.4", "md5WithRSAEncryption", Family::Pkcs1, "md5"),
    row("1.2.840.113549.1.1.5", "sha1WithRSAEncryption", Family::Pkcs1, "sha1"),
    row("1.3.14.3.2.29", "sha1WithRSAEncryption", Family::Pkcs1, "sha1"),
    row("1.2.840.113549.1.1.14", "sha224WithRSAEncryption", Family::Pkcs1, "sha224"),
    row("1.2.840.113549.1.1.11", "sha256WithRSAEncryption", Family::Pkcs1, "sha256"),
    row("1.2.840.113549.1.1.12", "sha384WithRSAEncryption", Family::Pkcs1, "sha384"),
    row("1.2.840.113549.1.1.13", "sha512WithRSAEncryption", Family::Pkcs1, "sha512"),
    row("1.2.840.113549.1.1.15", "sha512-224WithRSAEncryption", Family::Pkcs1, "sha512-224"),
    row("1.2.840.113549.1.1.16", "sha512-256WithRSAEncryption", Family::Pkcs1, "sha512-256"),
    row("2.16.840.1.101.3.4.3.13", "sha3-224WithRSAEncryption", Family::Pkcs1, "sha3-224"),
    row("2.16.840.1.101.3.4.3.14", "sha3-256WithRSAEncryption", Family::Pkcs1, "sha3-256"),
    row("2.16.840.1.101.3.4.3.15", "sha3-384WithRSAEncryption", Family::Pkcs1, "sha3-384"),
    row("2.16.840.1.101.3.4.3.16", "sha3-512WithRSAEncryption", Family::Pkcs1, "sha3-512"),
    row(RSASSA_PSS, "rsassaPss", Family::Pss, ""),
    row("1.2.840.10045.4.1", "ecdsa-with-SHA1", Family::Ecdsa, "sha1"),
    row("1.2.840.10045.4.3.1", "ecdsa-with-SHA224", Family::Ecdsa, "sha224"),
    row("1.2.840.10045.4.3.2", "ecdsa-with-SHA256", Family::Ecdsa, "sha256"),
    row("1.2.840.10045.4.3.3", "ecdsa-with-SHA384", Family::Ecdsa, "sha384"),
    row("1.2.840.10045.4.3.4", "ecdsa-with-SHA512", Family::Ecdsa, "sha512"),
    row("2.16.840.1.101.3.4.3.9", "ecdsa-with-SHA3-224", Family::Ecdsa, "sha3-224"),
    row("2.16.840.1.101.3.4.3.10", "ecdsa-with-SHA3-256", Family::Ecdsa, "sha3-256"),
    row("2.16.840.1.101.3.4.3.11", "ecdsa-with-SHA3-384", Family::Ecdsa, "sha3-384"),
    row("2.16.840.1.101.3.4.3.12", "ecdsa-with-SHA3-512", Family::Ecdsa, "sha3-512"),
    row("1.2.840.10040.4.3", "dsa-with-SHA1", Family::Dsa, "sha1"),
    row("1.3.14.3.2.13", "dsa-with-SHA1", Family::Dsa, "sha1"),
    row("1.3.14.3.2.27", "dsa-with-SHA1", Family::Dsa, "sha1"),
    row("2.16.840.1.101.3.4.3.1", "dsa-with-SHA224", Family::Dsa, "sha224"),
    row("2.16.840.1.101.3.4.3.2", "dsa-with-SHA256", Family::Dsa, "sha256"),
    row("2.16.840.1.101.3.4.3.3", "dsa-with-SHA384", Family::Dsa, "sha384"),
    row("2.16.840.1.101.3.4.3.4", "dsa-with-SHA512", Family::Dsa, "sha512"),
    row("2.16.840.1.101.3.4.3.5", "dsa-with-SHA3-224", Family::Dsa, "sha3-224"),
    row("2.16.840.1.101.3.4.3.6", "dsa-with-SHA3-256", Family::Dsa, "sha3-256"),
    row("2.16.840.1.101.3.4.3.7", "dsa-with-SHA3-384", Family::Dsa, "sha3-384"),
    row("2.16.840.1.101.3.4.3.8", "dsa-with-SHA3-512", Family::Dsa, "sha3-512"),
    row("1.3.101.112", "Ed25519", Family::Ed25519, ""),
    row("1.3.101.113", "Ed448", Family::Ed448, ""),
];
