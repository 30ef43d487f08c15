//! What kind of key, and for how long.

use crosstrust_keystore::KeyType;

use super::options::Options;
use super::stop::Stop;

/// The kind of key for `--keysize`.
pub(super) fn key_type(options: &Options) -> Result<KeyType, Stop> {
    rsa(options.number("keysize")?.unwrap_or(DEFAULT_BITS))
}

/// RSA keys of this size. The original makes any size from 512 to 16384 bits.
pub(super) fn rsa(bits: i32) -> Result<KeyType, Stop> {
    match bits {
        2048 => Ok(KeyType::Rsa2048),
        3072 => Ok(KeyType::Rsa3072),
        4096 => Ok(KeyType::Rsa4096),
        _ => Err(Stop::other(format!(
            "no RSA key of {bits} bits is made here: the key size is 2048, 3072 or 4096"
        ))),
    }
}

/// The days of `--days`.
pub(super) fn days(options: &Options) -> Result<u32, Stop> {
    let days = options.number("days")?.map_or(Ok(DEFAULT_DAYS), u32::try_from);
    days.ok()
        .filter(|days| *days > 0)
        .ok_or_else(|| Stop::other("the certificate must be valid for at least one day"))
}

/// Bits of an RSA key.
pub(super) const DEFAULT_BITS: i32 = 2048;
const DEFAULT_DAYS: u32 = 1095;
