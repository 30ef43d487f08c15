//! Connections to endpoints. Each step has a limit, and so has the whole.

use std::fmt;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream, ToSocketAddrs};
use std::str::FromStr;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use crosstrust_preflight::endpoint::{Network, Stream, Unreachable};

/// `HOST:PORT`, an IPv6 address in brackets.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Address {
    /// Host name or address, without brackets.
    pub(crate) host: String,
    /// Port.
    pub(crate) port: u16,
}

/// The way to one endpoint.
pub(crate) struct TcpNetwork {
    addresses: Result<Vec<SocketAddr>, Unreachable>,
    began: Instant,
    step: Duration,
}

/// A connection whose reads and writes end in time.
struct Limited {
    stream: TcpStream,
    step: Duration,
    /// The end of the present step.
    until: Instant,
    /// The end of everything.
    deadline: Instant,
}

impl TcpNetwork {
    /// Resolves the name of an endpoint. No step, this one included, takes longer than `step`.
    pub(crate) fn new(address: &Address, step: Duration) -> Self {
        let began = Instant::now();
        Self { addresses: resolve(address, step), began, step }
    }

    fn deadline(&self) -> Instant {
        self.began + TOTAL
    }
}

impl Network for TcpNetwork {
    fn connect(&self) -> Result<Box<dyn Stream>, Unreachable> {
        let addresses = self.addresses.clone()?;
        let now = Instant::now();
        let until = self.deadline().min(now + self.step);
        if until <= now {
            return Err(Unreachable::OutOfTime);
        }
        let mut failure = Unreachable::NoAddress { reason: "no address is known".to_owned() };
        for (index, address) in addresses.iter().enumerate() {
            // A dead address must not take the time of those behind it.
            let left = u32::try_from(addresses.len().saturating_sub(index)).unwrap_or(1);
            let limit = until.saturating_duration_since(Instant::now()) / left;
            if limit.is_zero() {
                break;
            }
            match TcpStream::connect_timeout(address, limit) {
                Ok(stream) => {
                    // Small messages go back and forth; without it each could wait for the next.
                    let _ = stream.set_nodelay(true);
                    let until = Instant::now() + self.step;
                    let (step, deadline) = (self.step, self.deadline());
                    return Ok(Box::new(Limited { stream, step, until, deadline }));
                }
                Err(error) => failure = self.unreachable(&error),
            }
        }
        Err(failure)
    }

    fn elapsed(&self) -> Duration {
        self.began.elapsed()
    }
}

impl TcpNetwork {
    fn unreachable(&self, error: &io::Error) -> Unreachable {
        match error.kind() {
            ErrorKind::ConnectionRefused => Unreachable::Refused,
            ErrorKind::TimedOut | ErrorKind::WouldBlock => {
                Unreachable::TimedOut { seconds: self.step.as_secs() }
            }
            _ => Unreachable::Failed { reason: crate::failure::describe(error) },
        }
    }
}

impl Stream for Limited {
    fn wait_at_most(&mut self, limit: Duration) {
        self.until = Instant::now() + limit.min(self.step);
    }

    fn pause(&mut self, time: Duration) {
        thread::sleep(time.min(self.left().unwrap_or_default()));
    }
}

impl Limited {
    /// What is left of the present step.
    fn left(&self) -> io::Result<Duration> {
        let left = self.until.min(self.deadline).saturating_duration_since(Instant::now());
        if left.is_zero() { Err(ErrorKind::TimedOut.into()) } else { Ok(left) }
    }
}

impl Read for Limited {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.stream.set_read_timeout(Some(self.left()?))?;
        self.stream.read(buffer)
    }
}

impl Write for Limited {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        self.stream.set_write_timeout(Some(self.left()?))?;
        self.stream.write(buffer)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

/// `HOST:PORT`.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { host, port } = self;
        if host.contains(':') { write!(f, "[{host}]:{port}") } else { write!(f, "{host}:{port}") }
    }
}

/// What is wrong is told without the text, in which a password may stand.
impl FromStr for Address {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.contains('@') {
            return Err("a user name is in it, which is not sent; leave it out".to_owned());
        }
        let (host, port) = match text.rsplit_once(':') {
            Some((host, port)) if !host.contains(':') || host.ends_with(']') => (host, port),
            _ => return Err("it is not HOST:PORT; an IPv6 address is in brackets".to_owned()),
        };
        let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
        let is_of_host = |c: char| c.is_alphanumeric() || "-._~%:".contains(c);
        if bare.is_empty() || !bare.chars().all(is_of_host) {
            return Err("it has no host that could be connected to".to_owned());
        }
        // Without a sign, which the reader of numbers would take.
        let is_number = port.chars().all(|c| c.is_ascii_digit());
        match port.parse() {
            Ok(port) if is_number && port > 0 => Ok(Self { host: bare.to_owned(), port }),
            _ => Err("its port is not one; ports are 1 to 65535".to_owned()),
        }
    }
}

/// Asks the resolver, which knows no limit itself: it is left behind when its time is up.
fn resolve(address: &Address, limit: Duration) -> Result<Vec<SocketAddr>, Unreachable> {
    let (answer, wait) = mpsc::channel();
    let Address { host, port } = address.clone();
    thread::spawn(move || {
        let found = (host.as_str(), port).to_socket_addrs();
        // Nobody waits any more if it took too long.
        let _ = answer.send(found.map(Iterator::collect::<Vec<_>>));
    });
    let refused = |reason: String| Unreachable::NoAddress { reason };
    match wait.recv_timeout(limit) {
        Ok(Ok(addresses)) if addresses.is_empty() => Err(refused("it has no address".to_owned())),
        Ok(Ok(addresses)) => Ok(addresses),
        Ok(Err(error)) => {
            let reason = crate::failure::describe(&error);
            let reason = reason.rsplit(": ").next().unwrap_or_default();
            Err(refused(reason.to_owned()))
        }
        Err(_) => Err(refused(format!("no answer within {} s", limit.as_secs()))),
    }
}

/// For everything that is done with one endpoint.
const TOTAL: Duration = Duration::from_secs(14);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_host_and_port() {
        #[track_caller]
        fn check(text: &str, expected: Option<(&str, u16)>) {
            let found = text.parse::<Address>().ok();
            let expected = expected.map(|(host, port)| Address { host: host.to_owned(), port });
            assert_eq!(found, expected, "{text}");
        }

        check("node1.example.com:9300", Some(("node1.example.com", 9300)));
        check("192.0.2.1:1", Some(("192.0.2.1", 1)));
        check("[2001:db8::1]:9300", Some(("2001:db8::1", 9300)));
        check("2001:db8::1:9300", None);
        check("node1", None);
        check("node1:", None);
        check("node1:0", None);
        check("node1:65536", None);
        check(":9300", None);
        check("[]:9300", None);
        check("https://node1:9300", None);
        check("node1:+9300", None);
        check("node\n1:9300", None);
        check("node\u{202e}1:9300", None);
        check("b\u{fc}cher.example:9300", Some(("b\u{fc}cher.example", 9300)));
        check("[fe80::1%eth0]:9300", Some(("fe80::1%eth0", 9300)));
        for secret in ["u:geheim@node1:9300", "node1:geheim:9300", "node1:geheim", "ge heim:9300"] {
            let error = secret.parse::<Address>().unwrap_err();
            assert!(!error.contains("heim"), "{error}");
        }
    }
}
