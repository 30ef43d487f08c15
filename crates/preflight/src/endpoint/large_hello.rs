//! The ClientHello of JDK 27: a key share for X25519MLKEM768 makes it longer than a TCP segment
//! (JEP 527). What stands in front of an endpoint may expect a hello in one.
//!
//! Suites and extensions are those of JDK 25 in its order. Only the beginning of the answer is read.

use std::io::ErrorKind;
use std::time::Duration;

use rustls::crypto::SupportedKxGroup;
use rustls::crypto::aws_lc_rs::{self, kx_group};

use super::alert::Alert;
use super::greeting::Greeting;
use super::handshake::failed;
use super::hello_bytes::{Extensions, Hello, RANDOM, sized};
use super::network::{Network, Stream};
use super::observation::{End, LargeHello};

/// Sends such a hello in two segments. Nothing where that proves nothing: there is no connection, or
/// the same hello without the large key share is not answered either.
pub(super) fn ask(network: &dyn Network, server_name: Option<&str>) -> Option<LargeHello> {
    let found = send(network, &client_hello(server_name, &[HYBRID, X25519])?)?;
    if found == LargeHello::Answered {
        return Some(found);
    }
    let ordinary = send(network, &client_hello(server_name, &[X25519])?)?;
    (ordinary == LargeHello::Answered).then_some(found)
}

/// Sends a hello, in as many segments as it needs on an Ethernet.
fn send(network: &dyn Network, hello: &[u8]) -> Option<LargeHello> {
    let mut stream = network.connect().ok()?;
    stream.wait_at_most(PATIENCE);
    for (index, segment) in hello.chunks(SEGMENT).enumerate() {
        if index > 0 {
            stream.pause(PAUSE);
        }
        if let Err(error) = stream.write_all(segment).and_then(|()| stream.flush()) {
            return Some(LargeHello::Fails(failed(&error, &[])));
        }
    }
    Some(answer(stream.as_mut()))
}

/// Listens until the answer is known.
fn answer(stream: &mut dyn Stream) -> LargeHello {
    let mut heard = Vec::new();
    let mut buffer = [0; 256];
    loop {
        if let Some(answer) = read(&heard) {
            return answer;
        }
        let error = match stream.read(&mut buffer) {
            Ok(0) => ErrorKind::UnexpectedEof.into(),
            Ok(count) => {
                heard.extend_from_slice(buffer.get(..count).unwrap_or_default());
                continue;
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => error,
        };
        return LargeHello::Fails(failed(&error, &heard));
    }
}

/// Reads the beginning of an answer; nothing as long as it is too short. A demand for another key
/// share begins as a ServerHello does (RFC 8446, section 4.1.4).
fn read(mut heard: &[u8]) -> Option<LargeHello> {
    // The answer follows on a warning: some servers warn that they do not know the name.
    while let [0x15, 3, _, 0, 2, WARNING, _, rest @ ..] = heard {
        heard = rest;
    }
    let end = match heard {
        [0x16, 3, _, _, _, SERVER_HELLO, ..] => return Some(LargeHello::Answered),
        [0x15, 3, _, 0, 2, _, alert, ..] => End::Alert(Alert(*alert)),
        [0x15 | 0x16, 3, ..] if heard.len() < LEAST => return None,
        [] | [_] => return None,
        _ => match Greeting::of(heard) {
            Some(greeting) => End::NotTls(greeting),
            None => End::Faulty { problem: "the answer is no ServerHello".to_owned() },
        },
    };
    Some(LargeHello::Fails(end))
}

/// A hello as Java sends it, with a key share for each of these groups.
fn client_hello(
    server_name: Option<&str>,
    shares: &[&'static dyn SupportedKxGroup],
) -> Option<Vec<u8>> {
    let source = aws_lc_rs::default_provider().secure_random;
    let (mut random, mut session) = ([0; RANDOM], vec![0; RANDOM]);
    source.fill(&mut random).ok()?;
    source.fill(&mut session).ok()?;
    let suites = SUITES.to_vec();
    let extensions = extensions(server_name, shares)?;
    Hello { version: 0x0303, random, session, suites, extensions }.record()
}

fn extensions(
    server_name: Option<&str>,
    shares: &[&'static dyn SupportedKxGroup],
) -> Option<Extensions> {
    let groups = shares.iter().map(|group| u16::from(group.name())).chain(OTHER_GROUPS);
    let mut extensions = Extensions::default();
    extensions.add_server_name(server_name)?;
    extensions.add(5, &[1, 0, 0, 0, 0])?; // status_request
    extensions.add_numbers(10, &groups.collect::<Vec<_>>())?;
    extensions.add(11, &[1, 0])?; // uncompressed points
    extensions.add(17, &[0, 7, 2, 0, 4, 0, 0, 0, 0])?; // status_request_v2
    extensions.add(23, &[])?; // extended_master_secret
    extensions.add(35, &[])?; // session_ticket
    extensions.add_numbers(13, &SIGNATURES)?;
    extensions.add(43, &[4, 3, 4, 3, 3])?; // TLS 1.3 and 1.2
    extensions.add(45, &[1, 1])?; // psk_dhe_ke
    extensions.add_numbers(50, &SIGNATURES)?;
    let mut key_shares = Vec::new();
    for group in shares {
        // Its secret half is dropped: the handshake is not gone on with.
        let exchange = group.start().ok()?;
        key_shares.extend(u16::from(group.name()).to_be_bytes());
        key_shares.extend(sized(2, exchange.pub_key())?);
    }
    extensions.add(51, &sized(2, &key_shares)?)?;
    Some(extensions)
}

const HYBRID: &dyn SupportedKxGroup = kx_group::X25519MLKEM768;
const X25519: &dyn SupportedKxGroup = kx_group::X25519;
/// P-256, P-384, P-521, X448.
const OTHER_GROUPS: [u16; 4] = [23, 24, 25, 30];
const SERVER_HELLO: u8 = 2;
const WARNING: u8 = 1;
/// Bytes by which an answer is recognised.
const LEAST: usize = 7;
/// What a TCP segment holds on an Ethernet.
const SEGMENT: usize = 1448;
/// Between two segments, so that nobody puts them together on the way.
const PAUSE: Duration = Duration::from_millis(50);
/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(3);

const SUITES: [u16; 18] = [
    0x1302, 0x1301, 0x1303, 0xc02c, 0xc02b, 0xcca9, 0xc030, 0xcca8, 0xc02f, 0xc024, 0xc028, 0xc023,
    0xc027, 0xc00a, 0xc014, 0xc009, 0xc013, 0x00ff,
];
const SIGNATURES: [u16; 18] = [
    0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x0804, 0x0805, 0x0806, 0x0809, 0x080a, 0x080b, 0x0401,
    0x0501, 0x0601, 0x0203, 0x0303, 0x0301, 0x0302,
];

#[cfg(test)]
mod tests {
    use super::*;

    /// The sizes are those of draft-ietf-tls-ecdhe-mlkem, section 4.1: 1184 bytes of ML-KEM-768 and 32
    /// of X25519.
    #[test]
    fn it_needs_two_segments() {
        let hello = client_hello(Some("node1.example.com"), &[HYBRID, X25519]).unwrap();
        let pieces = hello.chunks(SEGMENT).map(<[u8]>::len).collect::<Vec<_>>();
        assert_eq!(pieces.len(), 2, "{pieces:?}");
        let share = [0x11, 0xec, 4, 0xc0];
        assert!(hello.windows(4).any(|window| window == share));
        assert!(hello.windows(6).any(|window| window == [0, 14, 0, 12, 0x11, 0xec]));
        assert_eq!(client_hello(None, &[X25519]).unwrap().chunks(SEGMENT).count(), 1);
        assert!(client_hello(None, &[HYBRID, X25519]).unwrap().len() > SEGMENT);
    }

    #[test]
    fn answers_are_read() {
        #[track_caller]
        fn check(heard: &[u8], expected: Option<&str>) {
            let found = read(heard).map(|found| match found {
                LargeHello::Answered => "well".to_owned(),
                LargeHello::Fails(end) => end.to_string(),
            });
            assert_eq!(found.as_deref(), expected);
        }

        check(&[0x16, 3, 3, 0, 122, 2], Some("well"));
        check(&[0x16, 3, 3, 0, 122], None);
        check(&[0x15, 3, 3, 0, 2, 1, 112], None);
        check(&[0x15, 3, 3, 0, 2, 1, 112, 0x16, 3, 3, 0, 9, 2], Some("well"));
        let alert = "it ends the handshake with the alert illegal_parameter (47)";
        check(&[0x15, 3, 3, 0, 2, 2, 47], Some(alert));
        check(b"HTTP/1.1 400", Some("it speaks HTTP (`HTTP/1.1 400`)"));
        let other = "the handshake fails: the answer is no ServerHello";
        check(&[0x16, 3, 3, 0, 9, 1, 0], Some(other));
    }
}
