//! The digests: one row each, with what key derivation and authentication codes need of them.

use std::num::NonZeroU32;

use aws_lc_rs::digest as aws_digest;
use aws_lc_rs::hmac as aws_hmac;
use aws_lc_rs::pbkdf2 as aws_pbkdf2;
use hmac::Hmac;
use hmac::SimpleHmac;
use md2::Md2;
use md5::Md5;
use sha2::digest;
use sha2::digest::FixedOutput;
use sha2::digest::KeyInit;
use sha2::digest::Mac;
use sha2::digest::block_api::BlockSizeUser;
use sha2::digest::typenum::Unsigned;
use zeroize::Zeroizing;

use crate::error::Error;

/// A digest algorithm.
pub(crate) struct Digest {
    /// Its name, as in `SHA-256`.
    pub(crate) name: &'static str,
    /// Its object identifier.
    pub(crate) oid: &'static str,
    /// The object identifier of HMAC with it, where one is assigned.
    hmac_oid: Option<&'static str>,
    /// Octets of its input block, the `v` of RFC 7292, appendix B.2, in octets.
    pub(crate) block_len: usize,
    /// Octets of its output, the `u` of RFC 7292, appendix B.2, in octets.
    pub(crate) output_len: usize,
    /// How long a round of it takes, in rounds of SHA-256; measured, and rounded up.
    pub(crate) cost: u64,
    implementation: Implementation,
}

/// Who computes it.
enum Implementation {
    /// The crypto library, for what is in daily use.
    AwsLc {
        digest: &'static aws_digest::Algorithm,
        hmac: aws_hmac::Algorithm,
        pbkdf2: aws_pbkdf2::Algorithm,
    },
    /// The crates of the `RustCrypto` project, for the rest.
    RustCrypto { rounds: Rounds, hmac: MacOf, pbkdf2: Pbkdf2 },
}

/// Takes the data and the number of rounds.
type Rounds = fn(&[u8], u32) -> Zeroizing<Vec<u8>>;
/// Takes the key and the data.
type MacOf = fn(&[u8], &[u8]) -> Option<Vec<u8>>;
/// Takes password, salt and iterations, and fills a key.
type Pbkdf2 = fn(&[u8], &[u8], u32, &mut [u8]) -> Option<()>;

impl Digest {
    /// The digest of that object identifier.
    pub(crate) fn by_oid(oid: &str) -> Result<&'static Self, Error> {
        DIGESTS.iter().find(|digest| digest.oid == oid).ok_or_else(|| unsupported("digest", oid))
    }

    /// The digest whose HMAC has that object identifier.
    pub(crate) fn by_hmac_oid(oid: &str, role: &'static str) -> Result<&'static Self, Error> {
        let oid =
            HMAC_SYNONYMS.iter().find(|(synonym, _)| *synonym == oid).map_or(oid, |row| row.1);
        DIGESTS
            .iter()
            .find(|digest| digest.hmac_oid == Some(oid))
            .ok_or_else(|| unsupported(role, oid))
    }

    /// The digest of `data`, digested again until it has been done `rounds` times.
    pub(crate) fn rounds(&self, data: &[u8], rounds: u32) -> Zeroizing<Vec<u8>> {
        match &self.implementation {
            Implementation::AwsLc { digest, .. } => {
                let mut value = aws_digest::digest(digest, data);
                for _ in 1..rounds {
                    value = aws_digest::digest(digest, value.as_ref());
                }
                Zeroizing::new(value.as_ref().to_vec())
            }
            Implementation::RustCrypto { rounds: implementation, .. } => {
                implementation(data, rounds)
            }
        }
    }

    /// HMAC (RFC 2104).
    pub(crate) fn hmac(&self, key: &[u8], data: &[u8]) -> Vec<u8> {
        match &self.implementation {
            Implementation::AwsLc { hmac, .. } => {
                let key = aws_hmac::Key::new(*hmac, key);
                aws_hmac::sign(&key, data).as_ref().to_vec()
            }
            // HMAC takes keys of every length, so there is nothing that could fail.
            Implementation::RustCrypto { hmac, .. } => hmac(key, data).unwrap_or_default(),
        }
    }

    /// PBKDF2 with HMAC (RFC 8018, section 5.2), as many octets as `key` has. No iteration counts
    /// as one.
    pub(crate) fn pbkdf2(&self, password: &[u8], salt: &[u8], iterations: u32, key: &mut [u8]) {
        match &self.implementation {
            Implementation::AwsLc { pbkdf2, .. } => {
                let iterations = NonZeroU32::new(iterations).unwrap_or(NonZeroU32::MIN);
                aws_pbkdf2::derive(*pbkdf2, iterations, salt, password, key);
            }
            Implementation::RustCrypto { pbkdf2, .. } => {
                pbkdf2(password, salt, iterations, key).unwrap_or_default();
            }
        }
    }
}

/// MD5, for the oldest forms of encryption.
pub(crate) static MD5: &Digest = &DIGESTS[1];
/// SHA-1.
pub(crate) static SHA1: &Digest = &DIGESTS[2];
/// SHA-256.
pub(crate) static SHA256: &Digest = &DIGESTS[4];
/// MD2.
pub(crate) static MD2: &Digest = &DIGESTS[0];

const fn row<D, M>(
    name: &'static str,
    oid: &'static str,
    hmac_oid: Option<&'static str>,
    cost: u64,
) -> Digest
where
    D: digest::Digest + BlockSizeUser,
    M: Mac + KeyInit + FixedOutput + Clone,
{
    Digest {
        name,
        oid,
        hmac_oid,
        block_len: <D::BlockSize as Unsigned>::USIZE,
        output_len: <D::OutputSize as Unsigned>::USIZE,
        cost,
        implementation: Implementation::RustCrypto {
            rounds: rounds::<D>,
            hmac: hmac::<M>,
            pbkdf2: pbkdf2::<M>,
        },
    }
}

fn rounds<D: digest::Digest>(data: &[u8], rounds: u32) -> Zeroizing<Vec<u8>> {
    let mut value = D::digest(data);
    for _ in 1..rounds {
        value = D::digest(&value);
    }
    Zeroizing::new(value.to_vec())
}

fn hmac<M: Mac + KeyInit>(key: &[u8], data: &[u8]) -> Option<Vec<u8>> {
    let mut mac = <M as KeyInit>::new_from_slice(key).ok()?;
    mac.update(data);
    Some(mac.finalize().into_bytes().to_vec())
}

fn pbkdf2<M: Mac + KeyInit + FixedOutput + Clone>(
    password: &[u8],
    salt: &[u8],
    iterations: u32,
    key: &mut [u8],
) -> Option<()> {
    pbkdf2::pbkdf2::<M>(password, salt, iterations, key).ok()
}

fn unsupported(role: &'static str, oid: &str) -> Error {
    Error::UnsupportedAlgorithm { role, name: super::name_of(oid), oid: oid.to_owned() }
}

/// The rows; a further digest is one more line here.
static DIGESTS: [Digest; 13] = [
    row::<Md2, SimpleHmac<Md2>>("MD2", "1.2.840.113549.2.2", None, 40),
    row::<Md5, Hmac<Md5>>("MD5", "1.2.840.113549.2.5", Some("1.2.840.113549.2.6"), 1),
    Digest {
        name: "SHA-1",
        oid: "1.3.14.3.2.26",
        hmac_oid: Some("1.2.840.113549.2.7"),
        block_len: 64,
        output_len: 20,
        cost: 1,
        implementation: Implementation::AwsLc {
            digest: &aws_digest::SHA1_FOR_LEGACY_USE_ONLY,
            hmac: aws_hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY,
            pbkdf2: aws_pbkdf2::PBKDF2_HMAC_SHA1,
        },
    },
    row::<sha2::Sha224, Hmac<sha2::Sha224>>(
        "SHA-224",
        "2.16.840.1.101.3.4.2.4",
        Some("1.2.840.113549.2.8"),
        1,
    ),
    Digest {
        name: "SHA-256",
        oid: "2.16.840.1.101.3.4.2.1",
        hmac_oid: Some("1.2.840.113549.2.9"),
        block_len: 64,
        output_len: 32,
        cost: 1,
        implementation: Implementation::AwsLc {
            digest: &aws_digest::SHA256,
            hmac: aws_hmac::HMAC_SHA256,
            pbkdf2: aws_pbkdf2::PBKDF2_HMAC_SHA256,
        },
    },
    Digest {
        name: "SHA-384",
        oid: "2.16.840.1.101.3.4.2.2",
        hmac_oid: Some("1.2.840.113549.2.10"),
        block_len: 128,
        output_len: 48,
        cost: 3,
        implementation: Implementation::AwsLc {
            digest: &aws_digest::SHA384,
            hmac: aws_hmac::HMAC_SHA384,
            pbkdf2: aws_pbkdf2::PBKDF2_HMAC_SHA384,
        },
    },
    Digest {
        name: "SHA-512",
        oid: "2.16.840.1.101.3.4.2.3",
        hmac_oid: Some("1.2.840.113549.2.11"),
        block_len: 128,
        output_len: 64,
        cost: 3,
        implementation: Implementation::AwsLc {
            digest: &aws_digest::SHA512,
            hmac: aws_hmac::HMAC_SHA512,
            pbkdf2: aws_pbkdf2::PBKDF2_HMAC_SHA512,
        },
    },
    row::<sha2::Sha512_224, Hmac<sha2::Sha512_224>>(
        "SHA-512/224",
        "2.16.840.1.101.3.4.2.5",
        Some("1.2.840.113549.2.12"),
        3,
    ),
    row::<sha2::Sha512_256, Hmac<sha2::Sha512_256>>(
        "SHA-512/256",
        "2.16.840.1.101.3.4.2.6",
        Some("1.2.840.113549.2.13"),
        3,
    ),
    row::<sha3::Sha3_224, SimpleHmac<sha3::Sha3_224>>(
        "SHA3-224",
        "2.16.840.1.101.3.4.2.7",
        Some("2.16.840.1.101.3.4.2.13"),
        10,
    ),
    row::<sha3::Sha3_256, SimpleHmac<sha3::Sha3_256>>(
        "SHA3-256",
        "2.16.840.1.101.3.4.2.8",
        Some("2.16.840.1.101.3.4.2.14"),
        10,
    ),
    row::<sha3::Sha3_384, SimpleHmac<sha3::Sha3_384>>(
        "SHA3-384",
        "2.16.840.1.101.3.4.2.9",
        Some("2.16.840.1.101.3.4.2.15"),
        10,
    ),
    row::<sha3::Sha3_512, SimpleHmac<sha3::Sha3_512>>(
        "SHA3-512",
        "2.16.840.1.101.3.4.2.10",
        Some("2.16.840.1.101.3.4.2.16"),
        10,
    ),
];

/// Second identifiers for the same HMAC (RFC 4210, appendix D.2).
const HMAC_SYNONYMS: [(&str, &str); 2] =
    [("1.3.6.1.5.5.8.1.1", "1.2.840.113549.2.6"), ("1.3.6.1.5.5.8.1.2", "1.2.840.113549.2.7")];
