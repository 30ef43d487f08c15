//! A ClientHello written by hand, for what a present-day TLS library does not offer: versions before
//! TLS 1.2, and cipher suites that Java still knows (RFC 5246, section 7.4.1).
//!
//! Only the first answer is read; the handshake is not gone on with.

use rustls::crypto::aws_lc_rs;

use super::hello_bytes::{Extensions, Hello, RANDOM};
use super::network::{Network, Stream};

/// What is asked for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Wish {
    /// At most TLS 1.1.
    OldVersion,
    /// TLS 1.2 with suites that the TLS library lacks.
    OldSuite,
}

/// Asks for it, and gives the number of the cipher suite if the server agrees. Nothing as well where
/// there is no connection or no answer, which proves nothing.
pub(super) fn ask(network: &dyn Network, wish: Wish, server_name: Option<&str>) -> Option<Agreed> {
    let mut stream = network.connect().ok()?;
    let mut random = [0; RANDOM];
    aws_lc_rs::default_provider().secure_random.fill(&mut random).ok()?;
    stream.write_all(&client_hello(wish, server_name, random)?).ok()?;
    stream.flush().ok()?;
    answer(stream.as_mut())
}

/// What a server says to a hello.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Agreed {
    /// To go on with a version and a suite.
    On { version: u16, suite: u16 },
    /// Not to go on.
    Refused,
}

impl Agreed {
    /// Whether a version below TLS 1.2 was agreed on.
    pub(super) fn is_old_version(self) -> bool {
        matches!(self, Self::On { version, .. } if version < TLS_12)
    }

    /// The suite of TLS 1.2 that was agreed on: its name, or its number.
    pub(super) fn suite(self) -> Option<String> {
        let Self::On { version: TLS_12, suite } = self else { return None };
        let known = SUITES.iter().find(|(number, _)| *number == suite);
        Some(known.map_or_else(|| format!("0x{suite:04x}"), |(_, name)| (*name).to_owned()))
    }
}

fn answer(stream: &mut dyn Stream) -> Option<Agreed> {
    let mut heard = Vec::new();
    let mut buffer = [0; 256];
    while heard.len() < LONGEST {
        let count = stream.read(&mut buffer).ok()?;
        if count == 0 {
            // A server may also refuse without a word.
            return heard.is_empty().then_some(Agreed::Refused);
        }
        heard.extend_from_slice(buffer.get(..count)?);
        if let Some(agreed) = read(&heard) {
            return Some(agreed);
        }
    }
    None
}

/// Reads the beginning of an answer: an alert, or a ServerHello as far as the suite.
fn read(heard: &[u8]) -> Option<Agreed> {
    match heard {
        [0x15, 3, ..] => Some(Agreed::Refused),
        [0x16, 3, _, _, _, 0x02, _, _, _, high, low, rest @ ..] => {
            let version = u16::from_be_bytes([*high, *low]);
            let rest = rest.get(RANDOM..)?;
            let (length, rest) = rest.split_first()?;
            let suite = rest.get(usize::from(*length)..)?.get(..2)?;
            let suite = suite.iter().fold(0_u16, |value, byte| (value << 8) | u16::from(*byte));
            Some(Agreed::On { version, suite })
        }
        _ => None,
    }
}

fn client_hello(wish: Wish, server_name: Option<&str>, random: [u8; RANDOM]) -> Option<Vec<u8>> {
    let version = match wish {
        Wish::OldVersion => TLS_11,
        Wish::OldSuite => TLS_12,
    };
    let suites = SUITES.iter().map(|(number, _)| *number).chain([SIGNAL]).collect();
    let mut extensions = Extensions::default();
    extensions.add_server_name(server_name)?;
    extensions.add_numbers(10, &[29, 23, 24, 25])?; // x25519, P-256, P-384, P-521
    extensions.add(11, &[1, 0])?; // uncompressed points
    if wish == Wish::OldSuite {
        // PKCS#1 and ECDSA with SHA-256, SHA-384, SHA-512 and SHA-1.
        let algorithms = [0x401, 0x403, 0x501, 0x503, 0x601, 0x603, 0x201, 0x203];
        extensions.add_numbers(13, &algorithms)?;
    }
    // No session is resumed.
    Hello { version, random, session: Vec::new(), suites, extensions }.record()
}

const TLS_11: u16 = 0x0302;
const TLS_12: u16 = 0x0303;
/// Bytes of an answer that are read.
const LONGEST: usize = 2048;
/// The signalling value of RFC 5746, without which some servers refuse.
const SIGNAL: u16 = 0x00ff;

/// Suites that Java knows and the TLS library does not, the better ones first.
const SUITES: [(u16, &str); 14] = [
    (0xc024, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384"),
    (0xc028, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384"),
    (0xc023, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"),
    (0xc027, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256"),
    (0xc00a, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"),
    (0xc014, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA"),
    (0xc009, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"),
    (0xc013, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"),
    (0x009d, "TLS_RSA_WITH_AES_256_GCM_SHA384"),
    (0x009c, "TLS_RSA_WITH_AES_128_GCM_SHA256"),
    (0x003d, "TLS_RSA_WITH_AES_256_CBC_SHA256"),
    (0x003c, "TLS_RSA_WITH_AES_128_CBC_SHA256"),
    (0x0035, "TLS_RSA_WITH_AES_256_CBC_SHA"),
    (0x002f, "TLS_RSA_WITH_AES_128_CBC_SHA"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read() {
        let hello = |version: [u8; 2], session: &[u8], suite: [u8; 2]| {
            let length = [u8::try_from(session.len()).unwrap()];
            let parts: [&[u8]; 6] =
                [&[0x16, 3, 1, 0, 99, 2, 0, 0, 95], &version, &[7; 32], &length, session, &suite];
            parts.concat()
        };
        let found = read(&hello([3, 1], &[], [0xc0, 0x14])).unwrap();
        assert!(found.is_old_version());
        let found = read(&hello([3, 3], &[9; 32], [0, 0x35])).unwrap();
        assert_eq!(found.suite().as_deref(), Some("TLS_RSA_WITH_AES_256_CBC_SHA"));
        let found = read(&hello([3, 3], &[], [0x12, 0x34])).unwrap();
        assert_eq!((found.suite().as_deref(), found.is_old_version()), (Some("0x1234"), false));
        let whole = hello([3, 3], &[9; 32], [0, 0x35]);
        for length in 0..whole.len() {
            assert_eq!(read(&whole[..length]), None);
        }
        assert_eq!(read(&[0x15, 3, 1, 0, 2, 2, 70]), Some(Agreed::Refused));
        assert_eq!(read(b"HTTP/1.1 400"), None);
    }
}
