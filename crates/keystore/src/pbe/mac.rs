//! The authentication code of a key store: the old one of PKCS#12, and PBMAC1.

use std::fmt;

use aws_lc_rs::constant_time::verify_slices_are_equal;

use super::budget::Budget;
use super::derive;
use super::derive::Purpose;
use super::digest::Digest;
use super::parameters::Kdf;
use crate::der::AlgorithmIdentifier;
use crate::der::Reader;
use crate::error::Error;
use crate::error::FormatProblem;
use crate::secret::Password;

/// How a key store is authenticated, for showing it.
///
/// Prints as `HMAC-SHA-256, PKCS#12 derivation, 10000 iterations`.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct MacScheme {
    /// The authentication code: `HMAC-SHA-256`.
    pub name: String,
    /// The derivation of its key: `PKCS#12 derivation`, or PBMAC1 and what it uses.
    pub derivation: String,
    /// Iterations of the derivation; scrypt has none.
    pub iterations: Option<u64>,
}

impl MacScheme {
    /// The derivation of the keys of PKCS#12 (RFC 7292, appendix B).
    pub const PKCS12: &'static str = "PKCS#12 derivation";
}

impl fmt::Display for MacScheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, derivation, iterations } = self;
        write!(f, "{name}, {derivation}")?;
        iterations.map_or(Ok(()), |iterations| write!(f, ", {iterations} iterations"))
    }
}

/// The `MacData` of a key store (RFC 7292, section 4; RFC 9579).
pub(crate) struct Authentication {
    digest: &'static Digest,
    value: Vec<u8>,
    derivation: Derivation,
}

enum Derivation {
    Pkcs12 { salt: Vec<u8>, iterations: u64 },
    Pbmac1 { kdf: Kdf, key_len: usize },
}

impl Authentication {
    /// Reads a `MacData`.
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, Error> {
        let mut data = reader.sequence()?.named("authentication code");
        let mut info = data.sequence()?;
        let algorithm = AlgorithmIdentifier::read(&mut info)?;
        let value = info.octet_string()?.into_owned();
        if algorithm.oid == PBMAC1 {
            return Self::pbmac1(&algorithm, value);
        }
        let digest = Digest::by_oid(&algorithm.oid)?;
        let salt = data.octet_string()?.into_owned();
        let iterations = if data.is_empty() { 1 } else { data.integer()? };
        Ok(Self { digest, value, derivation: Derivation::Pkcs12 { salt, iterations } })
    }

    fn pbmac1(algorithm: &AlgorithmIdentifier<'_>, value: Vec<u8>) -> Result<Self, Error> {
        let mut parameters = algorithm.sequence(PBMAC1_PART)?;
        let kdf = Kdf::read(&mut parameters)?;
        let mac = AlgorithmIdentifier::read(&mut parameters)?;
        let digest = Digest::by_hmac_oid(&mac.oid, "message authentication code")?;
        let refusal = |problem| Error::Damaged { part: PBMAC1_PART, problem };
        let missing = refusal(FormatProblem::Missing { what: "key length" });
        let key_len = kdf.key_len.ok_or(missing)?;
        if key_len < PBMAC1_LEAST_KEY {
            // RFC 9579, section 5: a short key lets the code be forged without the password.
            return Err(refusal(FormatProblem::InvalidValue { what: "key length, less than 20" }));
        }
        Ok(Self { digest, value, derivation: Derivation::Pbmac1 { kdf, key_len } })
    }

    /// Whether the code is that of `content` under this password, in any of its forms.
    pub(crate) fn verify(
        &self,
        content: &[u8],
        password: &Password,
        budget: &mut Budget,
    ) -> Result<bool, Error> {
        let forms = match self.derivation {
            Derivation::Pkcs12 { .. } => password.pkcs12_forms(),
            Derivation::Pbmac1 { .. } => password.pbes2_forms(),
        };
        for form in forms {
            let key = match &self.derivation {
                Derivation::Pkcs12 { salt, iterations } => {
                    let iterations = budget.spend(*iterations, 1, self.digest.cost)?;
                    let length = self.digest.output_len;
                    let input = (form.as_slice(), salt.as_slice());
                    derive::pkcs12(self.digest, Purpose::MacKey, input, iterations, length)
                }
                Derivation::Pbmac1 { kdf, key_len } => kdf.derive(&form, *key_len, budget)?,
            };
            let value = self.digest.hmac(&key, content);
            if verify_slices_are_equal(&value, &self.value).is_ok() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// What to show of it.
    pub(crate) fn describe(&self) -> MacScheme {
        let (derivation, iterations) = match &self.derivation {
            Derivation::Pkcs12 { iterations, .. } => {
                (MacScheme::PKCS12.to_owned(), Some(*iterations))
            }
            Derivation::Pbmac1 { kdf, .. } => (format!("PBMAC1, {}", kdf.name()), kdf.iterations()),
        };
        MacScheme { name: format!("HMAC-{}", self.digest.name), derivation, iterations }
    }
}

const PBMAC1: &str = "1.2.840.113549.1.5.14";
const PBMAC1_PART: &str = "PBMAC1 parameters";
const PBMAC1_LEAST_KEY: usize = 20;
