//! One GET request over HTTP/1.1 and its answer (RFC 9112). The connection is the caller's.

mod input;
#[cfg(test)]
mod tests;

use std::io::Read;

use self::input::Input;

/// An answer that came whole.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct HttpAnswer {
    /// The status, such as 200.
    pub status: u16,
    /// Where the server sends us instead.
    pub location: Option<String>,
    /// What it has to say.
    pub body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum HttpError {
    /// The connection broke.
    #[error("the connection breaks: {reason}")]
    Broken {
        /// In what way, as the operating system or the TLS library words it.
        reason: String,
    },
    /// The connection ended before the answer did.
    #[error("the answer ends early, after {read} bytes of its body")]
    EndsEarly {
        /// The bytes of the body that came.
        read: usize,
    },
    /// It is something else, or HTTP that contradicts itself.
    #[error("the answer is not HTTP/1.1: {problem}")]
    NotHttp {
        /// What is wrong.
        problem: &'static str,
    },
    /// The time for it was up.
    #[error("no whole answer came in time: {read} bytes of its body")]
    Slow {
        /// The bytes of the body that came.
        read: usize,
    },
    /// It has no end, or nearly so.
    #[error("the answer is longer than {limit} bytes")]
    TooLong {
        /// The bound.
        limit: usize,
    },
}

/// A GET request with an API key. Holds the key: wipe it after use.
pub fn get_request(authority: &str, path: &str, api_key: &str) -> String {
    format!(
        "GET {path} HTTP/1.1\r\nHost: {authority}\r\nAuthorization: ApiKey {api_key}\r\n\
         Accept: application/json\r\nUser-Agent: crosstrust\r\nConnection: close\r\n\r\n"
    )
}

/// Reads the answer to it, and no more than the bounds below.
pub fn read_answer(stream: &mut dyn Read) -> Result<HttpAnswer, HttpError> {
    let mut input = Input::new(stream);
    for _ in 0..MOST_INTERIM {
        let head = input.head()?;
        // 100 and 103 come before the answer itself.
        if (100..200).contains(&head.status) && head.status != SWITCHING_PROTOCOLS {
            continue;
        }
        let body = input.body(head.framing)?;
        return Ok(HttpAnswer { status: head.status, location: head.location, body });
    }
    Err(HttpError::NotHttp { problem: "interim answers follow each other without end" })
}

const MOST_INTERIM: usize = 8;
const SWITCHING_PROTOCOLS: u16 = 101;
/// The longest body. An answer about a thousand remote clusters has a tenth of it.
const LONGEST_BODY: usize = 8 << 20;
/// The longest head, and the longest line that says how long a chunk is.
const LONGEST_HEAD: usize = 32 << 10;
