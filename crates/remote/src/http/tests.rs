//! Answers as servers write them, whole and broken, in pieces of every size.

use std::io::{self, ErrorKind, Read};

use super::{HttpAnswer, HttpError, read_answer};

/// Gives bytes in pieces, then ends: with an end, or an error.
struct Pieces<'a> {
    bytes: &'a [u8],
    size: usize,
    end: Option<ErrorKind>,
}

impl Read for Pieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.bytes.is_empty() {
            return self.end.map_or(Ok(0), |kind| Err(kind.into()));
        }
        let count = self.size.min(buffer.len()).min(self.bytes.len());
        let (now, later) = self.bytes.split_at(count);
        buffer[..count].copy_from_slice(now);
        self.bytes = later;
        Ok(count)
    }
}

#[track_caller]
fn check(answer: &str, end: Option<ErrorKind>, expected: &Result<(u16, &str), HttpError>) {
    for size in [1, 2, 7, 4096] {
        let found = read_answer(&mut Pieces { bytes: answer.as_bytes(), size, end });
        let found = found.map(|HttpAnswer { status, body, .. }| {
            (status, String::from_utf8_lossy(&body).into_owned())
        });
        let expected = expected.clone().map(|(status, body)| (status, body.to_owned()));
        assert_eq!(found, expected, "{answer:?} in pieces of {size}");
    }
}

#[test]
fn the_three_ways_to_say_how_long_a_body_is() {
    let ok = |body| Ok((200, body));
    check("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}more", None, &ok("{}"));
    check("HTTP/1.0 200 OK\r\n\r\n{}", None, &ok("{}"));
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n";
    check(&format!("{chunked}1\r\n{{\r\n1;x=y\r\n}}\r\n0\r\n\r\n"), None, &ok("{}"));
    check(&format!("{chunked}A\r\n0123456789\r\n0\r\nX: y\r\n\r\n"), None, &ok("0123456789"));
    // RFC 9112, section 6.3: chunks outrank a length.
    let both =
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
    check(both, None, &ok(""));
    check(
        "HTTP/1.1 103 Early\r\n\r\nHTTP/1.1 401 No\r\nContent-Length: 1\r\n\r\nx",
        None,
        &Ok((401, "x")),
    );
    check("HTTP/1.1 204 None\r\n\r\n", None, &Ok((204, "")));
}

#[test]
fn a_redirect_says_where_to() {
    let text = b"HTTP/1.1 302 Found\r\nLocation: https://other/ \r\nContent-Length: 0\r\n\r\n";
    let answer = read_answer(&mut Pieces { bytes: text, size: 99, end: None }).unwrap();
    assert_eq!((answer.status, answer.location.as_deref()), (302, Some("https://other/")));
}

#[test]
fn what_ends_early_or_late_is_told() {
    let early = |read| Err(HttpError::EndsEarly { read });
    let two_of_three = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab";
    check("", None, &early(0));
    check("HTTP/1.1 200 OK\r\nContent-", None, &early(0));
    check(two_of_three, None, &early(2));
    check("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", None, &early(3));
    // Without a length, only an end that TLS has told is one.
    check("HTTP/1.1 200 OK\r\n\r\nab", Some(ErrorKind::UnexpectedEof), &early(0));
    check(two_of_three, Some(ErrorKind::WouldBlock), &Err(HttpError::Slow { read: 2 }));
    check("", Some(ErrorKind::TimedOut), &Err(HttpError::Slow { read: 0 }));
}

#[test]
fn what_is_no_http_is_told() {
    for text in [
        "SSH-2.0-OpenSSH\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n",
    ] {
        let found = read_answer(&mut Pieces { bytes: text.as_bytes(), size: 3, end: None });
        assert!(matches!(found, Err(HttpError::NotHttp { .. })), "{text:?}: {found:?}");
    }
}

/// Bytes without end.
struct Endless<'a>(&'a [u8], &'a [u8]);

impl Read for Endless<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let from = if self.0.is_empty() { self.1 } else { std::mem::take(&mut self.0) };
        let count = from.len().min(buffer.len());
        buffer[..count].copy_from_slice(&from[..count]);
        Ok(count)
    }
}

#[test]
fn nothing_goes_on_without_end() {
    for (head, more) in [
        ("HTTP/1.1 200 OK\r\n\r\n", "x"),
        ("HTTP/1.1 200 OK\r\n", "X: y\r\n"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "3e8;"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n", "x"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "fffffff0\r\n"),
        ("", "HTTP/1.1 100 Continue\r\n\r\n"),
    ] {
        let more = more.repeat(4000 / more.len());
        let found = read_answer(&mut Endless(head.as_bytes(), more.as_bytes()));
        let bounded = matches!(found, Err(HttpError::TooLong { .. } | HttpError::NotHttp { .. }));
        assert!(bounded, "{head:?}: {found:?}");
    }
}
