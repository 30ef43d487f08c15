//! The handshake of Elasticsearch's transport protocol: one request, and what the answer says.
//!
//! All integers are big-endian but `vInt`s, which have seven bits a byte, the low group first. The
//! request needs no authentication and changes nothing; a node counts it in its statistics.

use std::io::{Read, Write};
use std::time::Duration;

use super::greeting::printable;
use super::observation::TransportAnswer;

/// Which form of the handshake is spoken.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Dialect {
    /// Understood by every node since 7.6.
    Seven,
    /// Understood by 9.x, whose answer also has the release.
    Nine,
}

impl Dialect {
    /// The request: the frame in full.
    pub(super) fn request(self) -> &'static [u8] {
        match self {
            Self::Seven => REQUEST_SEVEN,
            Self::Nine => REQUEST_NINE,
        }
    }
}

/// Sends the request and reads the answer.
pub(super) fn ask(stream: &mut (impl Read + Write + ?Sized), dialect: Dialect) -> TransportAnswer {
    if stream.write_all(dialect.request()).and_then(|()| stream.flush()).is_err() {
        return TransportAnswer::Closed;
    }
    let mut heard = Vec::new();
    let mut buffer = [0; 512];
    loop {
        match stream.read(&mut buffer) {
            Ok(0) => return end(&heard, TransportAnswer::Closed),
            Ok(count) => heard.extend_from_slice(buffer.get(..count).unwrap_or_default()),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) if super::handshake::is_timeout(&error) => {
                return end(&heard, TransportAnswer::Silent);
            }
            Err(_) => return end(&heard, TransportAnswer::Closed),
        }
        if let Some(answer) = read(&heard, dialect) {
            return answer;
        }
    }
}

/// What a conversation amounts to that ended before its answer was complete.
fn end(heard: &[u8], nothing: TransportAnswer) -> TransportAnswer {
    if without_pings(heard).is_empty() { nothing } else { garbage(heard) }
}

fn garbage(heard: &[u8]) -> TransportAnswer {
    TransportAnswer::Garbage { text: printable(heard) }
}

/// Reads an answer. Nothing as long as it is not complete.
fn read(heard: &[u8], dialect: Dialect) -> Option<TransportAnswer> {
    let frame = without_pings(heard);
    let beginning = frame.get(..MARKER.len()).unwrap_or(frame);
    if !MARKER.starts_with(beginning) {
        return Some(garbage(heard));
    }
    let length = frame.get(2..6)?;
    let length = length.iter().fold(0_usize, |value, byte| (value << 8) | usize::from(*byte));
    if length > LONGEST {
        return Some(garbage(heard));
    }
    let message = frame.get(6..length.saturating_add(6))?;
    Some(answer(message, dialect).unwrap_or_else(|| garbage(heard)))
}

/// Frames without contents, which keep a connection alive.
fn without_pings(mut heard: &[u8]) -> &[u8] {
    while let Some(rest) = heard.strip_prefix(PING) {
        heard = rest;
    }
    heard
}

/// Reads what follows the length: request id, status, version, variable header, body.
fn answer(message: &[u8], dialect: Dialect) -> Option<TransportAnswer> {
    let rest = message.strip_prefix(&REQUEST_ID)?;
    let (status, rest) = rest.split_first()?;
    if status & (RESPONSE | HANDSHAKE) != RESPONSE | HANDSHAKE {
        // Some answer an error without the mark of a handshake.
        return (status & ERROR == ERROR).then_some(TransportAnswer::Error);
    }
    if status & 0x02 == 0x02 {
        return Some(TransportAnswer::Error);
    }
    let header = rest.get(4..8)?;
    let header = header.iter().fold(0_usize, |value, byte| (value << 8) | usize::from(*byte));
    let body = rest.get(header.saturating_add(8)..)?;
    let (id, body) = v_int(body)?;
    let release = match dialect {
        Dialect::Seven => None,
        Dialect::Nine => Some(string(body)?),
    };
    Some(TransportAnswer::Version { id, release })
}

fn v_int(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let mut value = 0_u64;
    for (index, byte) in bytes.iter().enumerate().take(5) {
        value |= u64::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            let rest = bytes.get(index.saturating_add(1)..)?;
            return Some((u32::try_from(value).ok()?, rest));
        }
    }
    None
}

/// A string of ASCII, as a release is.
fn string(bytes: &[u8]) -> Option<String> {
    let (length, rest) = v_int(bytes)?;
    let text = rest.get(..usize::try_from(length).ok()?)?;
    text.is_ascii().then(|| printable(text))
}

/// How long a node may take for its answer.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

const MARKER: &[u8] = b"ES";
const PING: &[u8] = b"ES\xff\xff\xff\xff";
const REQUEST_ID: [u8; 8] = [0, 0, 0, 0, 0, 0, 0, 1];
const RESPONSE: u8 = 0x01;
const HANDSHAKE: u8 = 0x08;
/// An error is a response, too.
const ERROR: u8 = 0x03;
/// Bytes of an answer that are read.
const LONGEST: usize = 4096;
/// `internal:tcp/handshake` at version 7.17.0, claiming a version above all others: a node then
/// answers with its own.
const REQUEST_SEVEN: &[u8] =
    b"ES\x00\x00\x00\x31\x00\x00\x00\x00\x00\x00\x00\x01\x08\x00\x6d\x68\x33\
    \x00\x00\x00\x1a\x00\x00\x00\x16internal:tcp/handshake\x00\x04\xff\xac\xe2\x04";
/// The same at version 8800000, with a release.
const REQUEST_NINE: &[u8] =
    b"ES\x00\x00\x00\x38\x00\x00\x00\x00\x00\x00\x00\x01\x08\x00\x86\x47\x00\
    \x00\x00\x00\x19\x00\x00\x16internal:tcp/handshake\x00\x0c\xff\xac\xe2\x04\x079.99.99";

#[cfg(test)]
mod tests {
    use super::*;

    /// The lengths are those of the frames that Elasticsearch's own tests pin.
    #[test]
    fn the_requests_are_those_of_elasticsearch() {
        for (dialect, length) in [(Dialect::Seven, 0x31), (Dialect::Nine, 0x38)] {
            let request = dialect.request();
            assert_eq!(request.len(), length + 6);
            assert_eq!(usize::from(request[5]), length);
        }
        assert_eq!(v_int(&[0xff, 0xac, 0xe2, 0x04]), Some((9_999_999, &[][..])));
    }

    #[test]
    fn answers_are_read() {
        #[track_caller]
        fn check(heard: &[u8], dialect: Dialect, expected: Option<&str>) {
            let found = read(heard, dialect).map(|answer| answer.to_string());
            assert_eq!(found.as_deref(), expected);
        }

        // 7.17.3: 7170399 is df d2 b5 03 as vInt.
        let seven =
            b"ES\0\0\0\x17\0\0\0\0\0\0\0\x01\x09\x00\x6d\x68\x33\0\0\0\x02\0\0\xdf\xd2\xb5\x03";
        check(seven, Dialect::Seven, Some("7.17.3"));
        check(&[PING, seven].concat(), Dialect::Seven, Some("7.17.3"));
        for length in 0..seven.len() {
            check(&seven[..length], Dialect::Seven, None);
        }
        // 9000009 is c9 a8 a5 04.
        let nine = b"ES\0\0\0\x1d\0\0\0\0\0\0\0\x01\x09\x00\x86\x47\x00\0\0\0\x02\0\0\xc9\xa8\xa5\x04\x059.0.0";
        check(nine, Dialect::Nine, Some("9.0.0 (transport version 9000009)"));
        check(nine, Dialect::Seven, Some("transport version 9000009"));
        let error = b"ES\0\0\0\x0b\0\0\0\0\0\0\0\x01\x03\x00\x6d";
        check(error, Dialect::Seven, Some("it refuses the handshake with an error"));
        let http = "its answer is no frame of the transport protocol (`HTTP/1.1`)";
        check(b"HTTP/1.1", Dialect::Seven, Some(http));
        let garbage = "its answer is no frame of the transport protocol (`ES`)";
        check(b"ES\x7f\xff\xff\xff", Dialect::Seven, Some(garbage));
        check(b"ES\0\0\0\0", Dialect::Seven, Some(garbage));
        check(
            b"ES\0\0\0\x0b\0\0\0\0\0\0\0\x02\x09\0\0",
            Dialect::Seven,
            Some("its answer is no frame of the transport protocol (`ES`)"),
        );
    }

    #[test]
    fn an_endless_number_is_none() {
        assert_eq!(v_int(&[0xff; 9]), None);
        assert_eq!(v_int(&[0xff, 0xff, 0xff, 0xff, 0x7f]), None);
        assert_eq!(v_int(&[]), None);
    }
}
