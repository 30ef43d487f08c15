//! A reader of BER, hence of DER: indefinite lengths and strings in pieces are taken as they are.

use std::borrow::Cow;

use super::oid;
use super::tag;
use crate::error::Error;
use crate::error::FormatProblem;

/// A row of elements that is read from front to back.
#[derive(Clone)]
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
    depth: usize,
    part: &'static str,
}

/// One element: identifier, length and content.
#[derive(Clone)]
pub(crate) struct Element<'a> {
    tag: u8,
    content: &'a [u8],
    raw: &'a [u8],
    depth: usize,
    part: &'static str,
}

impl<'a> Reader<'a> {
    /// Reads `bytes`, which are the `part` of the file that errors name.
    pub(crate) fn new(bytes: &'a [u8], part: &'static str) -> Self {
        Self { rest: bytes, depth: 0, part }
    }

    /// The same reader with another name for errors.
    pub(crate) fn named(self, part: &'static str) -> Self {
        Self { part, ..self }
    }

    /// Whether everything has been read.
    pub(crate) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// The bytes not read yet.
    pub(crate) fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// The identifier octet of the next element.
    pub(crate) fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    /// The next element, whatever it is.
    pub(crate) fn element(&mut self) -> Result<Element<'a>, Error> {
        let header = Header::parse(self.rest).map_err(|problem| self.damaged(problem))?;
        let size = measure(self.rest, self.depth, self.part)?;
        let (raw, rest) = self.split(size)?;
        let trailer = if header.length.is_none() { END_OF_CONTENTS.len() } else { 0 };
        let content = raw.get(header.size..raw.len().saturating_sub(trailer)).unwrap_or_default();
        self.rest = rest;
        Ok(Element { tag: header.tag, content, raw, depth: self.depth, part: self.part })
    }

    /// The next element, which must have this identifier octet.
    pub(crate) fn expect(&mut self, expected: u8) -> Result<Element<'a>, Error> {
        match self.peek() {
            Some(found) if found == expected => self.element(),
            Some(found) => Err(self.damaged(FormatProblem::UnexpectedTag { expected, found })),
            None => Err(self.damaged(FormatProblem::Truncated)),
        }
    }

    /// The next element, when it has this identifier octet.
    pub(crate) fn optional(&mut self, expected: u8) -> Result<Option<Element<'a>>, Error> {
        if self.peek() == Some(expected) { self.element().map(Some) } else { Ok(None) }
    }

    /// The inside of the SEQUENCE that must come next.
    pub(crate) fn sequence(&mut self) -> Result<Reader<'a>, Error> {
        self.expect(tag::SEQUENCE)?.reader()
    }

    /// The inside of the `[number]` that must come next.
    pub(crate) fn context(&mut self, number: u8) -> Result<Reader<'a>, Error> {
        self.expect(tag::context(number))?.reader()
    }

    /// The content of the OCTET STRING that must come next, its pieces joined.
    pub(crate) fn octet_string(&mut self) -> Result<Cow<'a, [u8]>, Error> {
        self.string(tag::OCTET_STRING)
    }

    /// The content of an OCTET STRING under the identifier octet `primitive`, its pieces joined.
    pub(crate) fn string(&mut self, primitive: u8) -> Result<Cow<'a, [u8]>, Error> {
        if self.peek() == Some(primitive | tag::CONSTRUCTED) {
            return self.element()?.joined();
        }
        self.expect(primitive).map(|element| Cow::Borrowed(element.content))
    }

    /// The dotted form of the OBJECT IDENTIFIER that must come next.
    pub(crate) fn object_identifier(&mut self) -> Result<String, Error> {
        self.expect(tag::OBJECT_IDENTIFIER).map(|element| oid::to_dotted(element.content))
    }

    /// The digits of the INTEGER that must come next and must not be negative: big-endian, without
    /// leading zeros.
    pub(crate) fn unsigned(&mut self) -> Result<&'a [u8], Error> {
        let content = self.expect(tag::INTEGER)?.content;
        if content.first().is_none_or(|octet| octet & 0x80 != 0) {
            return Err(self.damaged(FormatProblem::InvalidValue { what: "number" }));
        }
        let zeros = content.iter().take_while(|octet| **octet == 0).count();
        Ok(content.get(zeros..).unwrap_or_default())
    }

    /// The INTEGER that must come next, when it fits.
    pub(crate) fn integer(&mut self) -> Result<u64, Error> {
        let digits = self.unsigned()?;
        if digits.len() > size_of::<u64>() {
            return Err(self.damaged(FormatProblem::InvalidValue { what: "number" }));
        }
        Ok(digits.iter().fold(0, |value, digit| (value << 8) | u64::from(*digit)))
    }

    /// The octets of the BIT STRING that must come next, which must have no unused bits.
    pub(crate) fn bit_string(&mut self) -> Result<&'a [u8], Error> {
        let content = self.expect(tag::BIT_STRING)?.content;
        content
            .strip_prefix(&[0])
            .ok_or_else(|| self.damaged(FormatProblem::InvalidValue { what: "bit string" }))
    }

    /// Holds that everything has been read.
    pub(crate) fn end(&self) -> Result<(), Error> {
        match self.rest.len() {
            0 => Ok(()),
            count => Err(self.damaged(FormatProblem::TrailingBytes { count })),
        }
    }

    /// The error that says what is wrong in the part of the file that is read here.
    pub(crate) fn damaged(&self, problem: FormatProblem) -> Error {
        Error::Damaged { part: self.part, problem }
    }

    fn split(&self, size: usize) -> Result<(&'a [u8], &'a [u8]), Error> {
        self.rest.split_at_checked(size).ok_or_else(|| self.damaged(FormatProblem::Truncated))
    }
}

impl<'a> Element<'a> {
    /// The identifier octet.
    pub(crate) fn tag(&self) -> u8 {
        self.tag
    }

    /// The content octets.
    pub(crate) fn content(&self) -> &'a [u8] {
        self.content
    }

    /// Identifier, length and content as written.
    pub(crate) fn raw(&self) -> &'a [u8] {
        self.raw
    }

    /// A reader of the elements inside, one level deeper.
    pub(crate) fn reader(&self) -> Result<Reader<'a>, Error> {
        let depth = self.depth + 1;
        if depth > DEPTH_LIMIT {
            return Err(Error::TooDeep { part: self.part, limit: DEPTH_LIMIT });
        }
        Ok(Reader { rest: self.content, depth, part: self.part })
    }

    /// The content of a string in pieces (X.690, section 8.7.3), the pieces joined.
    fn joined(&self) -> Result<Cow<'a, [u8]>, Error> {
        let mut pieces = self.reader()?;
        let mut bytes = Vec::new();
        while !pieces.is_empty() {
            bytes.extend_from_slice(&pieces.octet_string()?);
        }
        Ok(Cow::Owned(bytes))
    }
}

/// Whether the bytes are exactly one SEQUENCE, as all decrypted contents must be.
pub(crate) fn is_one_sequence(bytes: &[u8]) -> bool {
    bytes.first() == Some(&tag::SEQUENCE)
        && measure(bytes, 0, "decrypted content").is_ok_and(|size| size == bytes.len())
}

struct Header {
    tag: u8,
    /// Octets of identifier and length.
    size: usize,
    /// Octets of content, or none when its end is marked.
    length: Option<usize>,
}

impl Header {
    fn parse(bytes: &[u8]) -> Result<Self, FormatProblem> {
        let (&[tag, first], rest) = bytes.split_first_chunk().ok_or(FormatProblem::Truncated)?;
        if tag & 0x1f == 0x1f {
            // A tag number over 30 occurs in none of the formats read here.
            return Err(FormatProblem::InvalidValue { what: "tag" });
        }
        let (count, length) = match first {
            0x80 if tag & tag::CONSTRUCTED != 0 => return Ok(Self { tag, size: 2, length: None }),
            0x80 | 0xff => return Err(FormatProblem::InvalidLength),
            0x81.. => {
                let count = usize::from(first & 0x7f);
                (count, long_length(rest.get(..count).ok_or(FormatProblem::Truncated)?)?)
            }
            short => (0, usize::from(short)),
        };
        Ok(Self { tag, size: 2 + count, length: Some(length) })
    }
}

fn long_length(octets: &[u8]) -> Result<usize, FormatProblem> {
    octets.iter().try_fold(0_usize, |length, octet| {
        let shifted = length.checked_mul(256).ok_or(FormatProblem::InvalidLength)?;
        Ok(shifted | usize::from(*octet))
    })
}

/// The octets that the first element of `bytes` takes, its end mark included.
fn measure(bytes: &[u8], depth: usize, part: &'static str) -> Result<usize, Error> {
    let damaged = |problem| Error::Damaged { part, problem };
    let header = Header::parse(bytes).map_err(damaged)?;
    if let Some(length) = header.length {
        let size = header.size.checked_add(length).ok_or(damaged(FormatProblem::InvalidLength))?;
        return if size <= bytes.len() { Ok(size) } else { Err(damaged(FormatProblem::Truncated)) };
    }
    if depth >= DEPTH_LIMIT {
        return Err(Error::TooDeep { part, limit: DEPTH_LIMIT });
    }
    let mut size = header.size;
    loop {
        let rest = bytes.get(size..).unwrap_or_default();
        if rest.starts_with(&END_OF_CONTENTS) {
            return Ok(size + END_OF_CONTENTS.len());
        }
        size += measure(rest, depth + 1, part)?;
    }
}

/// Far deeper than any key store, far shallower than the stack.
const DEPTH_LIMIT: usize = 64;
const END_OF_CONTENTS: [u8; 2] = [0, 0];

#[cfg(test)]
mod tests {
    use super::*;

    fn reader(bytes: &[u8]) -> Reader<'_> {
        Reader::new(bytes, "test")
    }

    #[track_caller]
    fn check_problem(bytes: &[u8], problem: FormatProblem) {
        assert_eq!(reader(bytes).element().err(), Some(Error::Damaged { part: "test", problem }));
    }

    #[test]
    fn definite_and_indefinite_lengths_give_the_same_content() {
        let definite = [0x30, 0x03, 0x02, 0x01, 0x07];
        let indefinite = [0x30, 0x80, 0x02, 0x01, 0x07, 0x00, 0x00];
        for bytes in [&definite[..], &indefinite[..]] {
            let mut outer = reader(bytes);
            assert_eq!(outer.sequence().unwrap().integer(), Ok(7));
            assert_eq!(outer.end(), Ok(()));
        }
    }

    #[test]
    fn a_string_in_pieces_is_joined() {
        let nested = [0x24, 0x80, 0x04, 0x01, b'a', 0x24, 0x03, 0x04, 0x01, b'b', 0, 0];
        assert_eq!(reader(&nested).octet_string().unwrap().as_ref(), b"ab");
        let implicit = [0xa0, 0x80, 0x04, 0x01, b'a', 0x04, 0x01, b'c', 0, 0];
        assert_eq!(reader(&implicit).string(0x80).unwrap().as_ref(), b"ac");
    }

    #[test]
    fn broken_elements_are_told_apart() {
        check_problem(&[], FormatProblem::Truncated);
        check_problem(&[0x30], FormatProblem::Truncated);
        check_problem(&[0x30, 0x05, 0x00], FormatProblem::Truncated);
        check_problem(&[0x30, 0x84, 0xff, 0xff, 0xff, 0xff], FormatProblem::Truncated);
        check_problem(&[0x30, 0x80], FormatProblem::Truncated);
        check_problem(&[0x04, 0x80, 0x00, 0x00], FormatProblem::InvalidLength);
        check_problem(&[0x30, 0xff], FormatProblem::InvalidLength);
        check_problem(&[0x1f, 0x81, 0x01, 0x00], FormatProblem::InvalidValue { what: "tag" });
        let mut huge = vec![0x30, 0x89];
        huge.extend([0xff; 9]);
        check_problem(&huge, FormatProblem::InvalidLength);
    }

    #[test]
    fn a_hundred_thousand_nested_sequences_are_refused_at_once() {
        let indefinite = [0x30, 0x80].repeat(100_000);
        let refusal = Error::TooDeep { part: "test", limit: DEPTH_LIMIT };
        assert_eq!(reader(&indefinite).element().err(), Some(refusal.clone()));

        let mut definite = Vec::new();
        for _ in 0..2_000 {
            definite = super::super::sequence(&[&definite]);
        }
        let mut level = reader(&definite).sequence();
        while let Ok(mut inner) = level.clone() {
            level = inner.sequence();
        }
        assert_eq!(level.err(), Some(refusal));
    }

    #[test]
    fn numbers_are_not_negative_and_fit() {
        assert_eq!(reader(&[2, 2, 0, 0x80]).integer(), Ok(128));
        assert_eq!(reader(&[2, 5, 0, 0xff, 0xff, 0xff, 0xff]).integer(), Ok(0xffff_ffff));
        assert!(reader(&[2, 1, 0x80]).integer().is_err());
        assert!(reader(&[2, 0]).integer().is_err());
        assert!(reader(&[2, 9, 1, 0, 0, 0, 0, 0, 0, 0, 0]).integer().is_err());
    }
}
