//! Files that were saved in another encoding than UTF-8.

/// The text of a file in UTF-16 with its mark, or beyond doubt in Latin-1; none if it is neither.
pub(super) fn decode(bytes: &[u8]) -> Option<String> {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => utf_16(rest, u16::from_be_bytes),
        [0xFF, 0xFE, rest @ ..] => utf_16(rest, u16::from_le_bytes),
        _ => latin_1(bytes),
    }
}

fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let pairs = bytes.chunks(2).map(|pair| <[u8; 2]>::try_from(pair).map(unit));
    let units: Vec<u16> = pairs.collect::<Result<_, _>>().ok()?;
    String::from_utf16(&units).ok()
}

/// ASCII with single letters in it that all Western encodings have in the same place.
///
/// Where two such bytes stand side by side it may as well be Cyrillic or Greek.
fn latin_1(bytes: &[u8]) -> Option<String> {
    let foreign = |byte: &u8| !byte.is_ascii();
    let letter = |byte: &u8| matches!(byte, 0xC0..=0xD6 | 0xD8..=0xF6 | 0xF8..=0xFF);
    let certain = std::str::from_utf8(bytes).is_err()
        && bytes.iter().all(|byte| byte.is_ascii() || letter(byte))
        && !bytes.windows(2).any(|pair| pair.iter().all(foreign));
    certain.then(|| bytes.iter().copied().map(char::from).collect())
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn utf_16_and_unmistakable_latin_1_are_decoded() {
        #[track_caller]
        fn check(bytes: &[u8], expected: Option<&str>) {
            assert_eq!(decode(bytes).as_deref(), expected, "{bytes:x?}");
        }

        check(b"\xFF\xFEa\0\xE9\0", Some("a\u{e9}"));
        check(b"\xFE\xFF\0a\xD8\x3D\xDE\0", Some("a\u{1F600}"));
        check(b"\xFE\xFF\0", None);
        check(b"caf\xE9.example", Some("caf\u{e9}.example"));
        check(b"caf\xC3\xA9.example", None);
        check(b"\xE9\xE9", None);
        check(b"\x80", None);
        check(b"plain", None);
    }
}
