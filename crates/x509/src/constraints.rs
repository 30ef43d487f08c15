//! The basicConstraints extension (RFC 5280, section 4.2.1.9).

use crate::der;

/// Whether the subject is an authority, and how many intermediate authorities may follow it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct BasicConstraints {
    /// Whether the extension is marked critical.
    pub critical: bool,
    /// Whether the subject is a certification authority.
    pub ca: bool,
    /// The most intermediate certificates that may stand between this one and a leaf.
    pub path_len: Option<u32>,
}

impl BasicConstraints {
    pub(crate) fn from_extension(critical: bool, value: &[u8]) -> Option<Self> {
        let elements = der::read_all(der::read_one(value, der::SEQUENCE)?.contents)?;
        let (mut ca, mut path_len) = (false, None);
        for element in elements {
            match element.tag {
                0x01 => ca = element.contents.first().is_some_and(|byte| *byte != 0),
                der::INTEGER => path_len = Some(path_length(element.contents)?),
                _ => return None,
            }
        }
        Some(Self { critical, ca, path_len })
    }
}

/// INTEGER (0..MAX) of at most 31 bits, as Java reads it; nothing else is a length.
fn path_length(contents: &[u8]) -> Option<u32> {
    let negative = contents.first()? & 0x80 != 0;
    let value = contents
        .iter()
        .try_fold(0u32, |value, byte| value.checked_mul(256)?.checked_add(u32::from(*byte)));
    value.filter(|value| !negative && *value <= i32::MAX.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_is_read() {
        #[track_caller]
        fn check(value: &[u8], ca: bool, path_len: Option<u32>) {
            let expected = Some(BasicConstraints { critical: true, ca, path_len });
            assert_eq!(BasicConstraints::from_extension(true, value), expected);
        }

        check(&[0x30, 0x00], false, None);
        check(&[0x30, 0x03, 0x01, 0x01, 0xff], true, None);
        check(&[0x30, 0x06, 0x01, 0x01, 0xff, 0x02, 0x01, 0x00], true, Some(0));
        check(&[0x30, 0x07, 0x01, 0x01, 0xff, 0x02, 0x02, 0x01, 0x00], true, Some(256));
        assert_eq!(BasicConstraints::from_extension(true, &[0x30, 0x01]), None);
        // Java: "this is not a CA certificate" of -1, "Integer exceeds maximum valid value" of 2^31.
        let negative = [0x30, 0x06, 0x01, 0x01, 0xff, 0x02, 0x01, 0xff];
        let huge = [0x30, 0x0a, 0x01, 0x01, 0xff, 0x02, 0x05, 0x00, 0x80, 0x00, 0x00, 0x00];
        for value in [&negative[..], &huge] {
            assert_eq!(BasicConstraints::from_extension(true, value), None);
        }
    }
}
