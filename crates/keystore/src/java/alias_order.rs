//! The order in which Java's `HashMap` hands out texts, by which a key manager chooses among the
//! aliases of a key store.

use crosstrust_x509::KeyKind;

/// Texts in the order of the map's iteration, given in the order in which they were put in.
pub(super) fn hash_order<T>(mut rows: Vec<T>, key: impl Fn(&T) -> String) -> Vec<T> {
    // Twice the rows at least, a power of two, 16 or more: the map grows at three quarters.
    let mut buckets = 16_usize;
    while rows.len().saturating_mul(4) > buckets.saturating_mul(3) {
        buckets = buckets.saturating_mul(2);
    }
    let mask = u32::try_from(buckets - 1).unwrap_or(u32::MAX);
    rows.sort_by_key(|row| bucket(&key(row), mask));
    rows
}

fn bucket(text: &str, mask: u32) -> u32 {
    let hash = hash(text);
    (hash ^ (hash >> 16)) & mask
}

/// `String.hashCode`.
fn hash(text: &str) -> u32 {
    text.encode_utf16()
        .fold(0_u32, |hash, unit| hash.wrapping_mul(31).wrapping_add(u32::from(unit)))
}

/// Where a key of this kind stands in the order in which two JVMs agree on a signature.
pub(super) fn rank(kind: &KeyKind) -> u8 {
    match kind {
        KeyKind::Ec { .. } => 0,
        KeyKind::Ed25519 | KeyKind::Ed448 => 1,
        KeyKind::Rsa { .. } => 2,
        KeyKind::Dsa { .. } => 4,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `"node1".hashCode()` and others, as jshell 17 prints them.
    #[test]
    fn texts_have_javas_hash() {
        assert_eq!(hash(""), 0);
        assert_eq!(hash("ca"), 3166);
        assert_eq!(hash("node1"), 104_993_391);
        assert_eq!(hash("überknoten €"), 3_823_484_048);
    }
}
