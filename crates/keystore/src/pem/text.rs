//! From the bytes of a file to ASCII-compatible text: byte order marks and UTF-16.

use zeroize::Zeroizing;

use super::NoteKind;

/// A text whose ASCII characters are single bytes.
pub(super) enum Text<'a> {
    AsWritten(&'a [u8]),
    Converted(Zeroizing<Vec<u8>>),
}

impl Text<'_> {
    pub(super) fn as_bytes(&self) -> &[u8] {
        match self {
            Self::AsWritten(bytes) => bytes,
            Self::Converted(bytes) => bytes,
        }
    }
}

/// The text without its byte order mark, and what that mark was.
pub(super) fn decode(bytes: &[u8]) -> (Text<'_>, Option<NoteKind>) {
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => (Text::AsWritten(rest), Some(NoteKind::ByteOrderMark)),
        [0xff, 0xfe, rest @ ..] => (utf16(rest, u16::from_le_bytes), Some(NoteKind::Utf16)),
        [0xfe, 0xff, rest @ ..] => (utf16(rest, u16::from_be_bytes), Some(NoteKind::Utf16)),
        bytes => (Text::AsWritten(bytes), None),
    }
}

/// Whether the bytes begin like UTF-16.
pub(crate) fn is_utf16(bytes: &[u8]) -> bool {
    matches!(decode(bytes).1, Some(NoteKind::Utf16))
}

/// The bytes as UTF-8 text, a byte order mark and all.
pub(crate) fn text_of_utf8(bytes: &[u8]) -> Option<&str> {
    str::from_utf8(bytes).ok()
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Text<'static> {
    let (pairs, _) = bytes.as_chunks::<2>();
    let units = Zeroizing::new(pairs.iter().map(|pair| unit(*pair)).collect::<Vec<u16>>());
    Text::Converted(Zeroizing::new(String::from_utf16_lossy(&units).into_bytes()))
}
