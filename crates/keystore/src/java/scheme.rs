//! The algorithms with which a JVM opens what is encrypted: one table for key stores and PEM keys.

use super::RefusedBy;
use crate::pbe::EncryptionScheme;
use crate::pbe::MacScheme;

/// Who does not open what is encrypted so; `ascii` says that the password is.
pub(crate) fn scheme_refused_by(scheme: &EncryptionScheme, ascii: bool) -> Option<RefusedBy> {
    let EncryptionScheme { name, derivation, cipher, .. } = scheme;
    let has = |row: &[&str], name: &str| row.contains(&name);
    match name.as_str() {
        "PBES2" if !has(PBES2_CIPHERS, cipher) => Some(RefusedBy::All),
        "PBES2" if has(NEW_DERIVATIONS, derivation) => Some(RefusedBy::Java17),
        "PBES2" if !has(DERIVATIONS, derivation) => Some(RefusedBy::All),
        "PBES2" => (!ascii).then_some(RefusedBy::Java17),
        EncryptionScheme::DEK_INFO => (!has(DEK_INFO, cipher)).then_some(RefusedBy::All),
        // Its derivation takes ASCII alone.
        pbes1 => (!has(PBES1, pbes1) || !ascii).then_some(RefusedBy::All),
    }
}

/// Who does not verify a key store with this authentication code.
pub(crate) fn mac_refused_by(mac: &MacScheme, ascii: bool) -> Option<RefusedBy> {
    if mac.derivation != MacScheme::PKCS12 {
        return Some(RefusedBy::Before26);
    }
    if !MACS.contains(&mac.name.as_str()) {
        return Some(RefusedBy::All);
    }
    (!ascii).then_some(RefusedBy::Java17)
}

/// The combinations of PBES1.
const PBES1: &[&str] = &[
    "pbeWithSHAAnd128BitRC4",
    "pbeWithSHAAnd40BitRC4",
    "pbeWithSHAAnd3-KeyTripleDES-CBC",
    "pbeWithSHAAnd128BitRC2-CBC",
    "pbewithSHAAnd40BitRC2-CBC",
    "pbeWithMD5AndDES-CBC",
];
/// The ciphers of PBES2.
const PBES2_CIPHERS: &[&str] = &["AES-128-CBC", "AES-256-CBC"];
/// The key derivations of PBES2.
const DERIVATIONS: &[&str] = &[
    "PBKDF2 with HMAC-SHA-1",
    "PBKDF2 with HMAC-SHA-224",
    "PBKDF2 with HMAC-SHA-256",
    "PBKDF2 with HMAC-SHA-384",
    "PBKDF2 with HMAC-SHA-512",
];
/// Those that Java 25 has and Java 17 has not.
const NEW_DERIVATIONS: &[&str] = &["PBKDF2 with HMAC-SHA-512/224", "PBKDF2 with HMAC-SHA-512/256"];
/// The ciphers that Elasticsearch knows by their names in `DEK-Info`.
const DEK_INFO: &[&str] = &["AES-128-CBC", "AES-192-CBC", "AES-256-CBC", "DES-CBC", "DES-EDE3-CBC"];
/// The authentication codes with the derivation of PKCS#12.
const MACS: &[&str] = &[
    "HMAC-SHA-1",
    "HMAC-SHA-224",
    "HMAC-SHA-256",
    "HMAC-SHA-384",
    "HMAC-SHA-512",
    "HMAC-SHA-512/224",
    "HMAC-SHA-512/256",
];
