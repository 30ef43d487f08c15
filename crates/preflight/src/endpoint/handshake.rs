//! One TLS handshake on a connected stream, and how far it came.

use std::io::{self, ErrorKind, Read, Write};
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use crosstrust_x509::Certificate;
use rustls::client::Resumption;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, ProtocolVersion, SupportedProtocolVersion, version};

use super::alert::Alert;
use super::greeting::Greeting;
use super::identity::ClientIdentity;
use super::network::{Network, Stream};
use super::observation::{Attempt, End, Protocol};
use super::witness::Witness;

/// How a connection is opened.
#[derive(Clone, Copy)]
pub(super) struct Hello<'a> {
    /// The name that is asked for (SNI).
    pub(super) server_name: Option<&'a str>,
    /// The versions that are offered.
    pub(super) versions: Versions,
    /// What is presented if it is asked for.
    pub(super) identity: Option<&'a ClientIdentity>,
}

/// Versions to offer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Versions {
    Both,
    Tls12,
    Tls13,
}

/// A connection whose handshake is complete.
pub(super) struct Session {
    connection: ClientConnection,
    stream: Tap,
}

/// Opens a connection and shakes hands.
pub(super) fn shake_hands(network: &dyn Network, hello: Hello<'_>) -> (Attempt, Option<Session>) {
    let began = network.elapsed();
    let stream = match network.connect() {
        Ok(stream) => Tap::new(stream),
        Err(reason) => return (Attempt::unreachable(reason), None),
    };
    let witness = Witness::new(
        hello.identity,
        aws_lc_rs::default_provider().signature_verification_algorithms,
    );
    let connection = match connection(hello, &witness) {
        Ok(connection) => connection,
        Err(error) => {
            let mut attempt = Attempt::unreachable(super::network::Unreachable::OutOfTime);
            attempt.end = End::Faulty { problem: error.to_string() };
            return (attempt, None);
        }
    };
    let mut session = Session { connection, stream };
    let ended = session.complete();
    let took = network.elapsed().saturating_sub(began);
    let seen = witness.seen();
    let end = match ended {
        Ok(()) => session.verdict(seen.request.is_some()),
        Err(error) => failed(&error, &session.stream.heard),
    };
    let (chain, unreadable) = read_chain(seen.chain);
    let attempt = Attempt {
        server_name: hello.server_name.map(str::to_owned),
        protocol: session.connection.protocol_version().map(protocol),
        suite: session.connection.negotiated_cipher_suite().map(|suite| name(&suite)),
        chain,
        unreadable,
        is_proven: seen.is_proven,
        request: seen.request,
        took,
        end,
    };
    let session = Some(session).filter(|_| attempt.is_established());
    (attempt, session)
}

/// Whether an error says that the time for it was up.
pub(super) fn is_timeout(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::TimedOut | ErrorKind::WouldBlock)
}

fn connection(hello: Hello<'_>, witness: &Arc<Witness>) -> Result<ClientConnection, rustls::Error> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&hello.versions.supported())?
        .dangerous()
        .with_custom_certificate_verifier(witness.clone())
        .with_client_cert_resolver(witness.clone());
    // Tickets are wanted, since they show that a server is content; each connection is new all the same.
    config.resumption = Resumption::in_memory_sessions(2);
    let name = hello.server_name.and_then(|name| ServerName::try_from(name.to_owned()).ok());
    config.enable_sni = matches!(name, Some(ServerName::DnsName(_)));
    let unnamed = ServerName::IpAddress(Ipv4Addr::UNSPECIFIED.into());
    ClientConnection::new(Arc::new(config), name.unwrap_or(unnamed))
}

impl Versions {
    fn supported(self) -> Vec<&'static SupportedProtocolVersion> {
        match self {
            Self::Both => vec![&version::TLS13, &version::TLS12],
            Self::Tls12 => vec![&version::TLS12],
            Self::Tls13 => vec![&version::TLS13],
        }
    }
}

impl Session {
    fn complete(&mut self) -> io::Result<()> {
        while self.connection.is_handshaking() {
            let (read, written) = self.connection.complete_io(&mut self.stream)?;
            if read == 0 && written == 0 {
                return Err(ErrorKind::UnexpectedEof.into());
            }
        }
        while self.connection.wants_write() {
            self.connection.write_tls(&mut self.stream)?;
        }
        Ok(())
    }

    /// Reads once more, where the server judges us only after we have done: with TLS 1.3, and if it
    /// asked for a certificate. It may keep silent, which is as much of a consent as there is.
    fn verdict(&mut self, asked: bool) -> End {
        let is_13 = self.connection.protocol_version() == Some(ProtocolVersion::TLSv1_3);
        if !is_13 || !asked {
            return End::Established { confirmed: true };
        }
        self.stream.stream.wait_at_most(PATIENCE);
        loop {
            if self.connection.tls13_tickets_received() > 0 {
                return End::Established { confirmed: true };
            }
            match self.connection.read_tls(&mut self.stream) {
                Ok(0) => return End::Closed,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) if is_timeout(&error) => return End::Established { confirmed: false },
                Err(error) => return failed(&error, &[]),
                Ok(_) => {}
            }
            match self.connection.process_new_packets() {
                Err(error) => return from_tls(&error),
                Ok(state) if state.plaintext_bytes_to_read() > 0 => {
                    return End::Established { confirmed: true };
                }
                Ok(state) if state.peer_has_closed() => return End::Closed,
                Ok(_) => {}
            }
        }
    }

    /// From now on all reads together may take so long.
    pub(super) fn wait_at_most(&mut self, limit: Duration) {
        self.stream.stream.wait_at_most(limit);
    }

    /// Closes it as TLS has it, so that nobody takes it for an attack.
    pub(super) fn close(mut self) {
        self.connection.send_close_notify();
        // The other side may be gone, and then there is nobody to tell.
        let _ = self.connection.write_tls(&mut self.stream);
        let _ = self.stream.flush();
    }
}

impl Read for Session {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        rustls::Stream::new(&mut self.connection, &mut self.stream).read(buffer)
    }
}

impl Write for Session {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        rustls::Stream::new(&mut self.connection, &mut self.stream).write(buffer)
    }

    fn flush(&mut self) -> io::Result<()> {
        rustls::Stream::new(&mut self.connection, &mut self.stream).flush()
    }
}

/// A stream that keeps the beginning of what it hears, for the case that it is no TLS.
struct Tap {
    stream: Box<dyn Stream>,
    heard: Vec<u8>,
}

impl Tap {
    fn new(stream: Box<dyn Stream>) -> Self {
        Self { stream, heard: Vec::new() }
    }
}

impl Read for Tap {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.stream.read(buffer)?;
        let room = LONGEST_GREETING.saturating_sub(self.heard.len()).min(count);
        self.heard.extend_from_slice(buffer.get(..room).unwrap_or_default());
        Ok(count)
    }
}

impl Write for Tap {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        self.stream.write(buffer)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

/// How a handshake ended, from the error and from what was heard.
pub(super) fn failed(error: &io::Error, heard: &[u8]) -> End {
    if let Some(greeting) = Greeting::of(heard) {
        return End::NotTls(greeting);
    }
    if let Some(error) = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
        return from_tls(error);
    }
    match error.kind() {
        kind if is_timeout(error) || kind == ErrorKind::Interrupted => End::Silent,
        ErrorKind::UnexpectedEof
        | ErrorKind::ConnectionReset
        | ErrorKind::ConnectionAborted
        | ErrorKind::BrokenPipe => End::Closed,
        _ => End::Faulty { problem: error.to_string() },
    }
}

fn from_tls(error: &rustls::Error) -> End {
    match error {
        rustls::Error::AlertReceived(alert) => End::Alert(Alert(u8::from(*alert))),
        error => End::Faulty { problem: error.to_string() },
    }
}

fn protocol(version: ProtocolVersion) -> Protocol {
    match version {
        ProtocolVersion::TLSv1_3 => Protocol::Tls13,
        ProtocolVersion::TLSv1_2 => Protocol::Tls12,
        _ => Protocol::Older,
    }
}

/// The name in the registry, which for TLS 1.3 has no version in it.
fn name(suite: &rustls::SupportedCipherSuite) -> String {
    let name = suite.suite().as_str().unwrap_or("unknown");
    name.replace("TLS13_", "TLS_")
}

/// The chain as far as it can be read, and why it ends there.
fn read_chain(sent: Option<Vec<Vec<u8>>>) -> (Option<Vec<Certificate>>, Option<String>) {
    let Some(sent) = sent else { return (None, None) };
    let mut chain = Vec::new();
    for (number, bytes) in (1..).zip(&sent) {
        match Certificate::from_der(bytes) {
            Ok(certificate) => chain.push(certificate),
            Err(error) => {
                let problem = format!("certificate {number} of {}: {error}", sent.len());
                return (Some(chain), Some(problem));
            }
        }
    }
    (Some(chain), None)
}

/// How long a server may think about our certificate before its silence counts as consent.
const PATIENCE: Duration = Duration::from_millis(1500);
/// Bytes that are kept of an answer.
const LONGEST_GREETING: usize = 1024;
