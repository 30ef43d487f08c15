//! The bytes of an answer as they come, and what they are cut into.

use std::io::{ErrorKind, Read};

use httparse::{EMPTY_HEADER, Header, Response, Status, parse_chunk_size};

use super::{HttpError, LONGEST_BODY, LONGEST_HEAD};

/// What the head of an answer says.
pub(super) struct Head {
    pub(super) status: u16,
    pub(super) location: Option<String>,
    pub(super) framing: Framing,
}

/// How long a body is (RFC 9112, section 6.3).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Framing {
    /// In chunks, each with its length.
    Chunked,
    /// So many bytes.
    Length(usize),
    /// Until the connection ends.
    UntilClose,
}

/// What was read and is not yet used.
pub(super) struct Input<'a> {
    stream: &'a mut dyn Read,
    buffer: Vec<u8>,
    /// The bytes of the body that were used.
    taken: usize,
}

impl<'a> Input<'a> {
    pub(super) fn new(stream: &'a mut dyn Read) -> Self {
        Self { stream, buffer: Vec::new(), taken: 0 }
    }

    /// The next head.
    pub(super) fn head(&mut self) -> Result<Head, HttpError> {
        loop {
            if let Some((head, length)) = parse_head(&self.buffer)? {
                self.buffer.drain(..length);
                return Ok(head);
            }
            if self.buffer.len() > LONGEST_HEAD {
                return Err(HttpError::TooLong { limit: LONGEST_HEAD });
            }
            if !self.fill()? {
                return Err(HttpError::EndsEarly { read: 0 });
            }
        }
    }

    /// The whole body.
    pub(super) fn body(&mut self, framing: Framing) -> Result<Vec<u8>, HttpError> {
        let mut body = Vec::new();
        match framing {
            Framing::Length(length) => self.take(length, &mut body)?,
            Framing::Chunked => while self.chunk(&mut body)? {},
            Framing::UntilClose => {
                while self.fill()? {
                    if self.buffer.len() > LONGEST_BODY {
                        return Err(HttpError::TooLong { limit: LONGEST_BODY });
                    }
                }
                body = std::mem::take(&mut self.buffer);
            }
        }
        Ok(body)
    }

    /// Moves so many bytes into the body.
    fn take(&mut self, length: usize, body: &mut Vec<u8>) -> Result<(), HttpError> {
        if length > LONGEST_BODY.saturating_sub(body.len()) {
            return Err(HttpError::TooLong { limit: LONGEST_BODY });
        }
        let mut left = length;
        loop {
            let count = left.min(self.buffer.len());
            body.extend(self.buffer.drain(..count));
            self.taken = body.len();
            left = left.saturating_sub(count);
            if left == 0 {
                return Ok(());
            }
            if !self.fill()? {
                return Err(HttpError::EndsEarly { read: self.taken });
            }
        }
    }

    /// Moves the next chunk into the body; false at the last one, which has no bytes. The fields that may follow
    /// it are left unread.
    fn chunk(&mut self, body: &mut Vec<u8>) -> Result<bool, HttpError> {
        let length = loop {
            let broken = HttpError::NotHttp { problem: "a chunk has no length" };
            match parse_chunk_size(&self.buffer).map_err(|_| broken)? {
                Status::Complete((line, length)) => {
                    self.buffer.drain(..line);
                    break usize::try_from(length).unwrap_or(usize::MAX);
                }
                Status::Partial if self.buffer.len() > LONGEST_HEAD => {
                    return Err(HttpError::TooLong { limit: LONGEST_HEAD });
                }
                Status::Partial if !self.fill()? => {
                    return Err(HttpError::EndsEarly { read: self.taken });
                }
                Status::Partial => {}
            }
        };
        self.take(length, body)?;
        if length > 0 {
            let mut end = Vec::new();
            let taken = self.taken;
            self.take(LINE_END.len(), &mut end)?;
            self.taken = taken;
            if end != LINE_END {
                return Err(HttpError::NotHttp { problem: "a chunk is not as long as it says" });
            }
        }
        Ok(length > 0)
    }

    /// Reads more; false at the end of the connection.
    fn fill(&mut self) -> Result<bool, HttpError> {
        let mut bytes = [0; 16 << 10];
        loop {
            return match self.stream.read(&mut bytes) {
                Ok(count) => {
                    self.buffer.extend_from_slice(bytes.get(..count).unwrap_or_default());
                    Ok(count > 0)
                }
                Err(error) => match error.kind() {
                    ErrorKind::Interrupted => continue,
                    ErrorKind::TimedOut | ErrorKind::WouldBlock => {
                        Err(HttpError::Slow { read: self.taken })
                    }
                    // The connection was cut, where TLS would have said that it ends.
                    ErrorKind::UnexpectedEof => Err(HttpError::EndsEarly { read: self.taken }),
                    _ => Err(HttpError::Broken { reason: error.to_string() }),
                },
            };
        }
    }
}

/// The head at the beginning of these bytes and its length; nothing if they end before it does.
fn parse_head(bytes: &[u8]) -> Result<Option<(Head, usize)>, HttpError> {
    let mut fields = [EMPTY_HEADER; MOST_FIELDS];
    let mut response = Response::new(&mut fields);
    let broken = |_| HttpError::NotHttp { problem: "it has no status line and header fields" };
    let Status::Complete(length) = response.parse(bytes).map_err(broken)? else {
        return Ok(None);
    };
    let status = response.code.unwrap_or_default();
    let location = field(response.headers, "location").next();
    let framing = framing(status, response.headers)?;
    Ok(Some((Head { status, location, framing }, length)))
}

fn framing(status: u16, fields: &[Header<'_>]) -> Result<Framing, HttpError> {
    if (100..200).contains(&status) || [204, 304].contains(&status) {
        return Ok(Framing::Length(0));
    }
    let codings: Vec<String> = field(fields, "transfer-encoding").collect();
    if !codings.is_empty() {
        let chunked =
            codings.len() == 1 && codings.iter().all(|one| one.eq_ignore_ascii_case("chunked"));
        let unknown = HttpError::NotHttp { problem: "its transfer coding is not `chunked`" };
        return if chunked { Ok(Framing::Chunked) } else { Err(unknown) };
    }
    let mut lengths = field(fields, "content-length");
    let Some(length) = lengths.next() else { return Ok(Framing::UntilClose) };
    let is_number = length.bytes().all(|byte| byte.is_ascii_digit()) && !length.is_empty();
    if !is_number || lengths.any(|other| other != length) {
        return Err(HttpError::NotHttp { problem: "it does not say one length of its body" });
    }
    Ok(Framing::Length(length.parse().unwrap_or(usize::MAX)))
}

/// The values of a header field.
fn field<'a>(fields: &'a [Header<'_>], name: &'a str) -> impl Iterator<Item = String> + 'a {
    let named = fields.iter().filter(move |field| field.name.eq_ignore_ascii_case(name));
    named.map(|field| String::from_utf8_lossy(field.value).trim().to_owned())
}

const MOST_FIELDS: usize = 100;
const LINE_END: &[u8] = b"\r\n";
