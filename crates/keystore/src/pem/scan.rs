//! The scanner.

use super::Block;
use super::Note;
use super::NoteKind;
use super::PemText;
use super::base64;
use super::base64::Piece;
use super::text;
use crate::error::Error;
use crate::error::PemProblem;
use crate::secret::Secret;

/// Finds all PEM blocks of a text.
///
/// A text without any block is not an error, it has none. A block that is not closed, or whose
/// contents are not base64, is an error with its line.
pub fn scan(bytes: &[u8]) -> Result<PemText, Error> {
    let (text, encoding) = text::decode(bytes);
    let mut scanner = Scanner::default();
    scanner.notes.extend(encoding.map(|kind| Note { line: Some(1), kind }));
    for (index, line) in lines(text.as_bytes()).enumerate() {
        scanner.line(index + 1, line)?;
    }
    if let Some(open) = scanner.open {
        return Err(pem(open.line, PemProblem::Unclosed { label: open.label }));
    }
    Ok(PemText { blocks: scanner.blocks, notes: scanner.notes })
}

/// Whether a file is to be read as PEM: it is text with the beginning of a block.
pub fn is_pem(bytes: &[u8]) -> bool {
    let (text, _) = text::decode(bytes);
    let text = text.as_bytes();
    // DER starts with a SEQUENCE, and may well have a PEM text somewhere inside; then its length has
    // the long form, or none. Text may start with the same octet, the figure 0.
    !matches!(text, [0x30, 0x80..=0x88, ..]) && find(text, BEGIN).is_some()
}

#[derive(Default)]
struct Scanner<'a> {
    blocks: Vec<Block>,
    notes: Vec<Note>,
    open: Option<Open<'a>>,
}

/// A block whose end has not been seen yet.
struct Open<'a> {
    label: String,
    line: usize,
    headers: Vec<(String, String)>,
    pieces: Vec<Piece<'a>>,
    indented: bool,
}

impl<'a> Scanner<'a> {
    fn line(&mut self, number: usize, line: &'a [u8]) -> Result<(), Error> {
        let mut column = 1;
        let mut rest = line;
        while let Some(boundary) = Boundary::find(rest) {
            let (before, after) = boundary.around(rest);
            let glued = self.is_glued(column, before);
            if !self.takes(boundary.is_begin, column, before) {
                if boundary.is_begin {
                    self.note(number, NoteKind::IgnoredBeginning);
                }
                return Ok(());
            }
            self.text(number, column, before);
            self.boundary(number, boundary, is_blank(before) && !before.is_empty())?;
            column += rest.len() - after.len();
            rest = after;
            if glued {
                self.note(number, NoteKind::Glued);
            }
        }
        if self.open.is_none() && rest.trim_ascii_start().starts_with(BEGIN) {
            return Err(pem(number, PemProblem::InvalidBoundary));
        }
        self.text(number, column, rest);
        Ok(())
    }

    /// A boundary counts at the start of its line, behind another one, and inside a block.
    fn takes(&self, is_begin: bool, column: usize, before: &[u8]) -> bool {
        is_blank(before) || column > 1 && is_begin || self.open.is_some()
    }

    fn is_glued(&self, column: usize, before: &[u8]) -> bool {
        column > 1 || self.open.is_some() && !is_blank(before)
    }

    fn boundary(&mut self, line: usize, found: Boundary, indented: bool) -> Result<(), Error> {
        let Boundary { is_begin, label, .. } = found;
        match (self.open.take(), is_begin) {
            (None, true) => {
                let (headers, pieces) = (Vec::new(), Vec::new());
                self.open = Some(Open { label, line, headers, pieces, indented });
                Ok(())
            }
            (None, false) => Err(pem(line, PemProblem::EndWithoutBegin { label })),
            (Some(open), true) => Err(pem(open.line, PemProblem::Unclosed { label: open.label })),
            (Some(open), false) if open.label != label => {
                Err(pem(line, PemProblem::LabelMismatch { begin: open.label, end: label }))
            }
            (Some(open), false) => self.close(open),
        }
    }

    fn close(&mut self, open: Open<'_>) -> Result<(), Error> {
        let Open { label, line, headers, pieces, indented } = open;
        let contents = base64::decode(&pieces).map_err(|(line, problem)| pem(line, problem))?;
        if indented {
            self.note(line, NoteKind::Indented { label: label.clone() });
        }
        if contents.is_empty() {
            self.note(line, NoteKind::EmptyBlock { label: label.clone() });
        }
        self.blocks.push(Block { label, line, headers, contents: Secret::new(contents) });
        Ok(())
    }

    /// Text inside a block is a header or base64; outside of blocks it is ignored.
    fn text(&mut self, line: usize, column: usize, text: &'a [u8]) {
        let Some(open) = &mut self.open else { return };
        let trimmed = text.trim_ascii();
        if trimmed.is_empty() {
            return;
        }
        let indentation = text.len() - text.trim_ascii_start().len();
        if open.pieces.is_empty() && open.header(trimmed, indentation > 0) {
            return;
        }
        open.indented |= indentation > 0;
        open.pieces.push(Piece { line, column: column + indentation, text: trimmed });
    }

    fn note(&mut self, line: usize, kind: NoteKind) {
        self.notes.push(Note { line: Some(line), kind });
    }
}

impl Open<'_> {
    /// Takes a header line, or the continuation of one (RFC 1421, section 4.6).
    fn header(&mut self, text: &[u8], indented: bool) -> bool {
        let text = String::from_utf8_lossy(text);
        if let Some((name, value)) = text.split_once(':') {
            self.headers.push((name.trim().to_owned(), value.trim().to_owned()));
            return true;
        }
        match self.headers.last_mut() {
            Some((_, value)) if indented && value.ends_with(',') => {
                value.push_str(&text);
                true
            }
            _ => false,
        }
    }
}

/// A `-----BEGIN X-----` or `-----END X-----` within a line.
struct Boundary {
    is_begin: bool,
    label: String,
    start: usize,
    end: usize,
}

impl Boundary {
    fn find(line: &[u8]) -> Option<Self> {
        let begin = find(line, BEGIN).map(|start| (start, true, BEGIN.len()));
        let end = find(line, END).map(|start| (start, false, END.len()));
        let (start, is_begin, length) = begin.into_iter().chain(end).min()?;
        let label_start = start + length;
        let label_length = find(line.get(label_start..)?, DASHES)?;
        let label = line.get(label_start..label_start + label_length)?;
        let label = String::from_utf8_lossy(label).trim().to_owned();
        let end = label_start + label_length + DASHES.len();
        Some(Self { is_begin, label, start, end })
    }

    fn around<'a>(&self, line: &'a [u8]) -> (&'a [u8], &'a [u8]) {
        let before = line.get(..self.start).unwrap_or_default();
        (before, line.get(self.end..).unwrap_or_default())
    }
}

/// Lines that end in LF, CR LF, or CR alone.
fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|octet| *octet == b'\n').flat_map(|line| {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        line.split(|octet| *octet == b'\r')
    })
}

fn find(text: &[u8], pattern: &[u8]) -> Option<usize> {
    text.windows(pattern.len()).position(|window| window == pattern)
}

fn is_blank(text: &[u8]) -> bool {
    text.trim_ascii().is_empty()
}

fn pem(line: usize, kind: PemProblem) -> Error {
    Error::Pem { line, kind }
}

const BEGIN: &[u8] = b"-----BEGIN ";
const END: &[u8] = b"-----END ";
const DASHES: &[u8] = b"-----";
