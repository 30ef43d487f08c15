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
    /// As Java reads it: a first element that is no BOOLEAN ends it, and so does the INTEGER. A CA with a path
    /// length of minus one is none.
    pub(crate) fn from_extension(critical: bool, value: &[u8]) -> Option<Self> {
        let contents = der::read_one(value, der::SEQUENCE)?.contents;
        let none = Self { critical, ca: false, path_len: None };
        let Some((first, rest)) = der::read(contents).filter(|(first, _)| first.tag == BOOLEAN)
        else {
            return Some(none);
        };
        let ca = first.contents.first().is_some_and(|byte| *byte != 0);
        if rest.is_empty() {
            return Some(Self { ca, ..none });
        }
        let (length, _) = der::read(rest).filter(|(length, _)| length.tag == der::INTEGER)?;
        match der::small_integer(length.contents)? {
            -1 => Some(none),
            limit => Some(Self { ca, path_len: Some(u32::try_from(limit).ok()?), ..none }),
        }
    }
}

const BOOLEAN: u8 = 0x01;

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
        check(&[0x30, 0x03, 0x02, 0x01, 0x00], false, None);
        // Java: "this is not a CA certificate" of -1, "Integer exceeds maximum valid value" of 2^31.
        check(&[0x30, 0x06, 0x01, 0x01, 0xff, 0x02, 0x01, 0xff], false, None);
        let huge = [0x30, 0x0a, 0x01, 0x01, 0xff, 0x02, 0x05, 0x00, 0x80, 0x00, 0x00, 0x00];
        assert_eq!(BasicConstraints::from_extension(true, &huge), None);
    }
}
