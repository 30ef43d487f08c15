//! The writer: 64 columns, LF, nothing outside the blocks.

use crosstrust_x509::Certificate;

use super::base64;
use crate::secret::Secret;

/// A PEM block with this label around DER bytes, ending in a line feed.
pub fn write(label: &str, der: &[u8]) -> String {
    String::from_utf8(block(label, &[], der)).unwrap_or_default()
}

/// Certificates as PEM, one after the other, and nothing else.
pub fn write_certificates<'a>(certificates: impl IntoIterator<Item = &'a Certificate>) -> String {
    certificates.into_iter().map(|one| write("CERTIFICATE", one.der())).collect()
}

/// The block of a private key: wiped from memory on drop, and perhaps with headers.
pub(crate) fn write_secret(label: &str, headers: &[(&str, String)], der: &[u8]) -> Secret {
    Secret::new(block(label, headers, der))
}

fn block(label: &str, headers: &[(&str, String)], der: &[u8]) -> Vec<u8> {
    // Large enough from the start, so that no copy of a secret is left behind by growing.
    let lengths = headers.iter().map(|(name, value)| name.len() + value.len() + 3);
    let boundaries = 2 * label.len() + 40;
    let mut text =
        Vec::with_capacity(boundaries + lengths.sum::<usize>() + der.len() / 48 * 65 + 70);
    text.extend_from_slice(format!("-----BEGIN {label}-----\n").as_bytes());
    for (name, value) in headers {
        text.extend_from_slice(format!("{name}: {value}\n").as_bytes());
    }
    if !headers.is_empty() {
        text.push(b'\n');
    }
    base64::encode(der, &mut text);
    text.extend_from_slice(format!("-----END {label}-----\n").as_bytes());
    text
}
