//! RSA keys of the sizes that the crypto library does not make, and signatures with those that it
//! does not take, which are the ones below 2048 bits.
//!
//! elasticsearch-certutil makes keys of any size, so its front end must too; nothing else asks for
//! one. The `rsa` crate does no more here than find primes and sign, blinded, on the machine of
//! whoever issues: no network peer can make it sign and watch the time. docs/dependencies.md has
//! the rest of the reasoning.

use std::convert::Infallible;

use rsa::BoxedUint;
use rsa::Pkcs1v15Sign;
use rsa::RsaPrivateKey;
use rsa::RsaPublicKey;
use rsa::rand_core::TryCryptoRng;
use rsa::rand_core::TryRng;
use rsa::sha2::Digest;
use rsa::sha2::Sha256;
use rsa::traits::PrivateKeyParts;
use rsa::traits::PublicKeyParts;
use zeroize::Zeroizing;

use super::PrivateKey;
use crate::der;
use crate::der::Reader;
use crate::error::Error;

/// Generates a key. Takes milliseconds at 512 bits and some ten seconds above 6000.
pub(super) fn generate(bits: usize) -> Result<PrivateKey, Error> {
    let mut random = Random::default();
    let key = RsaPrivateKey::new_unchecked(&mut random, bits);
    if random.failed {
        return Err(Error::Random);
    }
    let der = encode(&key.map_err(|_| Error::Random)?).ok_or(Error::Random)?;
    PrivateKey::from_pkcs1_der(&der)
}

/// A key below 2048 bits, made ready to sign.
pub(super) struct SmallKey {
    key: RsaPrivateKey,
}

impl SmallKey {
    /// Reads a PKCS#1 `RSAPrivateKey`; nothing for one that contradicts itself.
    pub(super) fn from_pkcs1_der(bytes: &[u8]) -> Option<Self> {
        let mut fields = Reader::new(bytes, "RSA private key").sequence().ok()?;
        fields.integer().ok()?;
        let mut number = || fields.unsigned().map(BoxedUint::from_be_slice_vartime).ok();
        let (modulus, exponent, private) = (number()?, number()?, number()?);
        let primes = vec![number()?, number()?];
        let key = RsaPrivateKey::from_components(modulus, exponent, private, primes).ok()?;
        Some(Self { key })
    }

    /// The PKCS#1 v1.5 signature with SHA-256 (RFC 8017, section 8.2), blinded, and verified before
    /// it is handed out.
    pub(super) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Error> {
        let digest = Sha256::digest(message);
        let mut random = Random::default();
        let signed = self.key.sign_with_rng(&mut random, Pkcs1v15Sign::new::<Sha256>(), &digest);
        let signature = signed.map_err(|_| Error::Random)?;
        RsaPublicKey::from(&self.key)
            .verify(Pkcs1v15Sign::new::<Sha256>(), &digest, &signature)
            .map_err(|_| Error::Random)?;
        if random.failed { Err(Error::Random) } else { Ok(signature) }
    }
}

/// An `RSAPrivateKey` (RFC 8017, appendix A.1.2).
fn encode(key: &RsaPrivateKey) -> Option<Zeroizing<Vec<u8>>> {
    let [p, q] = key.primes() else { return None };
    let coefficient = key.crt_coefficient()?;
    let numbers = [key.n().as_ref(), key.e(), key.d(), p, q, key.dp()?, key.dq()?, &coefficient];
    let mut fields = Zeroizing::new(der::integer(0));
    for number in numbers {
        let octets = Zeroizing::new(number.to_be_bytes());
        fields.extend_from_slice(&Zeroizing::new(der::unsigned(&octets)));
    }
    Some(Zeroizing::new(der::sequence(&[&fields])))
}

/// The crypto library's random numbers, for a caller that knows no failure: what is made after one
/// is thrown away.
#[derive(Default)]
struct Random {
    failed: bool,
    /// What is handed out after a failure, never twice the same, so that a search for two different
    /// primes ends.
    filler: u8,
}

impl TryRng for Random {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut octets = [0; size_of::<u32>()];
        self.try_fill_bytes(&mut octets)?;
        Ok(u32::from_le_bytes(octets))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut octets = [0; size_of::<u64>()];
        self.try_fill_bytes(&mut octets)?;
        Ok(u64::from_le_bytes(octets))
    }

    fn try_fill_bytes(&mut self, octets: &mut [u8]) -> Result<(), Infallible> {
        if aws_lc_rs::rand::fill(octets).is_err() {
            self.failed = true;
            self.filler = self.filler.wrapping_add(1);
            octets.fill(self.filler);
        }
        Ok(())
    }
}

impl TryCryptoRng for Random {}

#[cfg(test)]
mod tests {
    use super::*;

    /// The fields of an `RSAPrivateKey` behind its version.
    fn numbers(key: &PrivateKey) -> Vec<Vec<u8>> {
        let der = key.to_pkcs1_der().unwrap();
        let mut fields = Reader::new(der.as_bytes(), "RSA private key").sequence().unwrap();
        fields.integer().unwrap();
        (0..8).map(|_| fields.unsigned().unwrap().to_vec()).collect()
    }

    fn assembled(numbers: &[Vec<u8>]) -> Vec<u8> {
        let fields = numbers.iter().map(|number| der::unsigned(number));
        der::sequence(&[&der::integer(0), &fields.collect::<Vec<_>>().concat()])
    }

    #[test]
    fn a_key_that_contradicts_itself_does_not_sign() {
        let numbers = numbers(&generate(512).unwrap());
        assert!(SmallKey::from_pkcs1_der(&assembled(&numbers)).is_some());
        // Modulus, private exponent and primes; the public exponent only where it is no exponent.
        for (field, values) in [
            (0, &[&[0][..], &[1], &[2], &[15], &[0xff; 64]][..]),
            (1, &[&[0], &[1], &[2], &[0xff; 64]]),
            (2, &[&[0], &[1], &[2], &[0xff; 200]]),
            (3, &[&[0], &[1], &[2], &[3], &[0xff; 200]]),
            (4, &[&[0], &[1], &[2], &[3], &[0xff; 200]]),
        ] {
            for value in values {
                let mut changed = numbers.clone();
                changed[field] = value.to_vec();
                let key = SmallKey::from_pkcs1_der(&assembled(&changed));
                assert!(key.is_none(), "field {field} is {value:02x?}");
            }
        }
        let mut twice = numbers.clone();
        twice[4] = twice[3].clone();
        assert!(SmallKey::from_pkcs1_der(&assembled(&twice)).is_none());
        for length in 0..assembled(&numbers).len() {
            let cut = &assembled(&numbers)[..length];
            assert!(SmallKey::from_pkcs1_der(cut).is_none());
        }
    }

    #[test]
    fn numbers_after_a_failure_differ() {
        let mut random = Random::default();
        assert_ne!(random.try_next_u64(), random.try_next_u64());
        assert!(!random.failed);
    }
}
