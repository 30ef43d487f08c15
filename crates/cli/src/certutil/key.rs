//! What kind of key, and for how long.

use crosstrust_keystore::KeyType;

use super::options::Options;
use super::stop::Stop;
use super::terminal::Terminal;

/// The kind of key for `--keysize`. A small one is warned of.
pub(super) fn key_type(options: &Options, terminal: &mut Terminal<'_>) -> Result<KeyType, Stop> {
    let key_type = rsa(options.number("keysize")?.unwrap_or(DEFAULT_BITS))?;
    warn_if_small(key_type, terminal);
    Ok(key_type)
}

/// RSA keys of this size. The original makes any size from 512 to 16384 bits.
pub(super) fn rsa(bits: i32) -> Result<KeyType, Stop> {
    let known = usize::try_from(bits).ok().and_then(|bits| KeyType::rsa(bits).ok());
    known.ok_or_else(|| {
        Stop::other(format!(
            "no RSA key of {bits} bits is made here: the key size is a multiple of 512, from 512 \
             to 8192"
        ))
    })
}

/// Warns of a size that the original makes without a word and that is refused elsewhere.
pub(super) fn warn_if_small(key_type: KeyType, terminal: &mut Terminal<'_>) {
    match key_type.rsa_bits() {
        Some(bits @ ..1024) => terminal.complain(&format!(
            "Warning: a JVM refuses certificates with RSA keys below 1024 bits, and those that such \
             a key signs, so Elasticsearch cannot use this key of {bits} bits"
        )),
        Some(bits @ 1024..2048) => terminal.complain(&format!(
            "Warning: an RSA key of {bits} bits is weak. A JVM accepts it unless its security \
             properties or FIPS mode ask for 2048 bits; OpenSSL at its security level 2 does not"
        )),
        _ => {}
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
