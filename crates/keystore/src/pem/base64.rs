//! Base64 (RFC 4648, section 4): strict in its alphabet, padding and last bits.

use crate::error::PemProblem;

/// A piece of base64 text and where it stands.
pub(super) struct Piece<'a> {
    /// Line, from 1.
    pub(super) line: usize,
    /// Column of its first character, from 1.
    pub(super) column: usize,
    pub(super) text: &'a [u8],
}

/// Decodes pieces as one text. The error comes with the line in which it was met.
pub(super) fn decode(pieces: &[Piece<'_>]) -> Result<Vec<u8>, (usize, PemProblem)> {
    let characters = pieces.iter().map(|piece| piece.text.len()).sum::<usize>();
    let mut decoder = Decoder { bytes: Vec::with_capacity(characters / 4 * 3 + 3), ..Decoder::NEW };
    let mut last_line = 0;
    for piece in pieces {
        last_line = piece.line;
        for (offset, octet) in piece.text.iter().enumerate() {
            decoder.push(*octet).map_err(|fault| {
                let column = piece.column + offset;
                (piece.line, fault.problem(column, piece.text.get(offset..).unwrap_or_default()))
            })?;
        }
    }
    if decoder.digits != 0 {
        return Err((last_line, PemProblem::CutOff));
    }
    Ok(decoder.bytes)
}

/// Decodes a text without blanks as Java's `Base64.getDecoder()` does, to which the padding may be
/// missing.
pub(crate) fn of_java(text: &[u8]) -> Option<Vec<u8>> {
    let missing = if text.contains(&b'=') { 0 } else { (4 - text.len() % 4) % 4 };
    let padding = std::iter::repeat_n(b'=', missing.min(2));
    let padded: Vec<u8> = text.iter().copied().chain(padding).collect();
    let padded = zeroize::Zeroizing::new(padded);
    decode(&[Piece { line: 1, column: 1, text: &padded }]).ok()
}

/// Appends the base64 text of `bytes` to `text`, in lines of 64 characters that each end in LF.
pub(super) fn encode(bytes: &[u8], text: &mut Vec<u8>) {
    for line in bytes.chunks(LINE_OCTETS) {
        encode_line(line, text);
        text.push(b'\n');
    }
}

/// The base64 text of bytes, in one line.
pub fn base64(bytes: &[u8]) -> String {
    let mut text = Vec::with_capacity(bytes.len().div_ceil(3) * 4);
    encode_line(bytes, &mut text);
    String::from_utf8(text).unwrap_or_default()
}

/// The bytes of a base64 text without blanks; nothing where it is anything else.
pub fn of_base64(text: &str) -> Option<Vec<u8>> {
    decode(&[Piece { line: 1, column: 1, text: text.as_bytes() }]).ok()
}

fn encode_line(line: &[u8], text: &mut Vec<u8>) {
    for group in line.chunks(3) {
        let padded = group.iter().chain(&[0, 0]).take(3);
        let bits = padded.fold(0_u32, |bits, octet| (bits << 8) | u32::from(*octet));
        let digits = [18, 12, 6, 0].map(|shift| digit((bits >> shift) & 0x3f));
        text.extend(digits.iter().take(group.len() + 1));
        text.extend(b"=".iter().cycle().take(3 - group.len()));
    }
}

struct Decoder {
    bytes: Vec<u8>,
    bits: u32,
    /// Characters of the group begun, padding included.
    digits: u32,
    padding: u32,
    complete: bool,
}

enum Fault {
    Character,
    AfterPadding,
    LastBits,
}

impl Decoder {
    const NEW: Self = Self { bytes: Vec::new(), bits: 0, digits: 0, padding: 0, complete: false };

    fn push(&mut self, octet: u8) -> Result<(), Fault> {
        if self.complete {
            return Err(Fault::AfterPadding);
        }
        let value = match octet {
            b'=' if self.digits >= 2 => {
                self.padding += 1;
                0
            }
            _ if self.padding > 0 => return Err(Fault::AfterPadding),
            _ => value(octet).ok_or(Fault::Character)?,
        };
        self.bits = (self.bits << 6) | value;
        self.digits += 1;
        if self.digits == 4 { self.group() } else { Ok(()) }
    }

    fn group(&mut self) -> Result<(), Fault> {
        let [_, octets @ ..] = self.bits.to_be_bytes();
        let kept = octets.len().saturating_sub(usize::try_from(self.padding).unwrap_or(3));
        let (octets, unused) = octets.split_at_checked(kept).unwrap_or_default();
        if unused.iter().any(|octet| *octet != 0) {
            return Err(Fault::LastBits);
        }
        self.bytes.extend_from_slice(octets);
        self.complete = self.padding > 0;
        (self.bits, self.digits) = (0, 0);
        Ok(())
    }
}

impl Fault {
    fn problem(&self, column: usize, rest: &[u8]) -> PemProblem {
        match self {
            Self::AfterPadding => PemProblem::DataAfterPadding { column },
            Self::Character => {
                let character = String::from_utf8_lossy(rest.get(..4).unwrap_or(rest));
                let character = character.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER);
                PemProblem::InvalidCharacter { character, column }
            }
            Self::LastBits => PemProblem::CutOff,
        }
    }
}

fn value(octet: u8) -> Option<u32> {
    let value = match octet {
        b'A'..=b'Z' => octet - b'A',
        b'a'..=b'z' => octet - b'a' + 26,
        b'0'..=b'9' => octet - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    };
    Some(value.into())
}

fn digit(value: u32) -> u8 {
    let value = u8::try_from(value).unwrap_or_default();
    match value {
        0..=25 => b'A' + value,
        26..=51 => b'a' + value - 26,
        52..=61 => b'0' + value - 52,
        62 => b'+',
        _ => b'/',
    }
}

/// 64 characters.
const LINE_OCTETS: usize = 48;

#[cfg(test)]
mod tests {
    use super::*;

    fn decode_text(text: &str) -> Result<Vec<u8>, PemProblem> {
        let piece = Piece { line: 1, column: 1, text: text.as_bytes() };
        decode(&[piece]).map_err(|(_, problem)| problem)
    }

    #[test]
    fn the_vectors_of_rfc_4648_hold_both_ways() {
        for (plain, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(decode_text(text).as_deref(), Ok(plain.as_bytes()));
            let mut encoded = Vec::new();
            encode(plain.as_bytes(), &mut encoded);
            assert_eq!(String::from_utf8(encoded).unwrap().trim_end(), text);
            assert_eq!(base64(plain.as_bytes()), text);
            assert_eq!(of_base64(text).as_deref(), Some(plain.as_bytes()));
        }
        for text in ["Zg", "Zg=", "Z===", "Zm9v\n", "Zm 9v", "Zm9-", "Zh=="] {
            assert_eq!(of_base64(text), None, "{text}");
        }
    }

    #[test]
    fn every_fault_has_its_place() {
        let invalid = |character, column| PemProblem::InvalidCharacter { character, column };
        assert_eq!(decode_text("Zm9v*m8="), Err(invalid('*', 5)));
        assert_eq!(decode_text("Zm ="), Err(invalid(' ', 3)));
        assert_eq!(decode_text("Zmé="), Err(invalid('é', 3)));
        assert_eq!(decode_text("="), Err(invalid('=', 1)));
        assert_eq!(decode_text("Zg==Zg=="), Err(PemProblem::DataAfterPadding { column: 5 }));
        assert_eq!(decode_text("Zg=a"), Err(PemProblem::DataAfterPadding { column: 4 }));
        assert_eq!(decode_text("Zm9"), Err(PemProblem::CutOff));
        assert_eq!(decode_text("Zh=="), Err(PemProblem::CutOff));
    }
}
