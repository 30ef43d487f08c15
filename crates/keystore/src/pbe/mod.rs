//! Password-based encryption, as key stores and encrypted private keys use it.
//!
//! PBES1 of PKCS#12 (RFC 7292, appendix C), PBES1 of PKCS#5 (RFC 8018, appendix A.3) and PBES2
//! with PBKDF2 or scrypt (RFC 8018, appendix A.4; RFC 7914). Digests and ciphers are rows of the
//! tables in `digest` and `cipher`; whatever is here works with each of them.

mod budget;
pub(crate) mod cipher;
pub(crate) mod derive;
pub(crate) mod digest;
mod mac;
mod parameters;
mod pbes1;
mod scheme;
mod seal;

pub(crate) use self::budget::Budget;
pub(crate) use self::mac::Authentication;
pub use self::mac::MacScheme;
pub use self::scheme::EncryptionScheme;
pub(crate) use self::scheme::Scheme;
pub(crate) use self::seal::Sealed;
pub use self::seal::StoreProfile;
pub(crate) use self::seal::mac;
pub(crate) use self::seal::seal;

/// The name of an algorithm that is known but not supported, for messages.
pub(crate) fn name_of(oid: &str) -> String {
    let row = NAMES.iter().find(|(known, _)| *known == oid);
    row.map_or("unknown", |(_, name)| name).to_owned()
}

/// Algorithms that have been met in key stores and are not supported.
const NAMES: [(&str, &str); 15] = [
    ("1.2.156.10197.1.104.2", "SM4-CBC"),
    ("1.2.410.200004.1.4", "SEED-CBC"),
    ("1.2.410.200004.1.15", "pbeWithSHA1AndSEED-CBC"),
    ("1.2.643.2.2.9", "GOST R 34.11-94"),
    ("1.2.643.2.2.21", "GOST 28147-89"),
    ("1.2.643.7.1.1.2.2", "GOST R 34.11-2012"),
    ("1.2.840.113549.3.9", "RC5-CBC-Pad"),
    ("1.3.36.3.2.1", "RIPEMD-160"),
    ("1.3.6.1.4.1.1722.12.2.1.16", "BLAKE2b-512"),
    ("1.3.6.1.4.1.22554.1.2.1.2.1.22", "pbeWithSHA256And128BitAES-CBC-BC"),
    ("1.3.6.1.4.1.22554.1.2.1.2.1.42", "pbeWithSHA256And256BitAES-CBC-BC"),
    ("2.16.840.1.101.3.4.1.4", "AES-128-CFB"),
    ("2.16.840.1.101.3.4.1.6", "AES-128-GCM"),
    ("2.16.840.1.101.3.4.1.44", "AES-256-CFB"),
    ("2.16.840.1.101.3.4.1.46", "AES-256-GCM"),
];

#[cfg(test)]
mod tests;
