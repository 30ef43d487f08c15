//! The ASN.1 string types of certificates, decoded to text (X.690, section 8.23; RFC 5280, appendix B).

/// Decodes the contents of a string of universal tag `number`. Nothing where the type is no string
/// or the contents do not fit it. In UTF-8 and UTF-16, what is no text becomes U+FFFD, as in Java.
pub(crate) fn decode(number: u8, contents: &[u8]) -> Option<String> {
    match number {
        UTF8 => Some(String::from_utf8_lossy(contents).into_owned()),
        NUMERIC | PRINTABLE | IA5 | VISIBLE | GENERAL | GRAPHIC | VIDEOTEX | T61 => {
            // T61 is written as Latin-1 by practically every implementation.
            Some(contents.iter().copied().map(char::from).collect())
        }
        BMP => Some(decode_bmp(contents)),
        UNIVERSAL => contents.chunks(4).map(decode_universal).collect(),
        _ => None,
    }
}

/// UTF-16 big endian, as BMPString is read by Java.
fn decode_bmp(contents: &[u8]) -> String {
    let (pairs, rest) = contents.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().map(|pair| u16::from_be_bytes(*pair)).collect();
    let mut text = String::from_utf16_lossy(&units);
    if !rest.is_empty() {
        text.push(char::REPLACEMENT_CHARACTER);
    }
    text
}

/// Whether a character may stand in a `PrintableString` (X.680, section 41.4).
pub(crate) fn is_printable(character: char) -> bool {
    character.is_ascii_alphanumeric() || " '()+,-./:=?".contains(character)
}

fn decode_universal(quad: &[u8]) -> Option<char> {
    char::from_u32(u32::from_be_bytes(quad.try_into().ok()?))
}

pub(crate) const OCTETS: u8 = 4;
pub(crate) const UTF8: u8 = 12;
pub(crate) const NUMERIC: u8 = 18;
pub(crate) const PRINTABLE: u8 = 19;
pub(crate) const T61: u8 = 20;
pub(crate) const VIDEOTEX: u8 = 21;
pub(crate) const IA5: u8 = 22;
pub(crate) const GRAPHIC: u8 = 25;
pub(crate) const VISIBLE: u8 = 26;
pub(crate) const GENERAL: u8 = 27;
pub(crate) const UNIVERSAL: u8 = 28;
pub(crate) const BMP: u8 = 30;
