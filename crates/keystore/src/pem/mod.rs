//! PEM (RFC 7468): a scanner that names every block and its line, and a writer.
//!
//! The scanner takes what editors, e-mail and `cat` make of such files: a byte order mark,
//! indentation, carriage returns, an end and a beginning glued together in one line. Each of these
//! leaves a note. Text outside of blocks is ignored, as by other readers.

mod base64;
mod scan;
mod text;
mod write;

use std::fmt;

use crate::secret::Secret;

pub use self::base64::base64;
pub use self::base64::of_base64;
pub(crate) use self::base64::of_java as base64_of_java;
pub use self::scan::is_pem;
pub use self::scan::scan;
pub(crate) use self::text::is_utf16;
pub(crate) use self::text::text_of_utf8;
pub use self::write::write;
pub use self::write::write_certificates;
pub(crate) use self::write::write_secret;

/// The blocks of a PEM text.
pub struct PemText {
    /// All blocks, in order.
    pub blocks: Vec<Block>,
    /// What was tolerated, in order.
    pub notes: Vec<Note>,
}

/// One block, its contents decoded and wiped from memory on drop.
pub struct Block {
    label: String,
    line: usize,
    headers: Vec<(String, String)>,
    contents: Secret,
}

impl Block {
    /// The text between `-----BEGIN ` and `-----`.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// The line of the beginning, from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// Names and values of the headers of RFC 1421, in order.
    pub fn headers(&self) -> &[(String, String)] {
        &self.headers
    }

    /// The value of a header, whose name is compared without regard to case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// The decoded contents.
    pub fn contents(&self) -> &[u8] {
        self.contents.as_bytes()
    }
}

/// Something odd that was tolerated while reading.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Note {
    /// The line, from 1; none in files that have no lines.
    pub line: Option<usize>,
    /// What was odd.
    pub kind: NoteKind,
}

/// What was odd, and is tolerated here.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum NoteKind {
    /// A block whose label means nothing here.
    #[error("block `{label}` is of no use here")]
    BlockUnused {
        /// Its label.
        label: String,
    },
    /// A byte order mark at the start of the text.
    #[error("the text starts with a byte order mark")]
    ByteOrderMark,
    /// A block without contents.
    #[error("block `{label}` is empty")]
    EmptyBlock {
        /// Its label.
        label: String,
    },
    /// A boundary that shares its line with something else of the same block or the next.
    #[error("two parts of PEM blocks in one line")]
    Glued,
    /// A beginning after other text in its line, such as a comment sign: not taken as one.
    #[error("`-----BEGIN` after other text is ignored")]
    IgnoredBeginning,
    /// Lines of the block have blanks in front.
    #[error("block `{label}` is indented")]
    Indented {
        /// Its label.
        label: String,
    },
    /// Bytes after the end of a binary file.
    #[error("{count} bytes after the end are ignored")]
    TrailingBytes {
        /// How many.
        count: usize,
    },
    /// The text is UTF-16, as Windows PowerShell writes it.
    #[error("the text is UTF-16")]
    Utf16,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, kind } = self;
        match line {
            Some(line) => write!(f, "line {line}: {kind}"),
            None => kind.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests;
