//! RSASSA-PSS: its parameters, and the encoding that a signature must have (RFC 8017, section 9.1.2
//! and appendix A.2.3).

use super::digest::Digest;
use crate::der;

/// The parameters of a signature, or those that a key allows.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Parameters {
    pub(super) digest: Digest,
    mask: Digest,
    salt_length: usize,
}

impl Parameters {
    /// From a DER RSASSA-PSS-params, each of whose fields has a default. Nothing where it is malformed,
    /// or of values that Java does not take.
    pub(super) fn from_der(bytes: &[u8]) -> Option<Self> {
        let mut parameters =
            Self { digest: Digest::Sha1, mask: Digest::Sha1, salt_length: DEFAULT_SALT };
        for field in der::read_all(der::read_one(bytes, der::SEQUENCE)?.contents)? {
            match field.tag {
                0xa0 => parameters.digest = digest(field.contents)?,
                0xa1 => parameters.mask = mask(field.contents)?,
                0xa2 => parameters.salt_length = usize::try_from(number(field.contents)?).ok()?,
                0xa3 => (number(field.contents)? == 1).then_some(())?,
                _ => return None,
            }
        }
        Some(parameters)
    }

    /// Whether a key that allows `self` alone may make a signature with `used`.
    pub(super) fn allow(&self, used: &Self) -> bool {
        self.digest == used.digest && self.mask == used.mask && self.salt_length <= used.salt_length
    }

    /// Whether an encoded message, of a modulus of so many bits, is that of `message`.
    pub(super) fn verify(&self, message: &[u8], encoded: &[u8], modulus_bits: usize) -> bool {
        self.salted(message, encoded, modulus_bits).unwrap_or(false)
    }

    fn salted(&self, message: &[u8], encoded: &[u8], modulus_bits: usize) -> Option<bool> {
        let bits = modulus_bits.checked_sub(1)?;
        // Where the bits fill whole octets, the modulus has an octet more, which is zero.
        let surplus = encoded.len().checked_sub(bits.div_ceil(8))?;
        let (zeros, encoded) = encoded.split_at_checked(surplus)?;
        let (last, encoded) = encoded.split_last()?;
        let hashed = self.digest.of(&[message]);
        let block_length = encoded.len().checked_sub(hashed.len())?;
        let (masked, expected) = encoded.split_at_checked(block_length)?;
        let used = u32::try_from(bits.checked_sub(1)? % 8).ok()?.checked_add(1)?;
        let kept = 0xff_u8.checked_shr(8_u32.checked_sub(used)?)?;
        let mut block = self.unmasked(masked, expected);
        let first = block.first_mut()?;
        let clean = masked.first()? & !kept == 0;
        *first &= kept;
        let fill = block_length.checked_sub(self.salt_length)?.checked_sub(1)?;
        let (padding, rest) = block.split_at_checked(fill)?;
        let (one, salt) = rest.split_first()?;
        let fits = zeros.iter().chain(padding).all(|octet| *octet == 0) && *one == 1;
        let found = self.digest.of(&[&[0; 8], &hashed, salt]);
        Some(clean && *last == TRAILER && fits && found == expected)
    }

    /// The block without its mask (MGF1, RFC 8017, appendix B.2.1).
    fn unmasked(&self, masked: &[u8], seed: &[u8]) -> Vec<u8> {
        let blocks = (0_u32..).flat_map(|counter| self.mask.of(&[seed, &counter.to_be_bytes()]));
        masked.iter().zip(blocks).map(|(octet, mask)| octet ^ mask).collect()
    }
}

/// An AlgorithmIdentifier of a digest.
fn digest(bytes: &[u8]) -> Option<Digest> {
    let (oid, _) = der::read(der::read_one(bytes, der::SEQUENCE)?.contents)?;
    Digest::from_oid(&der::object_identifier(oid.contents)?)
}

/// An AlgorithmIdentifier of a mask generation function, which can be MGF1 alone.
fn mask(bytes: &[u8]) -> Option<Digest> {
    let (oid, parameters) = der::read(der::read_one(bytes, der::SEQUENCE)?.contents)?;
    (der::object_identifier(oid.contents)? == MGF1).then_some(())?;
    digest(parameters)
}

fn number(bytes: &[u8]) -> Option<u32> {
    let contents = der::read_one(bytes, der::INTEGER)?.contents;
    let short = contents.first()? & 0x80 == 0 && contents.len() <= 4;
    short.then(|| contents.iter().fold(0, |number, octet| number << 8 | u32::from(*octet)))
}

const DEFAULT_SALT: usize = 20;
const TRAILER: u8 = 0xbc;
const MGF1: &str = "1.2.840.113549.1.1.8";
