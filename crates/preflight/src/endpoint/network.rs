//! The way to an endpoint, which the caller provides: this crate opens no socket and reads no clock.

use std::io::{Read, Write};
use std::time::Duration;

/// Opens connections to one endpoint.
pub trait Network {
    /// A new connection. It may take only so long as the caller decides.
    fn connect(&self) -> Result<Box<dyn Stream>, Unreachable>;

    /// The time since the check of this endpoint began.
    fn elapsed(&self) -> Duration;
}

/// A connection. What takes longer than it may ends with
/// [`TimedOut`](std::io::ErrorKind::TimedOut) or [`WouldBlock`](std::io::ErrorKind::WouldBlock).
pub trait Stream: Read + Write + Send {
    /// From now on all reads together may take so long, and no longer than the caller's own limit.
    fn wait_at_most(&mut self, limit: Duration);

    /// Waits before it goes on, so that what was written leaves in a segment of its own.
    fn pause(&mut self, time: Duration);
}

/// Why there is no connection.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Unreachable {
    /// The operating system has another reason.
    #[error("no connection: {reason}")]
    Failed {
        /// The reason, as the operating system words it.
        reason: String,
    },
    /// The name has no address.
    #[error("the host name cannot be resolved: {reason}")]
    NoAddress {
        /// The reason, as the resolver words it.
        reason: String,
    },
    /// The time for the whole check of the endpoint is up.
    #[error("not tried, since the time for this endpoint was up")]
    OutOfTime,
    /// Nothing listens there.
    #[error("the connection is refused: nothing listens at this port")]
    Refused,
    /// No answer to the attempt to connect.
    #[error("no answer to the attempt to connect within {seconds} s; a firewall may drop it")]
    TimedOut {
        /// How long it was waited for.
        seconds: u64,
    },
}
