//! What a peer says that does not speak TLS.

use std::fmt;

use crosstrust_x509::Timestamp;

/// What the first bytes of an answer are, when they are no TLS record.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Greeting {
    /// An HTTP answer.
    Http {
        /// Its first line.
        status_line: String,
        /// The time of its `Date` header.
        date: Option<Timestamp>,
    },
    /// A frame of Elasticsearch's transport protocol.
    Transport,
    /// Something else, its beginning as text.
    Other {
        /// The beginning; what is not printable ASCII is a dot.
        text: String,
    },
}

impl Greeting {
    /// Recognises an answer. Nothing for no bytes, and for what begins as a TLS record does.
    pub fn of(heard: &[u8]) -> Option<Self> {
        if heard.is_empty() || is_tls(heard) {
            return None;
        }
        if heard.starts_with(b"HTTP/") {
            return Some(http(heard));
        }
        if heard.starts_with(b"ES") {
            return Some(Self::Transport);
        }
        Some(Self::Other { text: printable(heard) })
    }
}

/// Whether the bytes begin as a record of TLS does (RFC 8446, section 5.1): one of its types, major
/// version 3.
pub(super) fn is_tls(heard: &[u8]) -> bool {
    match heard {
        [kind, 3, ..] | [kind] => (0x14..=0x18).contains(kind),
        _ => false,
    }
}

fn http(heard: &[u8]) -> Greeting {
    let text = String::from_utf8_lossy(heard);
    let mut lines = text.split("\r\n");
    let status_line = printable(lines.next().unwrap_or_default().as_bytes());
    let date = lines.take_while(|line| !line.is_empty()).find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("date").then(|| http_date(value.trim()))?
    });
    Greeting::Http { status_line, date }
}

/// Reads `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7).
fn http_date(text: &str) -> Option<Timestamp> {
    let words = text.split(' ').collect::<Vec<_>>();
    let [_, day, month, year, time, "GMT"] = words.as_slice() else { return None };
    let month = MONTHS.iter().position(|known| known == month)?.checked_add(1)?;
    Timestamp::parse_rfc3339(&format!("{year}-{month:02}-{day}T{time}Z")).ok()
}

/// The beginning, fit for a message.
pub(super) fn printable(bytes: &[u8]) -> String {
    let shown = |byte: &u8| if (0x20..0x7f).contains(byte) { char::from(*byte) } else { '.' };
    let text: String = bytes.iter().take(SHOWN).map(shown).collect();
    text.trim_end_matches('.').to_owned()
}

/// `HTTP (HTTP/1.1 400 Bad Request)`.
impl fmt::Display for Greeting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Http { status_line, .. } => write!(f, "HTTP (`{status_line}`)"),
            Self::Transport => f.write_str("the transport protocol without TLS"),
            Self::Other { text } if text.is_empty() => f.write_str("something that is not TLS"),
            Self::Other { text } => write!(f, "something that is not TLS (`{text}`)"),
        }
    }
}

/// Bytes of an answer in a message.
const SHOWN: usize = 60;
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_tls_is_recognised() {
        #[track_caller]
        fn check(heard: &[u8], expected: Option<&str>) {
            assert_eq!(Greeting::of(heard).map(|found| found.to_string()).as_deref(), expected);
        }

        check(b"", None);
        check(b"\x15\x03\x03\x00\x02\x02\x28", None);
        check(b"\x16", None);
        check(b"HTTP/1.1 400 Bad Request\r\n\r\n", Some("HTTP (`HTTP/1.1 400 Bad Request`)"));
        check(b"ES\xff\xff\xff\xff", Some("the transport protocol without TLS"));
        check(b"SSH-2.0-x\r\n", Some("something that is not TLS (`SSH-2.0-x`)"));
        check(b"\x00\x01", Some("something that is not TLS"));
    }

    /// The example of RFC 9110, section 5.6.7; its value from Python's `email.utils`.
    #[test]
    fn the_time_of_an_http_server_is_read() {
        let heard = b"HTTP/1.0 200 OK\r\nDATE: Sun, 06 Nov 1994 08:49:37 GMT\r\n\r\n";
        let Some(Greeting::Http { date, .. }) = Greeting::of(heard) else { panic!() };
        assert_eq!(date, Some(Timestamp::from_unix(784_111_777)));
        assert_eq!(http_date("Sun, 06 Foo 1994 08:49:37 GMT"), None);
        assert_eq!(http_date("yesterday"), None);
    }
}
