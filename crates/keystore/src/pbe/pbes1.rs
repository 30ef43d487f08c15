//! The fixed combinations of derivation, digest and cipher that came before PBES2: one row each.

use super::digest::Digest;
use super::digest::MD2;
use super::digest::MD5;
use super::digest::SHA1;

/// A combination with its own object identifier.
pub(crate) struct Pbes1 {
    pub(crate) oid: &'static str,
    /// The name of RFC 7292, appendix C, or RFC 8018, appendix A.3.
    pub(crate) name: &'static str,
    pub(crate) derivation: Derivation,
    pub(crate) digest: &'static Digest,
    /// The name of the cipher in the table of ciphers.
    pub(crate) cipher: &'static str,
    /// Octets of key, all of which RC2 uses.
    pub(crate) key_len: usize,
}

/// How the key comes from the password.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(crate) enum Derivation {
    /// RFC 7292, appendix B.
    Pkcs12,
    /// PBKDF1, the second half of whose result is the initialisation vector.
    Pkcs5,
}

impl Pbes1 {
    /// The combination of that object identifier.
    pub(crate) fn by_oid(oid: &str) -> Option<&'static Self> {
        PBES1.iter().find(|row| row.oid == oid)
    }
}

/// The one that is still written for old readers.
pub(crate) static SHA1_3DES: &Pbes1 = &PBES1[2];

const fn pkcs12(
    oid: &'static str,
    name: &'static str,
    cipher: &'static str,
    key_len: usize,
) -> Pbes1 {
    Pbes1 { oid, name, derivation: Derivation::Pkcs12, digest: SHA1, cipher, key_len }
}

const fn pkcs5(
    oid: &'static str,
    name: &'static str,
    digest: &'static Digest,
    cipher: &'static str,
) -> Pbes1 {
    Pbes1 { oid, name, derivation: Derivation::Pkcs5, digest, cipher, key_len: 8 }
}

static PBES1: [Pbes1; 12] = [
    pkcs12("1.2.840.113549.1.12.1.1", "pbeWithSHAAnd128BitRC4", "RC4", 16),
    pkcs12("1.2.840.113549.1.12.1.2", "pbeWithSHAAnd40BitRC4", "RC4", 5),
    pkcs12("1.2.840.113549.1.12.1.3", "pbeWithSHAAnd3-KeyTripleDES-CBC", "DES-EDE3-CBC", 24),
    pkcs12("1.2.840.113549.1.12.1.4", "pbeWithSHAAnd2-KeyTripleDES-CBC", "DES-EDE-CBC", 16),
    pkcs12("1.2.840.113549.1.12.1.5", "pbeWithSHAAnd128BitRC2-CBC", "RC2-CBC", 16),
    pkcs12("1.2.840.113549.1.12.1.6", "pbewithSHAAnd40BitRC2-CBC", "RC2-CBC", 5),
    pkcs5("1.2.840.113549.1.5.1", "pbeWithMD2AndDES-CBC", MD2, "DES-CBC"),
    pkcs5("1.2.840.113549.1.5.3", "pbeWithMD5AndDES-CBC", MD5, "DES-CBC"),
    pkcs5("1.2.840.113549.1.5.4", "pbeWithMD2AndRC2-CBC", MD2, "RC2-CBC"),
    pkcs5("1.2.840.113549.1.5.6", "pbeWithMD5AndRC2-CBC", MD5, "RC2-CBC"),
    pkcs5("1.2.840.113549.1.5.10", "pbeWithSHA1AndDES-CBC", SHA1, "DES-CBC"),
    pkcs5("1.2.840.113549.1.5.11", "pbeWithSHA1AndRC2-CBC", SHA1, "RC2-CBC"),
];
