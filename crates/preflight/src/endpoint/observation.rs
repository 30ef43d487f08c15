//! What was seen of an endpoint: facts only, to be judged afterwards.

use std::fmt;
use std::time::Duration;

use crosstrust_x509::{Certificate, Name};

use super::alert::Alert;
use super::greeting::Greeting;
use super::network::Unreachable;

/// Everything that was seen of an endpoint.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Observation {
    /// The connection as Elasticsearch would open it.
    pub first: Attempt,
    /// Which versions of TLS it takes, newest first; nothing where that was not found out.
    pub versions: Vec<(Protocol, bool)>,
    /// The cipher suite that it takes where nothing else is in common: its name or number.
    pub odd_suite: Option<String>,
    /// What becomes of a hello as JDK 27 sends it; nothing where that was not found out.
    pub large_hello: Option<LargeHello>,
    /// The connection without a certificate of ours, where the first one had it.
    pub anonymous: Option<Attempt>,
    /// The same with another server name, or with none.
    pub other_names: Vec<Attempt>,
    /// The same once more.
    pub repeats: Vec<Attempt>,
    /// What it answers to the transport handshake.
    pub transport: Option<TransportAnswer>,
    /// What it answers to the transport handshake without TLS.
    pub plain_transport: Option<TransportAnswer>,
}

/// One connection: how far it came.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Attempt {
    /// The server name that was sent (SNI).
    pub server_name: Option<String>,
    /// The version that was agreed on.
    pub protocol: Option<Protocol>,
    /// The cipher suite that was agreed on.
    pub suite: Option<String>,
    /// The certificates that the server sent, its own one first; nothing where it did not come so far.
    pub chain: Option<Vec<Certificate>>,
    /// Why a certificate of the chain cannot be read, if one cannot.
    pub unreadable: Option<String>,
    /// Whether the server was seen to hold the key of its certificate: not where its signature has an algorithm
    /// that is not verified here.
    pub is_proven: bool,
    /// What the server asked of us.
    pub request: Option<CertificateRequest>,
    /// How long it took until the handshake ended, the time to connect included.
    pub took: Duration,
    /// How it ended.
    pub end: End,
}

/// How a connection ended.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum End {
    /// With an alert of the other side.
    Alert(Alert),
    /// The other side closed it, or reset it.
    Closed,
    /// The handshake was completed.
    Established {
        /// Whether the other side has shown that it accepts it too.
        confirmed: bool,
    },
    /// The other side breaks the protocol, or there is nothing in common.
    Faulty {
        /// In what way, as the TLS library words it.
        problem: String,
    },
    /// The other side does not speak TLS.
    NotTls(Greeting),
    /// Nothing came in the time it had.
    Silent,
    /// There was no connection.
    Unreachable(Unreachable),
}

/// What becomes of a ClientHello that does not fit in one TCP segment.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum LargeHello {
    /// It is answered.
    Answered,
    /// The connection ends without an answer, and the same hello in one segment has one.
    Fails(End),
}

/// A version of TLS.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Protocol {
    /// SSL 3.0, TLS 1.0 or 1.1, all of them disabled in Java.
    Older,
    /// TLS 1.2.
    Tls12,
    /// TLS 1.3.
    Tls13,
}

/// A server's demand for a certificate.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct CertificateRequest {
    /// The subjects of the authorities that it names; none if any will do.
    pub authorities: Vec<Name>,
    /// What it was given.
    pub reply: Reply,
}

/// The answer to such a demand.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Reply {
    /// Our certificate.
    Certificate,
    /// Nothing, since we have none.
    NothingToSend,
    /// Nothing, though we have one: it comes from no authority that was named, so that Java keeps it
    /// back.
    Withheld,
}

/// Whether a server wants a certificate of its clients.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Demand {
    /// It does not ask.
    None,
    /// It asks, and goes on without.
    Optional,
    /// It asks, and goes no further without.
    Required,
    /// It asks; what it does without was not found out.
    Unknown,
}

/// What a node answers.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum TransportAnswer {
    /// Nothing but the end of the connection.
    Closed,
    /// It speaks the protocol and refuses the handshake.
    Error,
    /// Something else, its beginning as text.
    Garbage {
        /// The beginning; what is not printable ASCII is a dot.
        text: String,
    },
    /// Nothing in the time it had.
    Silent,
    /// The version that it will speak.
    Version {
        /// The number: a release until 8.8, a transport version from then on.
        id: u32,
        /// The release as text, where the node tells it.
        release: Option<String>,
    },
}

impl Attempt {
    /// A connection that did not come about.
    pub(super) fn unreachable(reason: Unreachable) -> Self {
        Self {
            server_name: None,
            protocol: None,
            suite: None,
            chain: None,
            unreadable: None,
            is_proven: false,
            request: None,
            took: Duration::ZERO,
            end: End::Unreachable(reason),
        }
    }

    /// The server's own certificate.
    pub fn leaf(&self) -> Option<&Certificate> {
        self.chain.as_ref().and_then(|chain| chain.first())
    }

    /// Whether the handshake was completed.
    pub fn is_established(&self) -> bool {
        matches!(self.end, End::Established { .. })
    }

    /// Whether the server ended it after it had seen what we sent for its demand.
    pub fn is_refused_after_request(&self) -> bool {
        self.request.is_some() && matches!(self.end, End::Alert(_) | End::Closed)
    }
}

impl Observation {
    /// Whether the server wants a certificate of its clients. Nothing where it was not reached.
    pub fn demand(&self) -> Option<Demand> {
        self.first.leaf()?;
        let Some(request) = &self.first.request else { return Some(Demand::None) };
        let without = match request.reply {
            Reply::Certificate => self.anonymous.as_ref(),
            Reply::NothingToSend | Reply::Withheld => Some(&self.first),
        };
        Some(match without {
            Some(attempt) if attempt.is_refused_after_request() => Demand::Required,
            Some(attempt) if attempt.is_established() => Demand::Optional,
            _ => Demand::Unknown,
        })
    }

    /// Whether our certificate was accepted. Nothing where none was sent, or nobody said anything.
    pub fn accepts_us(&self) -> Option<bool> {
        let request = self.first.request.as_ref()?;
        match (&self.first.end, request.reply) {
            (_, Reply::NothingToSend) => None,
            (End::Established { .. }, Reply::Certificate) => Some(true),
            (End::Alert(_) | End::Closed, _) => Some(false),
            _ => None,
        }
    }
}

/// `TLS 1.3`.
impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Older => "TLS 1.1 or older",
            Self::Tls12 => "TLS 1.2",
            Self::Tls13 => "TLS 1.3",
        })
    }
}

/// `required`, `optional`, `none`, `requested`.
impl fmt::Display for Demand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "none",
            Self::Optional => "optional",
            Self::Required => "required",
            Self::Unknown => "requested",
        })
    }
}

/// How it ended, as part of a sentence about the endpoint.
impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Alert(alert) => write!(f, "it ends the handshake with the alert {alert}"),
            Self::Closed => f.write_str("it closes the connection during the handshake"),
            Self::Established { .. } => f.write_str("the handshake is complete"),
            Self::Faulty { problem } => write!(f, "the handshake fails: {problem}"),
            Self::NotTls(greeting) => write!(f, "it speaks {greeting}"),
            Self::Silent => f.write_str("it does not answer: the connection stays silent"),
            Self::Unreachable(reason) => reason.fmt(f),
        }
    }
}

impl TransportAnswer {
    /// Whether the newer dialect may be spoken to the node without making it complain.
    pub(super) fn speaks_nine(&self) -> bool {
        matches!(self, Self::Version { id, .. } if *id >= FIRST_NINE)
    }

    /// Whether it is the transport protocol at all.
    pub fn is_transport(&self) -> bool {
        matches!(self, Self::Error | Self::Version { .. })
    }
}

/// `7.17.3`, `9.0.0 (transport version 9000009)`, `transport version 8512001`.
impl fmt::Display for TransportAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Closed => f.write_str("it closes the connection without an answer"),
            Self::Error => f.write_str("it refuses the handshake with an error"),
            Self::Garbage { text } => {
                write!(f, "its answer is no frame of the transport protocol (`{text}`)")
            }
            Self::Silent => f.write_str("it does not answer"),
            Self::Version { id, release: Some(release) } => {
                write!(f, "{release} (transport version {id})")
            }
            Self::Version { id, release: None } if *id < FIRST_TRANSPORT_VERSION => {
                let (major, minor, revision) = (id / 1_000_000, id / 10_000 % 100, id / 100 % 100);
                write!(f, "{major}.{minor}.{revision}")
            }
            Self::Version { id, release: None } => write!(f, "transport version {id}"),
        }
    }
}

/// The version of the newer handshake itself.
const FIRST_NINE: u32 = 8_800_000;

/// From here on a number is no release any more.
const FIRST_TRANSPORT_VERSION: u32 = 8_500_000;
