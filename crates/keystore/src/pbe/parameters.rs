//! The parameters of key derivations and ciphers inside PBES2 and PBMAC1.

use zeroize::Zeroizing;

use super::budget::Budget;
use super::cipher::Cipher;
use super::digest::Digest;
use super::digest::SHA1;
use super::name_of;
use crate::der::AlgorithmIdentifier;
use crate::der::Element;
use crate::der::Reader;
use crate::der::tag;
use crate::error::Error;
use crate::error::FormatProblem;

/// A key derivation function with its parameters.
pub(crate) struct Kdf {
    salt: Vec<u8>,
    /// Octets of key, where the file says.
    pub(crate) key_len: Option<usize>,
    function: Function,
}

enum Function {
    /// RFC 8018, section 5.2.
    Pbkdf2 { iterations: u64, prf: &'static Digest },
    /// RFC 7914.
    Scrypt { cost: u64, block_size: u64, parallelism: u64 },
}

impl Kdf {
    /// Reads the AlgorithmIdentifier of a derivation that must come next.
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, Error> {
        let algorithm = AlgorithmIdentifier::read(reader)?;
        match algorithm.oid.as_str() {
            PBKDF2 => Self::pbkdf2(&mut algorithm.sequence("PBKDF2 parameters")?),
            SCRYPT => Self::scrypt(&mut algorithm.sequence("scrypt parameters")?),
            oid => Err(Error::UnsupportedAlgorithm {
                role: "key derivation function",
                name: name_of(oid),
                oid: oid.to_owned(),
            }),
        }
    }

    fn pbkdf2(parameters: &mut Reader<'_>) -> Result<Self, Error> {
        let salt = parameters.octet_string()?.into_owned();
        let iterations = parameters.integer()?;
        let key_len = key_length(parameters)?;
        let prf = if parameters.is_empty() {
            SHA1
        } else {
            let prf = AlgorithmIdentifier::read(parameters)?;
            Digest::by_hmac_oid(&prf.oid, "pseudo-random function")?
        };
        Ok(Self { salt, key_len, function: Function::Pbkdf2 { iterations, prf } })
    }

    fn scrypt(parameters: &mut Reader<'_>) -> Result<Self, Error> {
        let salt = parameters.octet_string()?.into_owned();
        let cost = parameters.integer()?;
        let block_size = parameters.integer()?;
        let parallelism = parameters.integer()?;
        let key_len = key_length(parameters)?;
        let function = Function::Scrypt { cost, block_size, parallelism };
        Ok(Self { salt, key_len, function })
    }

    /// A key of `length` octets.
    pub(crate) fn derive(
        &self,
        password: &[u8],
        length: usize,
        budget: &mut Budget,
    ) -> Result<Zeroizing<Vec<u8>>, Error> {
        let mut key = Zeroizing::new(vec![0; length]);
        match &self.function {
            Function::Pbkdf2 { iterations, prf } => {
                let blocks = length.div_ceil(prf.output_len);
                let iterations = budget.spend(*iterations, blocks, prf.cost)?;
                prf.pbkdf2(password, &self.salt, iterations, &mut key);
            }
            Function::Scrypt { cost, block_size, parallelism } => {
                let refusal = Error::ScryptCost {
                    cost: *cost,
                    block_size: *block_size,
                    parallelism: *parallelism,
                    limit_mib: SCRYPT_LIMIT >> 20,
                };
                let parameters = scrypt_parameters(*cost, *block_size, *parallelism);
                let parameters = parameters.ok_or(refusal.clone())?;
                budget.spend(SCRYPT_CHARGE, 1, 1)?;
                scrypt::scrypt(password, &self.salt, &parameters, &mut key).map_err(|_| refusal)?;
            }
        }
        Ok(key)
    }

    /// Its name, as in `PBKDF2 with HMAC-SHA-256`.
    pub(crate) fn name(&self) -> String {
        match &self.function {
            Function::Pbkdf2 { prf, .. } => format!("PBKDF2 with HMAC-{}", prf.name),
            Function::Scrypt { cost, block_size, parallelism } => {
                format!("scrypt with N={cost}, r={block_size}, p={parallelism}")
            }
        }
    }

    /// Its iterations; scrypt has none.
    pub(crate) fn iterations(&self) -> Option<u64> {
        match self.function {
            Function::Pbkdf2 { iterations, .. } => Some(iterations),
            Function::Scrypt { .. } => None,
        }
    }
}

/// A cipher with its parameters.
pub(crate) struct CipherParameters {
    pub(crate) cipher: &'static Cipher,
    pub(crate) iv: Vec<u8>,
    /// Octets of key, as far as the parameters of the cipher say.
    pub(crate) key_len: Option<usize>,
    /// The bits of key that RC2 uses.
    pub(crate) effective_bits: usize,
}

impl CipherParameters {
    /// Reads the AlgorithmIdentifier of a cipher that must come next.
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, Error> {
        let algorithm = AlgorithmIdentifier::read(reader)?;
        let cipher = Cipher::by_oid(&algorithm.oid)?;
        let (mut iv, number) = vector_and_number(algorithm.parameters.as_ref())?;
        if iv.is_empty() {
            // CAST5 (RFC 2144) and IDEA (RFC 3058) leave out a vector of zeros.
            iv = vec![0; cipher.iv_len];
        }
        if iv.len() != cipher.iv_len {
            return Err(invalid("initialisation vector"));
        }
        let (key_len, effective_bits) = match cipher.oid {
            RC2 => (None, effective_bits(number)),
            CAST5 => (number.map(|bits| bits / 8), 0),
            _ => (None, 0),
        };
        Ok(Self { cipher, iv, key_len, effective_bits })
    }
}

/// The vector, and the number that RC2 has before it and CAST5 behind it.
fn vector_and_number(parameters: Option<&Element<'_>>) -> Result<(Vec<u8>, Option<usize>), Error> {
    let Some(element) = parameters.filter(|element| element.tag() != tag::NULL) else {
        return Ok((Vec::new(), None));
    };
    let mut reader = Reader::new(element.raw(), CIPHER_PART);
    if element.tag() != tag::SEQUENCE {
        return Ok((reader.octet_string()?.into_owned(), None));
    }
    let mut fields = reader.sequence()?;
    let (mut vector, mut number) = (Vec::new(), None);
    while let Some(next) = fields.peek() {
        if next == tag::INTEGER {
            number = Some(fields.integer()?);
        } else {
            vector = fields.octet_string()?.into_owned();
        }
    }
    let number = number.map(usize::try_from).transpose();
    Ok((vector, number.map_err(|_| invalid("cipher parameters"))?))
}

/// The code that RC2 has for the bits it uses (RFC 8018, appendix B.2.3).
fn effective_bits(version: Option<usize>) -> usize {
    match version {
        None => 32,
        Some(58) => 128,
        Some(120) => 64,
        Some(160) => 40,
        Some(bits) => bits,
    }
}

fn key_length(parameters: &mut Reader<'_>) -> Result<Option<usize>, Error> {
    if parameters.peek() != Some(tag::INTEGER) {
        return Ok(None);
    }
    let length = usize::try_from(parameters.integer()?).ok();
    let length = length.filter(|length| (1..=KEY_LENGTH_LIMIT).contains(length));
    length.map(Some).ok_or_else(|| invalid("key length"))
}

fn scrypt_parameters(cost: u64, block_size: u64, parallelism: u64) -> Option<scrypt::Params> {
    let work = cost.checked_mul(block_size)?.checked_mul(parallelism)?.checked_mul(128)?;
    if !cost.is_power_of_two() || cost == 1 || work == 0 || work > SCRYPT_LIMIT {
        return None;
    }
    let log_cost = u8::try_from(cost.trailing_zeros()).ok()?;
    let (block_size, parallelism) = (block_size.try_into().ok()?, parallelism.try_into().ok()?);
    scrypt::Params::new(log_cost, block_size, parallelism).ok()
}

pub(crate) fn invalid(what: &'static str) -> Error {
    Error::Damaged { part: CIPHER_PART, problem: FormatProblem::InvalidValue { what } }
}

const PBKDF2: &str = "1.2.840.113549.1.5.12";
const SCRYPT: &str = "1.3.6.1.4.1.11591.4.11";
const RC2: &str = "1.2.840.113549.3.2";
const CAST5: &str = "1.2.840.113533.7.66.10";
const CIPHER_PART: &str = "encryption parameters";
/// More octets than any cipher or authentication code takes.
const KEY_LENGTH_LIMIT: usize = 256;
/// 128·N·r·p octets: sixteen times what `openssl pkcs8 -scrypt` asks for.
const SCRYPT_LIMIT: u64 = 256 << 20;
/// What one scrypt within the limit counts as, in iterations.
const SCRYPT_CHARGE: u64 = 5_000_000;
