//! Fingerprints: digests that stand for what they are made of.

use aws_lc_rs::digest::{SHA256, digest};

use crate::der::hexadecimal;

/// The SHA-256 digest of bytes in lower-case hexadecimal.
pub fn fingerprint_sha256(bytes: &[u8]) -> String {
    hexadecimal(digest(&SHA256, bytes).as_ref())
}
