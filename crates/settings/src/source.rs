//! The language of a file by its name, and its bytes as text.

use crate::cursor::Cursor;
use crate::error::Error;
use crate::error::ErrorKind;
use crate::event::Fault;
use crate::format::Format;
use crate::limits::LARGEST_FILE;
use crate::yaml::is_printable;

impl Format {
    /// The language that Elasticsearch reads a file in, which the end of its name alone decides. `-`
    /// stands for standard input.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::UnknownSuffix`]; case matters.
    pub fn of(file_name: &str) -> Result<Self, Error> {
        let ends = |suffix: &str| file_name.as_bytes().ends_with(suffix.as_bytes());
        match () {
            () if ends(".json") => Ok(Self::Json),
            () if ends(".yml") || ends(".yaml") => Ok(Self::Yaml),
            // Standard input has no suffix; YAML takes JSON, too.
            () if file_name == "-" => Ok(Self::Yaml),
            () => Err(Error::of_file(ErrorKind::UnknownSuffix)),
        }
    }
}

/// The text of a file: UTF-8, within the bound, and in YAML without control characters.
///
/// # Errors
///
/// [`ErrorKind::TooLarge`], [`ErrorKind::NotUtf8`] and [`ErrorKind::ControlCharacter`].
pub fn decode(bytes: &[u8], format: Format) -> Result<&str, Error> {
    if bytes.len() > LARGEST_FILE {
        let kind = ErrorKind::TooLarge { bytes: bytes.len(), limit: LARGEST_FILE };
        return Err(Error::of_file(kind));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| not_utf8(bytes, error.valid_up_to()))?;
    // Nearly all files are of these alone, which is soon seen.
    if bytes.iter().all(|byte| matches!(byte, b'\n' | b' '..=b'~')) {
        return Ok(text);
    }
    let unreadable = |character: char| match format {
        Format::Json => character == '\0',
        Format::Yaml => !is_printable(character),
    };
    match text.char_indices().find(|&(_, character)| unreadable(character)) {
        None => Ok(text),
        Some((offset, character)) => {
            let kind = ErrorKind::ControlCharacter { code: u32::from(character) };
            Err(error_after(text, offset, kind))
        }
    }
}

/// The error for a fault found in a text.
pub(crate) fn error_in(text: &str, fault: Fault) -> Error {
    let Fault { kind, place } = fault;
    Error::new(kind, text, place)
}

fn not_utf8(bytes: &[u8], valid: usize) -> Error {
    let (before, after) = bytes.split_at_checked(valid).unwrap_or((bytes, &[]));
    let byte = after.first().copied().unwrap_or_default();
    let text = std::str::from_utf8(before).unwrap_or_default();
    error_after(text, valid, ErrorKind::NotUtf8 { byte })
}

/// An error at the byte that so much text precedes.
fn error_after(text: &str, offset: usize, kind: ErrorKind) -> Error {
    let before = text.get(..offset).unwrap_or(text);
    let mut cursor = Cursor::new(before);
    while !cursor.rest().is_empty() {
        cursor.advance();
    }
    error_in(text, Fault::at(kind, cursor.mark()))
}
