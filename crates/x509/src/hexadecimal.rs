//! Bytes as lower-case hexadecimal text without separators.

use std::fmt::Write;

/// Two lower-case digits a byte, nothing between them.
pub fn hexadecimal(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a string does not fail.
        let _ = write!(out, "{byte:02x}");
    }
    out
}
